// Package s3 keeps files in an S3 bucket. Links and uploads are presigned
// requests: they end with the credentials that signed them, if those end first.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
//
// The bucket is private and belongs to one deployment; template.yaml makes it.
package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"motorpool/shared/blob"
)

// Store is a blob.Store in a bucket. It is safe for concurrent use.
type Store struct {
	calls  func() calls
	cfg    func() aws.Config // who signs, and for where
	bucket string
	now    func() time.Time
}

var _ blob.Store = (*Store)(nil)

// calls are the operations of S3 that are used, apart from the client, as in the
// other adapters (decision 0025).
type calls struct {
	Put    func(context.Context, *s3.PutObjectInput, ...func(*s3.Options)) (*s3.PutObjectOutput, error)
	Get    func(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error)
	Delete func(context.Context, *s3.DeleteObjectInput, ...func(*s3.Options)) (*s3.DeleteObjectOutput, error)
}

// New returns the store in bucket. The client is asked for when it is needed first.
func New(client func() *s3.Client, bucket string, now func() time.Time) *Store {
	return &Store{
		func() calls { c := client(); return calls{c.PutObject, c.GetObject, c.DeleteObject} },
		func() aws.Config {
			o := client().Options()
			return aws.Config{Region: o.Region, Credentials: o.Credentials, BaseEndpoint: o.BaseEndpoint}
		}, bucket, now,
	}
}

// Open is New with a client of cfg, made when it is needed first. An endpoint of
// cfg's own is addressed by path, as emulators want it.
func Open(cfg aws.Config, bucket string, now func() time.Time) blob.Store {
	return New(sync.OnceValue(func() *s3.Client {
		return s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = cfg.BaseEndpoint != nil })
	}), bucket, now)
}

// OpenLinks is a store that only signs: uploads and links. A binary that does no
// more has no client of S3 in it.
func OpenLinks(cfg aws.Config, bucket string, now func() time.Time) blob.Store {
	absent := errors.New("s3: the functions of this area were to do without the files themselves; give it s3.Open in its main.go")
	return &Store{func() calls {
		return calls{
			func(context.Context, *s3.PutObjectInput, ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
				return nil, absent
			},
			func(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error) {
				return nil, absent
			},
			func(context.Context, *s3.DeleteObjectInput, ...func(*s3.Options)) (*s3.DeleteObjectOutput, error) {
				return nil, absent
			},
		}
	}, func() aws.Config { return cfg }, bucket, now}
}

// Put is as blob.Store says. The body is read whole before anything is sent, so
// that S3 is told its checksum and a short body stores nothing.
func (s *Store) Put(ctx context.Context, key blob.Key, info blob.Info, body io.Reader) error {
	if err := errors.Join(key.Valid(), info.Valid()); err != nil {
		return err
	}
	all, err := io.ReadAll(io.LimitReader(body, info.Size+1))
	if err == nil && int64(len(all)) != info.Size {
		err = fmt.Errorf("%d bytes came", len(all))
	}
	if err != nil {
		return blob.WrongSize(info.Size, err)
	}
	_, err = s.calls().Put(ctx, &s3.PutObjectInput{
		Bucket: &s.bucket, Key: aws.String(string(key)), Body: bytes.NewReader(all), ContentLength: &info.Size,
		ContentType: &info.Type, IfNoneMatch: aws.String("*"),
	})
	return explain(err)
}

// Open is as blob.Store says.
func (s *Store) Open(ctx context.Context, key blob.Key) (io.ReadCloser, blob.Info, error) {
	if err := key.Valid(); err != nil {
		return nil, blob.Info{}, err
	}
	out, err := s.calls().Get(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: aws.String(string(key))})
	if err != nil {
		return nil, blob.Info{}, explain(err)
	}
	return out.Body, blob.Info{Type: aws.ToString(out.ContentType), Size: aws.ToInt64(out.ContentLength)}, nil
}

