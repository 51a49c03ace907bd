package lambda

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/infra/emulators"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apikey"
	"motorpool/shared/app"
	"motorpool/shared/config"
	"motorpool/shared/ident"
	"motorpool/shared/table/dynamo"
	machine "motorpool/shared/timeline/sfn"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// A deployment is what template.yaml declares, on emulators, with one workspace
// in it.
type deployment struct {
	*app.App
	clients
	product   *product
	env       []string
	vars      map[string]string
	workspace string
	key       string // an API key that may do everything
	actor     access.Actor
}

const base = "https://motorpool.example"

func deploy(t *testing.T) *deployment {
	t.Helper()
	tables, other := emulators.DynamoDB(t), emulators.AWS(t)
	d := &deployment{vars: map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "emulator", "AWS_SECRET_ACCESS_KEY": "emulator", "AWS_SESSION_TOKEN": "emulator",
		"AWS_ENDPOINT_URL": other, "AWS_ENDPOINT_URL_DYNAMODB": tables, "LOG_LEVEL": "warn",
	}}
	getenv := func(name string) string { return d.vars[name] }
	d.clients = newClients("eu-west-1", getenv)
	d.create(t, ident.Sortable(time.Now)("stack"))
	for name, value := range d.vars {
		d.env = append(d.env, name+"="+value)
	}
	cfg, err := config.Load(getenv)
	if err != nil {
		t.Fatal(err)
	}
	d.product = &product{cfg: cfg, getenv: getenv, now: time.Now, log: slog.New(slog.DiscardHandler)}
	d.App = d.product.at(base)
	d.open(t)
	return d
}

// create makes what functions are told of by their environment.
func (d *deployment) create(t *testing.T, stack string) {
	t.Helper()
	ctx := t.Context()
	fine := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	d.vars["TABLE"] = stack + "-table"
	_, err := d.dynamodb().CreateTable(ctx, dynamo.Schema(d.vars["TABLE"]))
	fine(err)
	fine(dynamodb.NewTableExistsWaiter(d.dynamodb()).Wait(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(d.vars["TABLE"])}, time.Minute))
	key, err := d.kms().CreateKey(ctx, &kms.CreateKeyInput{})
	fine(err)
	d.vars["KEY"] = *key.KeyMetadata.Arn
	for name, variable := range map[string]string{"deliveries": "DELIVERIES_QUEUE", "jobs": "JOBS_QUEUE"} {
		q, err := d.sqs().CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String(stack + "-" + name)})
		fine(err)
		d.vars[variable] = *q.QueueUrl
	}
	const function = "arn:aws:lambda:eu-west-1:123456789012:function:f"
	m, err := d.sfn().CreateStateMachine(ctx, &sfn.CreateStateMachineInput{
		Name: aws.String(stack + "-retry"), RoleArn: aws.String("arn:aws:iam::123456789012:role/r"),
		Definition: aws.String(string(machine.Definition(webhook.Plan, function, function))),
	})
	fine(err)
	d.vars["RETRY_MACHINE"] = *m.StateMachineArn
}

// open makes a workspace, and lets a program in.
func (d *deployment) open(t *testing.T) {
	t.Helper()
	at := time.Now().UTC()
	w, err := d.Workspaces.Create(t.Context(), workspace.Draft{Name: "Harbour Cars", Mode: workspace.Live}, at)
	if err != nil {
		t.Fatal(err)
	}
	d.workspace = w.ID
	owner := access.Actor{Kind: "user", ID: "usr_owner", Workspace: w.ID, Grants: access.All()}
	k, plain, err := d.Keys.Create(t.Context(), owner, apikey.Request{Name: "test"}, at)
	if err != nil {
		t.Fatal(err)
	}
	d.key, d.actor = plain, k.Actor()
}

// signIn opens a session of somebody who may do everything.
func (d *deployment) signIn(t *testing.T) (session string) {
	t.Helper()
	at := time.Now().UTC()
	link, err := d.Sessions.NewLink(t.Context(), d.workspace, "usr_owner", at)
	if err != nil {
		t.Fatal(err)
	}
	if session, _, err = d.Sessions.SignIn(t.Context(), link, at); err != nil {
		t.Fatal(err)
	}
	return session
}

// request is what API Gateway sends a route's function: with the actor whom the
// authorizer named.
func (d *deployment) request(t *testing.T, method, path, body string, headers ...string) request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, base+path, strings.NewReader(body))
	r.Header.Set("X-Forwarded-Proto", "https")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	in := gateway(r)
	in.StageVariables = map[string]string{"base": base}
	in.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: map[string]any{}}
	for name, value := range api.ActorContext(d.actor) {
		in.RequestContext.Authorizer.Lambda[name] = value
	}
	return in
}

// stored are the items of a partition as the stream would send them.
func (d *deployment) stored(t *testing.T, pk, prefix string) string {
	t.Helper()
	out, err := d.dynamodb().Query(t.Context(), &dynamodb.QueryInput{
		TableName: aws.String(d.vars["TABLE"]), KeyConditionExpression: aws.String("PK = :pk AND begins_with(SK, :sk)"),
		ExpressionAttributeValues: dynamoText(":pk", pk, ":sk", prefix),
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, it := range out.Items {
		image, err := json.Marshal(wireForm(it))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf(`{"eventID":"1","eventName":"INSERT","eventSource":"aws:dynamodb","dynamodb":{"StreamViewType":"NEW_IMAGE","NewImage":%s}}`, image))
	}
	return `{"Records":[` + strings.Join(all, ",") + `]}`
}

// waiting takes what lies in a queue, as the event source mapping sends it.
func (d *deployment) waiting(t *testing.T, variable string) (records []events.SQSMessage) {
	t.Helper()
	out, err := d.sqs().ReceiveMessage(t.Context(), &sqs.ReceiveMessageInput{QueueUrl: aws.String(d.vars[variable]), MaxNumberOfMessages: 10, VisibilityTimeout: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range out.Messages {
		records = append(records, events.SQSMessage{
			MessageId: *m.MessageId, Body: *m.Body, EventSource: "aws:sqs",
			Attributes: map[string]string{"ApproximateReceiveCount": "1", "MessageGroupId": "g"},
		})
	}
	return records
}

// dynamoText are attribute values of pairs of name and text.
func dynamoText(pairs ...string) map[string]types.AttributeValue {
	all := map[string]types.AttributeValue{}
	for i := 0; i+1 < len(pairs); i += 2 {
		all[pairs[i]] = &types.AttributeValueMemberS{Value: pairs[i+1]}
	}
	return all
}

// wireForm is an item in DynamoDB's JSON.
func wireForm(item map[string]types.AttributeValue) map[string]map[string]string {
	all := map[string]map[string]string{}
	for name, v := range item {
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			all[name] = map[string]string{"S": v.Value}
		case *types.AttributeValueMemberN:
			all[name] = map[string]string{"N": v.Value}
		}
	}
	return all
}
