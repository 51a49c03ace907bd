package s3_test

import (
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	service "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"motorpool/infra/emulators"
	"motorpool/shared/blob"
	"motorpool/shared/blob/blobtest"
	"motorpool/shared/blob/s3"
	"motorpool/shared/fault"
)

var buckets atomic.Int64

func open(t *testing.T, now func() time.Time) *s3.Mover {
	t.Helper()
	client := service.NewFromConfig(emulators.Config(emulators.AWS(t)), func(o *service.Options) { o.UsePathStyle = true })
	bucket := "files-" + strconv.FormatInt(buckets.Add(1), 10)
	_, err := client.CreateBucket(t.Context(), &service.CreateBucketInput{
		Bucket: &bucket, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: "eu-west-1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s3.NewMover(client, bucket, now)
}

// TestStore runs the suite on moto, which looks at no signature.
func TestStore(t *testing.T) {
	t.Parallel()
	blobtest.Run(t, blobtest.Config{Open: func(t *testing.T, now func() time.Time) blob.Store { return open(t, now) }, Trusting: true})
}

// TestSignaturesCoverWhatTheyAllow: S3 refuses a request whose signed headers
// are others than those that were signed.
func TestSignaturesCoverWhatTheyAllow(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	s := open(t, func() time.Time { return at })
	up, err := s.Upload(t.Context(), "wsp_1/a", blob.Info{Type: "image/png", Size: 7}, at.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(up.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if got := q.Get("X-Amz-SignedHeaders"); got != "content-length;content-type;host;if-none-match" {
		t.Errorf("signed: %s", got)
	}
	if q.Get("X-Amz-Expires") != "3600" || q.Get("X-Amz-Date") != "20260301T090000Z" {
		t.Errorf("it lasts %s seconds from %s", q.Get("X-Amz-Expires"), q.Get("X-Amz-Date"))
	}
	link, err := s.Link(t.Context(), "wsp_1/a", blob.Show{Name: "a.png"}, at.Add(time.Minute))
	if err != nil || !strings.Contains(link, "response-content-disposition=attachment") || !strings.Contains(link, "X-Amz-Expires=60&") {
		t.Errorf("got %s %v", link, err)
	}
}

func TestABucketThatIsNotThereIsOurMistake(t *testing.T) {
	t.Parallel()
	client := service.NewFromConfig(emulators.Config(emulators.AWS(t)), func(o *service.Options) { o.UsePathStyle = true })
	s := s3.New(func() *service.Client { return client }, "nowhere", time.Now)
	if err := s.Put(t.Context(), "wsp_1/a", blob.Info{Type: "text/plain", Size: 1}, strings.NewReader("x")); fault.KindOf(err) != fault.Internal {
		t.Errorf("got %v", err)
	}
}

func TestAServiceThatCannotBeReachedIsUnavailable(t *testing.T) {
	t.Parallel()
	client := service.NewFromConfig(emulators.Config("http://127.0.0.1:1"), func(o *service.Options) { o.UsePathStyle, o.RetryMaxAttempts = true, 1 })
	s := s3.New(func() *service.Client { return client }, "b", time.Now)
	err := s.Put(t.Context(), "wsp_1/a", blob.Info{Type: "text/plain", Size: 1}, strings.NewReader("x"))
	if fault.CodeOf(err) != "blob.unavailable" || strings.Contains(err.(*fault.Error).Message, "127.0.0.1") { //nolint:errorlint // its own
		t.Errorf("got %v", err)
	}
}