// Delete is as blob.Store says.
func (s *Store) Delete(ctx context.Context, key blob.Key) error {
	if err := key.Valid(); err != nil {
		return err
	}
	_, err := s.calls().Delete(ctx, &s3.DeleteObjectInput{Bucket: &s.bucket, Key: aws.String(string(key))})
	return explain(err)
}

// Upload is as blob.Store says. The signature covers the length and the
// condition, so S3 refuses another length and a key that is taken.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
func (s *Store) Upload(ctx context.Context, key blob.Key, info blob.Info, until time.Time) (blob.Request, error) {
	if err := errors.Join(key.Valid(), info.Valid(), blob.Until(until, s.now())); err != nil {
		return blob.Request{}, err
	}
	header := http.Header{"Content-Type": {info.Type}, "If-None-Match": {"*"}}
	url, signed, err := s.presign(ctx, http.MethodPut, key, header, info.Size, nil, until)
	if err != nil {
		return blob.Request{}, err
	}
	signed.Del("Host") // the client sets it by the URL
	return blob.Request{Method: http.MethodPut, URL: url, Header: signed}, nil
}

// Link is as blob.Store says.
func (s *Store) Link(ctx context.Context, key blob.Key, show blob.Show, until time.Time) (string, error) {
	if err := errors.Join(key.Valid(), blob.Until(until, s.now())); err != nil {
		return "", err
	}
	query := url.Values{"response-content-disposition": {show.Disposition(key)}, "response-cache-control": {"private, max-age=300"}}
	link, _, err := s.presign(ctx, http.MethodGet, key, http.Header{}, 0, query, until)
	return link, err
}

// Origin is where links to the bucket lead: scheme and host.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
func Origin(cfg aws.Config, bucket string) string {
	if cfg.BaseEndpoint != nil {
		return strings.TrimSuffix(*cfg.BaseEndpoint, "/")
	}
	suffix := "amazonaws.com"
	if strings.HasPrefix(cfg.Region, "cn-") {
		suffix = "amazonaws.com.cn"
	}
	return "https://" + bucket + ".s3." + cfg.Region + "." + suffix
}

// presign signs one request from now until an instant, by the store's clock.
// Keys hold no letter that has to be escaped.
func (s *Store) presign(ctx context.Context, method string, key blob.Key, header http.Header, size int64, query url.Values, until time.Time) (string, http.Header, error) {
	cfg := s.cfg()
	at := Origin(cfg, s.bucket) + "/"
	if cfg.BaseEndpoint != nil {
		at += s.bucket + "/"
	}
	r, err := http.NewRequestWithContext(ctx, method, at+string(key), http.NoBody)
	if err != nil {
		return "", nil, err
	}
	if query == nil {
		query = url.Values{}
	}
	query.Set("X-Amz-Expires", strconv.FormatInt(int64(until.Sub(s.now())/time.Second), 10))
	r.URL.RawQuery, r.Header, r.ContentLength = query.Encode(), header, size
	who, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return "", nil, blob.Unavailable(err)
	}
	return v4.NewSigner().PresignHTTP(ctx, who, r, "UNSIGNED-PAYLOAD", "s3", cfg.Region, s.now(), func(o *v4.SignerOptions) {
		o.DisableURIPathEscaping = true
	})
}

// explain puts what S3 says into the port's words.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func explain(err error) error {
	if err == nil {
		return nil
	}
	if said, ok := errors.AsType[smithy.APIError](err); ok {
		switch said.ErrorCode() {
		case "NoSuchKey", "NotFound":
			return blob.NotFound(err)
		case "PreconditionFailed", "ConditionalRequestConflict":
			return blob.Exists(err)
		case "SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "ThrottlingException":
			return blob.Unavailable(err)
		}
		if strings.HasPrefix(said.ErrorCode(), "Throttl") {
			return blob.Unavailable(err)
		}
		return fmt.Errorf("s3: %w", err) // a missing bucket or permission: ours
	}
	return blob.Unavailable(err)
}
