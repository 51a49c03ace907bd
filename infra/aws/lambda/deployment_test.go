package lambda

import (
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/infra/aws/seed"
	"motorpool/infra/emulators"
	"motorpool/shared/app"
	"motorpool/shared/egress"
	"motorpool/shared/ident"
	"motorpool/shared/table/dynamo"
	machine "motorpool/shared/timeline/sfn"
	"motorpool/shared/webhook"
)

// A deployment is what template.yaml declares, on emulators, with the seed's
// world in it.
type deployment struct {
	clients
	*declaration
	values   map[string]string // what the template's names stand for
	aws      map[string]string // what Lambda itself puts into every environment
	world    *seed.World
	receiver *receiver
	watch    *watch // what functions do
}

// deploy makes the resources and plants the world.
func deploy(t *testing.T) *deployment {
	t.Helper()
	d := bare(t)
	d.receiver = receive(t)
	var err error
	if d.world, err = seed.Plant(t.Context(), d.ports(t, time.Now), time.Now(), d.receiver.URL); err != nil {
		t.Fatal(err)
	}
	return d
}

// bare makes the resources alone.
func bare(t *testing.T) *deployment {
	t.Helper()
	stack := ident.Sortable(time.Now)("stack")
	d := &deployment{
		declaration: declared(t),
		values: map[string]string{
			"AWS::AccountId": "123456789012", "AWS::Partition": "aws", "AWS::Region": "eu-west-1", "AWS::StackName": stack, "AWS::URLSuffix": "amazonaws.com",
			"Domain": "motorpool.example", "LogLevel": "WARN",
		},
		aws: map[string]string{
			"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "emulator", "AWS_SECRET_ACCESS_KEY": "emulator", "AWS_SESSION_TOKEN": "emulator",
			"AWS_ENDPOINT_URL": emulators.AWS(t), "AWS_ENDPOINT_URL_DYNAMODB": emulators.DynamoDB(t), "ALLOW_PRIVATE_TARGETS": "true",
		},
	}
	d.clients = newClients("eu-west-1", func(name string) string { return d.aws[name] })
	d.create(t, stack)
	d.watch = newWatch(t, d.aws["AWS_ENDPOINT_URL_DYNAMODB"], d.aws["AWS_ENDPOINT_URL"])
	return d
}

// create makes what the template's names stand for.
func (d *deployment) create(t *testing.T, stack string) {
	t.Helper()
	ctx := t.Context()
	fine := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	name := stack + "-table"
	_, err := d.dynamodb().CreateTable(ctx, dynamo.Schema(name))
	fine(err)
	fine(dynamodb.NewTableExistsWaiter(d.dynamodb()).Wait(ctx, &dynamodb.DescribeTableInput{TableName: &name}, time.Minute))
	d.values["Table"] = name
	key, err := d.kms().CreateKey(ctx, &kms.CreateKeyInput{})
	fine(err)
	d.values["Key.Arn"] = *key.KeyMetadata.Arn
	for _, id := range []string{"Deliveries", "Jobs", "Letters"} {
		q, err := d.sqs().CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String(stack + "-" + id)})
		fine(err)
		d.values[id] = *q.QueueUrl
	}
	_, err = d.s3().CreateBucket(ctx, &s3.CreateBucketInput{
		Bucket: aws.String(stack[len(stack)-26:] + "-files"), CreateBucketConfiguration: &s3types.CreateBucketConfiguration{LocationConstraint: "eu-west-1"},
	})
	fine(err)
	d.values["Files"] = stack[len(stack)-26:] + "-files"
	const function = "arn:aws:lambda:eu-west-1:123456789012:function:f"
	_, err = d.sfn().CreateStateMachine(ctx, &sfn.CreateStateMachineInput{
		Name: aws.String(stack + "-retry"), RoleArn: aws.String("arn:aws:iam::123456789012:role/r"),
		Definition: aws.String(string(machine.Definition(webhook.Plan, function, function))),
	})
	fine(err)
	d.values["RetryMachine"] = "arn:aws:states:eu-west-1:123456789012:stateMachine:" + stack + "-retry"
}

// ports are those that functions get, in the same environment.
func (d *deployment) ports(t *testing.T, now func() time.Time) app.Ports {
	t.Helper()
	env := d.environment(t, d.functions["workers.deliver"], d.values)
	maps.Copy(env, d.aws)
	p, err := Ports(everything, func(name string) string { return env[name] }, now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	p.Egress = egress.New(egress.Options{AllowPrivate: true, Lookup: unknown})
	return p
}

// unknown knows no host: what the world sends it sends to the receiver or nowhere.
func unknown(context.Context, string) ([]netip.Addr, error) { return nil, errors.New("no such host") }

// start runs a function's bootstrap in the environment that the template gives it.
func (d *deployment) start(t *testing.T, name string) *bootstrap {
	t.Helper()
	f := d.functions[name]
	var env []string
	for _, some := range []map[string]string{d.environment(t, f, d.values), d.aws} {
		for name, value := range some {
			env = append(env, name+"="+value)
		}
	}
	env = append(env, d.watch.env(name)...)
	return start(t, build(t, strings.TrimPrefix(f.Code, "build/")), name, env...)
}

// take takes all that lies in a queue.
func (d *deployment) take(t *testing.T, queue string) (bodies []string) {
	t.Helper()
	for {
		out, err := d.sqs().ReceiveMessage(t.Context(), &sqs.ReceiveMessageInput{QueueUrl: aws.String(d.values[queue]), MaxNumberOfMessages: 10, VisibilityTimeout: 3600})
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Messages) == 0 {
			return bodies
		}
		for _, m := range out.Messages {
			bodies = append(bodies, *m.Body)
		}
	}
}

// send puts a message into a queue.
func (d *deployment) send(t *testing.T, queue, body string) error {
	_, err := d.sqs().SendMessage(t.Context(), &sqs.SendMessageInput{QueueUrl: aws.String(d.values[queue]), MessageBody: &body})
	return err
}

// item is what is stored at a key, as a stream would show it.
func (d *deployment) item(t *testing.T, pk, sk string) map[string]map[string]string {
	t.Helper()
	out, err := d.dynamodb().GetItem(t.Context(), &dynamodb.GetItemInput{TableName: aws.String(d.values["Table"]), Key: map[string]types.AttributeValue{
		"PK": &types.AttributeValueMemberS{Value: pk}, "SK": &types.AttributeValueMemberS{Value: sk},
	}})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	for name, v := range out.Item {
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			all[name] = map[string]string{"S": v.Value}
		case *types.AttributeValueMemberN:
			all[name] = map[string]string{"N": v.Value}
		case *types.AttributeValueMemberB:
			all[name] = map[string]string{"B": base64.StdEncoding.EncodeToString(v.Value)}
		}
	}
	return all
}

// A receiver takes webhooks, and remembers which.
type receiver struct {
	*httptest.Server
	mu  sync.Mutex
	got map[string]int // requests by webhook-id
}

func receive(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{got: map[string]int{}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, in *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.got[in.Header.Get("webhook-id")]++
	}))
	t.Cleanup(r.Close)
	return r
}

// requests is how many came with a webhook-id.
func (r *receiver) requests(id string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.got[id]
}
