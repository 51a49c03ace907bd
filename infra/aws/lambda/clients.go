package lambda

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// clients are the doors to AWS. Each is made when it is needed first: most
// functions never open most of them.
type clients struct {
	dynamodb func() *dynamodb.Client
	kms      func() *kms.Client
	sfn      func() *sfn.Client
	sqs      func() *sqs.Client
}

// newClients reads credentials from the environment, where Lambda puts them for
// as long as the process lives, and AWS_ENDPOINT_URL or, for one service,
// AWS_ENDPOINT_URL_DYNAMODB and its like, as every AWS tool does. It leaves out
// the rest of the SDK's search for a configuration, which costs 2 MB and 0.5 ms.
func newClients(region string, getenv func(string) string) clients {
	cfg := aws.Config{
		Region:      region,
		Credentials: aws.NewCredentialsCache(credentials(getenv)),
	}
	at := func(service string) *string {
		for _, name := range []string{"AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL"} {
			if v := getenv(name); v != "" {
				return &v
			}
		}
		return nil
	}
	return clients{
		dynamodb: sync.OnceValue(func() *dynamodb.Client {
			return dynamodb.NewFromConfig(cfg, func(o *dynamodb.Options) { o.BaseEndpoint = at("DYNAMODB") })
		}),
		kms: sync.OnceValue(func() *kms.Client {
			return kms.NewFromConfig(cfg, func(o *kms.Options) { o.BaseEndpoint = at("KMS") })
		}),
		sfn: sync.OnceValue(func() *sfn.Client {
			return sfn.NewFromConfig(cfg, func(o *sfn.Options) { o.BaseEndpoint = at("SFN") })
		}),
		sqs: sync.OnceValue(func() *sqs.Client {
			return sqs.NewFromConfig(cfg, func(o *sqs.Options) { o.BaseEndpoint = at("SQS") })
		}),
	}
}

// credentials are those of the function's role.
func credentials(getenv func(string) string) aws.CredentialsProviderFunc {
	return func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{
			AccessKeyID:     getenv("AWS_ACCESS_KEY_ID"),
			SecretAccessKey: getenv("AWS_SECRET_ACCESS_KEY"),
			SessionToken:    getenv("AWS_SESSION_TOKEN"),
			Source:          "environment",
		}, nil
	}
}
