package s3

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"motorpool/shared/blob"
)

// Mover is a Store that also tells what it holds. It is apart from Store, so that
// no function has the right to list, nor the code.
type Mover struct {
	*Store
	list func(context.Context, *s3.ListObjectsV2Input, ...func(*s3.Options)) (*s3.ListObjectsV2Output, error)
}

var _ blob.Mover = (*Mover)(nil)

// NewMover returns the store in bucket, for who moves workspaces.
func NewMover(client *s3.Client, bucket string, now func() time.Time) *Mover {
	return &Mover{New(func() *s3.Client { return client }, bucket, now), client.ListObjectsV2}
}

// List is as blob.Mover says. S3 lists in the order of the keys' bytes, and may
// return fewer than it was asked for before the end.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
func (m *Mover) List(ctx context.Context, under string, after blob.Key, limit int) (all []blob.File, err error) {
	if err := blob.CheckList(under, limit); err != nil {
		return nil, err
	}
	in := &s3.ListObjectsV2Input{Bucket: &m.bucket, Prefix: aws.String(under + "/")}
	if after != "" {
		in.StartAfter = aws.String(string(after))
	}
	for {
		in.MaxKeys = aws.Int32(int32(limit - len(all)))
		out, err := m.list(ctx, in)
		if err != nil {
			return nil, explain(err)
		}
		for _, o := range out.Contents {
			all = append(all, blob.File{Key: blob.Key(aws.ToString(o.Key)), Size: aws.ToInt64(o.Size)})
		}
		if in.ContinuationToken = out.NextContinuationToken; !aws.ToBool(out.IsTruncated) || len(all) >= limit {
			return all, nil
		}
	}
}
