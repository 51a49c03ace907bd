package lambda

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"motorpool/shared/blob"
	"motorpool/shared/config"
)

// filesAt is where links to the bucket of files lead: what pages are allowed to
// show beside what is ours.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
func filesAt(cfg aws.Config, c config.Config) string {
	if cfg.BaseEndpoint != nil {
		return strings.TrimSuffix(*cfg.BaseEndpoint, "/")
	}
	suffix := ".amazonaws.com"
	if strings.HasPrefix(c.Region, "cn-") {
		suffix += ".cn"
	}
	return "https://" + c.Files + ".s3." + c.Region + suffix
}

// absentFiles is absent, as a store of files.
type absentFiles struct{ absent }

var _ blob.Store = absentFiles{}

func (a absentFiles) Put(context.Context, blob.Key, blob.Info, io.Reader) error { return a.err() }
func (a absentFiles) Delete(context.Context, blob.Key) error                    { return a.err() }
func (a absentFiles) Open(context.Context, blob.Key) (io.ReadCloser, blob.Info, error) {
	return nil, blob.Info{}, a.err()
}

func (a absentFiles) Upload(context.Context, blob.Key, blob.Info, time.Time) (blob.Request, error) {
	return blob.Request{}, a.err()
}

func (a absentFiles) Link(context.Context, blob.Key, blob.Show, time.Time) (string, error) {
	return "", a.err()
}
