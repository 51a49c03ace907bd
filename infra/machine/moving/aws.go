package moving

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	awskms "github.com/aws/aws-sdk-go-v2/service/kms"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	awssfn "github.com/aws/aws-sdk-go-v2/service/sfn"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/shared/app"
	"motorpool/shared/blob/s3"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/timeline/sfn"
	"motorpool/shared/webhook"
)

// Stack names what a deployed Motorpool has. A table that was restored from a
// backup, and that nobody works on, has no queues.
type Stack struct {
	Table      string // the DynamoDB table's name
	Key        string // of KMS: id, ARN or alias
	Deliveries string // address of the queue
	Jobs       string // likewise
	Letters    string // likewise
	Files      string // name of the bucket
	Machine    string // ARN of the state machine of retries
}

// Settle is how long after a workspace has left AWS may still be working on it:
// as long as the slowest function of the queues and the stream runs. What a queue
// hands out only later, drain waits for.
const Settle = 2 * time.Minute

// Clients speak to AWS.
type Clients struct {
	DynamoDB *dynamodb.Client
	KMS      *awskms.Client
	S3       *awss3.Client
	SFN      *awssfn.Client
	SQS      *awssqs.Client
}

// NewClients makes all of them alike.
func NewClients(cfg aws.Config) Clients {
	files := awss3.NewFromConfig(cfg, func(o *awss3.Options) { o.UsePathStyle = o.BaseEndpoint != nil }) // emulators have no names below theirs
	return Clients{dynamodb.NewFromConfig(cfg), awskms.NewFromConfig(cfg), files, awssfn.NewFromConfig(cfg), awssqs.NewFromConfig(cfg)}
}

// AWS opens the house in a stack. Its table must be there, as template.yaml
// makes it.
func AWS(ctx context.Context, c Clients, s Stack, now func() time.Time) (*House, error) {
	if err := isOurs(ctx, c.DynamoDB, s.Table); err != nil {
		return nil, err
	}
	tb, box := dynamo.NewMover(c.DynamoDB, s.Table, now), kms.New(c.KMS, s.Key, now)
	h := &House{
		Name: "aws", Table: tb, Box: box, Kinds: app.Kinds(), FileKinds: app.FileKinds(), Now: now, Settle: Settle, Drain: Drain, Untold: lately,
		App: app.New(app.Ports{
			Table: table.Riding{Table: tb}, Box: box, Now: now, NewID: ident.Sortable(now), Random: rand.Reader, Log: slog.Default(),
			Deliveries: sqs.New(func() *awssqs.Client { return c.SQS }, s.Deliveries),
			Jobs:       sqs.New(func() *awssqs.Client { return c.SQS }, s.Jobs),
			Timeline:   sfn.New(func() *awssfn.Client { return c.SFN }, s.Machine, webhook.Plan),
		}),
	}
	if s.Files != "" {
		if err := hasBucket(ctx, c.S3, s.Files); err != nil {
			return nil, err
		}
		h.Files = s3.NewMover(c.S3, s.Files, now)
	}
	if s.Deliveries != "" && s.Jobs != "" && s.Letters != "" {
		h.Queued = func(ctx context.Context) (int, error) { return queued(ctx, c.SQS, s.Deliveries, s.Jobs, s.Letters) }
	}
	return h, nil
}

// hasBucket looks whether there is such a bucket.
func hasBucket(ctx context.Context, client *awss3.Client, name string) error {
	_, err := client.HeadBucket(ctx, &awss3.HeadBucketInput{Bucket: &name})
	if _, missing := errors.AsType[*s3types.NotFound](err); missing {
		return fault.New(fault.NotFound, "moving.no_bucket", "There is no bucket %s in this account. Give the value of the stack's output FilesBucket.", name)
	}
	return err
}

// isOurs looks whether the table has the form that the product needs.
func isOurs(ctx context.Context, client *dynamodb.Client, name string) error {
	out, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
	if _, missing := errors.AsType[*types.ResourceNotFoundException](err); missing {
		return fault.New(fault.NotFound, "moving.no_table", "There is no table %s in this account and region. Deploy the stack first, and give the value of its output TableName.", name)
	}
	if err != nil {
		return err
	}
	want := dynamo.Schema(name)
	key := func(a, b types.KeySchemaElement) bool {
		return aws.ToString(a.AttributeName) == aws.ToString(b.AttributeName) && a.KeyType == b.KeyType
	}
	good := slices.EqualFunc(out.Table.KeySchema, want.KeySchema, key) && len(out.Table.GlobalSecondaryIndexes) == 1 &&
		aws.ToString(out.Table.GlobalSecondaryIndexes[0].IndexName) == dynamo.Index
	if !good {
		return fault.New(fault.Invalid, "moving.table", "The table %s is not one of Motorpool's. Give the value of the stack's output TableName.", name)
	}
	return nil
}
