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
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"motorpool/shared/blob"
)

// Store is a blob.Store in a bucket. It is safe for concurrent use.
type Store struct {
	client func() *s3.Client
	bucket string
	now    func() time.Time
}

var _ blob.Store = (*Store)(nil)

// New returns the store in bucket. The client is asked for when it is needed first.
func New(client func() *s3.Client, bucket string, now func() time.Time) *Store {
	return &Store{client, bucket, now}
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
	_, err = s.client().PutObject(ctx, &s3.PutObjectInput{
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
	out, err := s.client().GetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: aws.String(string(key))})
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
	_, err := s.client().DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.bucket, Key: aws.String(string(key))})
	return explain(err)
}

// Upload is as blob.Store says. The signature covers the length and the
// condition, so S3 refuses another length and a key that is taken.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
func (s *Store) Upload(ctx context.Context, key blob.Key, info blob.Info, until time.Time) (blob.Request, error) {
	if err := errors.Join(key.Valid(), info.Valid(), blob.Until(until, s.now())); err != nil {
		return blob.Request{}, err
	}
	signed, err := s.presigner(until).PresignPutObject(ctx, &s3.PutObjectInput{
		Bucket: &s.bucket, Key: aws.String(string(key)), ContentLength: &info.Size, ContentType: &info.Type, IfNoneMatch: aws.String("*"),
	})
	if err != nil {
		return blob.Request{}, explain(err)
	}
	signed.SignedHeader.Del("Host") // the client sets it by the URL
	return blob.Request{Method: signed.Method, URL: signed.URL, Header: signed.SignedHeader}, nil
}

// Link is as blob.Store says.
func (s *Store) Link(ctx context.Context, key blob.Key, show blob.Show, until time.Time) (string, error) {
	if err := errors.Join(key.Valid(), blob.Until(until, s.now())); err != nil {
		return "", err
	}
	signed, err := s.presigner(until).PresignGetObject(ctx, &s3.GetObjectInput{
		Bucket: &s.bucket, Key: aws.String(string(key)), ResponseContentDisposition: aws.String(show.Disposition(key)),
	})
	if err != nil {
		return "", explain(err)
	}
	return signed.URL, nil
}

// presigner signs for the time from now until an instant, by the store's clock.
func (s *Store) presigner(until time.Time) *s3.PresignClient {
	return s3.NewPresignClient(s.client(), func(o *s3.PresignOptions) {
		o.Expires = until.Sub(s.now()).Truncate(time.Second)
		o.Presigner = at{v4.NewSigner(), s.now}
	})
}

// at signs by the store's clock instead of the process's.
type at struct {
	*v4.Signer
	now func() time.Time
}

// PresignHTTP is what the SDK asks of a signer.
func (a at) PresignHTTP(ctx context.Context, c aws.Credentials, r *http.Request, hash, service, region string, _ time.Time, opts ...func(*v4.SignerOptions)) (string, http.Header, error) {
	return a.Signer.PresignHTTP(ctx, c, r, hash, service, region, a.now(), opts...)
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
