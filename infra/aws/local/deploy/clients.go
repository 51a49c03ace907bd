package deploy

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// Clients are the doors to an emulator, or to several.
type Clients struct {
	Region   string
	Where    string // all endpoints, for people
	DynamoDB *dynamodb.Client
	Streams  *dynamodbstreams.Client
	KMS      *kms.Client
	S3       *s3.Client
	SFN      *sfn.Client
	SQS      *sqs.Client
}

// services are the names that follow AWS_ENDPOINT_URL_. The stream is DynamoDB's,
// and asked for there unless it has an endpoint of its own.
// https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-env-vars.html
var services = []string{"DYNAMODB", "DYNAMODB_STREAMS", "KMS", "S3", "SFN", "SQS"}

// ErrNoEndpoint says that nothing names an emulator.
var ErrNoEndpoint = errors.New("AWS_ENDPOINT_URL is not set")

// Connect reads AWS_ENDPOINT_URL, or AWS_ENDPOINT_URL_DYNAMODB and its like for
// one service, and asks whether something answers there. It refuses AWS itself.
func Connect(ctx context.Context, getenv func(string) string) (Clients, error) {
	c := Clients{Region: "eu-west-1"}
	if r := getenv("AWS_REGION"); r != "" {
		c.Region = r
	}
	at, seen := map[string]*string{}, map[string]bool{}
	for _, s := range services {
		v := endpoint(getenv, s)
		if v == "" {
			return c, fmt.Errorf("%w, and neither is AWS_ENDPOINT_URL_%s", ErrNoEndpoint, s)
		}
		if at[s] = &v; seen[v] {
			continue
		}
		seen[v] = true
		if err := answers(ctx, v); err != nil {
			return c, err
		}
		c.Where = strings.TrimPrefix(c.Where+", "+v, ", ")
	}
	cfg := aws.Config{Region: c.Region, Credentials: credentials(getenv)}
	c.DynamoDB = dynamodb.NewFromConfig(cfg, func(o *dynamodb.Options) { o.BaseEndpoint = at["DYNAMODB"] })
	c.Streams = dynamodbstreams.NewFromConfig(cfg, func(o *dynamodbstreams.Options) { o.BaseEndpoint = at["DYNAMODB_STREAMS"] })
	c.KMS = kms.NewFromConfig(cfg, func(o *kms.Options) { o.BaseEndpoint = at["KMS"] })
	c.S3 = s3.NewFromConfig(cfg, func(o *s3.Options) { o.BaseEndpoint, o.UsePathStyle = at["S3"], true }) // emulators have no names below theirs
	c.SFN = sfn.NewFromConfig(cfg, func(o *sfn.Options) { o.BaseEndpoint = at["SFN"] })
	c.SQS = sqs.NewFromConfig(cfg, func(o *sqs.Options) { o.BaseEndpoint = at["SQS"] })
	return c, nil
}

func endpoint(getenv func(string) string, service string) string {
	names := []string{"AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL"}
	if service == "DYNAMODB_STREAMS" {
		names = []string{"AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL"}
	}
	for _, name := range names {
		if v := getenv(name); v != "" {
			return v
		}
	}
	return ""
}

// answers refuses what is no emulator's address, and waits a moment for whatever
// is there to speak HTTP.
func answers(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("the endpoint %q is no address such as http://127.0.0.1:4566", address)
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for _, real := range []string{"amazonaws.com", "amazonaws.com.cn", "api.aws", "aws.dev", "amazonaws.eu"} {
		if host == real || strings.HasSuffix(host, "."+real) {
			return fmt.Errorf("%s is AWS itself. This is for emulators: it would make and use things that cost money, with roles that allow anything. To deploy, use make deploy", address)
		}
	}
	ctx, stop := context.WithTimeout(ctx, 30*time.Second) // LocalStack thinks long about its first request
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("nothing answers at %s: %w", address, err)
	}
	return res.Body.Close()
}

// credentials are the environment's, or ones that mean nothing: emulators want
// some, and look at the key's name at the most.
func credentials(getenv func(string) string) aws.CredentialsProviderFunc {
	return func(context.Context) (aws.Credentials, error) {
		c := aws.Credentials{AccessKeyID: getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: getenv("AWS_SECRET_ACCESS_KEY"), SessionToken: getenv("AWS_SESSION_TOKEN")}
		if c.AccessKeyID == "" || c.SecretAccessKey == "" {
			c = aws.Credentials{AccessKeyID: "emulator", SecretAccessKey: "emulator"}
		}
		return c, nil
	}
}
