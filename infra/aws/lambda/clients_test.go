package lambda

import (
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	adapters3 "motorpool/shared/blob/s3"
	"motorpool/shared/inspection/paper"
	"motorpool/shared/picture/plain"
	adaptersqs "motorpool/shared/queue/sqs"
	adapterkms "motorpool/shared/secrets/kms"
	adaptersfn "motorpool/shared/timeline/sfn"
)

// clients are the doors to AWS through which tests look at what functions did.
type clients struct {
	dynamodb func() *dynamodb.Client
	kms      func() *kms.Client
	s3       func() *s3.Client
	sfn      func() *sfn.Client
	sqs      func() *sqs.Client
}

func newClients(region string, getenv func(string) string) clients {
	a := newAccount(region, getenv)
	return clients{
		dynamodb: sync.OnceValue(func() *dynamodb.Client { return dynamodb.NewFromConfig(a.at("DYNAMODB")) }),
		kms:      sync.OnceValue(func() *kms.Client { return kms.NewFromConfig(a.at("KMS")) }),
		s3: sync.OnceValue(func() *s3.Client {
			return s3.NewFromConfig(a.at("S3"), func(o *s3.Options) { o.UsePathStyle = true })
		}),
		sfn: sync.OnceValue(func() *sfn.Client { return sfn.NewFromConfig(a.at("SFN")) }),
		sqs: sync.OnceValue(func() *sqs.Client { return sqs.NewFromConfig(a.at("SQS")) }),
	}
}

// everything is an area whose functions may stand on all there is.
var everything = Area{Box: adapterkms.Open, Files: adapters3.Open, Studio: plain.Open, Print: paper.Print, Queue: adaptersqs.Open, Timeline: adaptersfn.Open}
