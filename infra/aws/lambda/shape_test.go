package lambda

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

// invocation reads events/invoke/<function>.json.
func invocation(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, "events", "invoke", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestEveryRouteAndFunctionHasAnInvocation, and every invocation a function.
func TestEveryRouteAndFunctionHasAnInvocation(t *testing.T) {
	t.Parallel()
	there, err := os.ReadDir(filepath.Join(top, "events", "invoke"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range there {
		name, json := strings.CutSuffix(f.Name(), ".json")
		if !json || f.IsDir() {
			t.Errorf("events/invoke holds %s", f.Name())
		}
		got = append(got, name)
	}
	slices.Sort(got)
	d, invoked := declared(t), map[string]bool{}
	if want := d.invocations(); !slices.Equal(got, want) {
		t.Errorf("events/invoke has\n%v\nwant\n%v", got, want)
	}
	for _, name := range got {
		invoked[functionOf(name)] = true
	}
	if len(invoked) != len(d.functions) {
		t.Errorf("%d functions are invoked of %d", len(invoked), len(d.functions))
	}
}

// A form is what one kind of invocation looks like.
type form struct {
	typ    func() any // decoding into it must leave nothing over
	always []string   // fields that AWS always sends; below a list: of each element
}

var requestContext = []string{
	"accountId", "apiId", "domainName", "domainPrefix", "http.method", "http.path", "http.protocol", "http.sourceIp", "http.userAgent",
	"requestId", "routeKey", "stage", "time", "timeEpoch",
}

// forms are taken from AWS's descriptions of what it sends:
//
//   - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
//   - https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
//   - https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
//   - https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
//   - https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html (Input)
//
// What a step gets is ours: what InputPath leaves. So is what an operator sends.
var forms = map[string]form{
	"HttpApi": {func() any { return &events.APIGatewayV2HTTPRequest{} }, append(below("requestContext", requestContext...),
		"version", "routeKey", "rawPath", "rawQueryString", "headers.host", "headers.content-length", "headers.x-amzn-trace-id",
		"headers.x-forwarded-for", "headers.x-forwarded-port", "headers.x-forwarded-proto", "isBase64Encoded", "stageVariables.base", "stageVariables.api")},
	"authorizer": {func() any { return &events.APIGatewayV2CustomAuthorizerV2Request{} }, append(below("requestContext", requestContext...),
		"version", "type", "routeArn", "identitySource", "routeKey", "rawPath", "rawQueryString", "headers.authorization", "stageVariables.base", "stageVariables.api")},
	"SQS": {func() any { return &events.SQSEvent{} }, below("Records",
		"messageId", "receiptHandle", "body", "attributes.ApproximateReceiveCount", "attributes.SentTimestamp", "attributes.SenderId",
		"attributes.ApproximateFirstReceiveTimestamp", "attributes.MessageGroupId", "messageAttributes", "md5OfBody", "eventSource", "eventSourceARN", "awsRegion")},
	"DynamoDB": {func() any { return &events.DynamoDBEvent{} }, below("Records",
		"eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "eventSourceARN", "dynamodb.ApproximateCreationDateTime",
		"dynamodb.Keys.PK.S", "dynamodb.Keys.SK.S", "dynamodb.NewImage.V.N", "dynamodb.SequenceNumber", "dynamodb.SizeBytes", "dynamodb.StreamViewType")},
	"Schedule": {func() any { return &events.EventBridgeEvent{} }, []string{"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"}},
	"steps": {func() any {
		return &struct {
			Workspace, Delivery string
			Round               int
		}{}
	}, []string{"workspace", "delivery", "round"}},
	"operator": {func() any { return &letInInput{} }, []string{"name", "mode", "time_zone"}},
}

func below(at string, names ...string) (all []string) {
	for _, n := range names {
		all = append(all, at+"."+n)
	}
	return all
}

// formOf is the form of what a function is sent.
func formOf(f function) form {
	if f.kind != "" {
		return forms[f.kind]
	}
	area, _, _ := strings.Cut(f.Handler, ".")
	return forms[area]
}

// lacks lists the fields that are not in an event.
func lacks(event any, fields []string) (missing []string) {
	for _, field := range fields {
		if !has(event, strings.Split(field, ".")) {
			missing = append(missing, field)
		}
	}
	return missing
}

func has(v any, path []string) bool {
	switch v := v.(type) {
	case []any:
		return len(v) > 0 && !slices.ContainsFunc(v, func(one any) bool { return !has(one, path) })
	case map[string]any:
		if len(path) == 0 {
			return true
		}
		below, ok := v[path[0]]
		return ok && has(below, path[1:])
	}
	return len(path) == 0 && v != nil
}

// wrong is what is not as AWS sends it; empty if all is.
func (f form) wrong(event []byte) string {
	dec := json.NewDecoder(bytes.NewReader(event))
	dec.DisallowUnknownFields()
	if err := dec.Decode(f.typ()); err != nil {
		return err.Error()
	}
	var loose any
	if err := json.Unmarshal(event, &loose); err != nil {
		return err.Error()
	}
	if missing := lacks(loose, f.always); len(missing) > 0 {
		return "lacks " + strings.Join(missing, ", ")
	}
	return ""
}

func TestInvocationsAreWhatAWSSends(t *testing.T) {
	t.Parallel()
	d := declared(t)
	for _, name := range d.invocations() {
		f := formOf(d.functions[functionOf(name)])
		if f.typ == nil {
			t.Errorf("say in this test what %s is sent", name)
			continue
		}
		if wrong := f.wrong(invocation(t, name)); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

// TestFormsComeInBase64: an HTTP API hands on as they are only bodies whose type
// says that they are text or JSON.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
func TestFormsComeInBase64(t *testing.T) {
	t.Parallel()
	d, n := declared(t), 0
	for _, name := range d.invocations() {
		var in request
		if d.functions[functionOf(name)].kind != "HttpApi" {
			continue
		}
		if err := json.Unmarshal(invocation(t, name), &in); err != nil {
			t.Fatal(err)
		}
		kind := in.Headers["content-type"]
		if encoded := kind != "" && kind != "application/json"; encoded != in.IsBase64Encoded {
			t.Errorf("%s: isBase64Encoded is %v for %q", name, in.IsBase64Encoded, kind)
		}
		body := []byte(in.Body)
		if in.IsBase64Encoded {
			n++
			var err error
			if body, err = base64.StdEncoding.DecodeString(in.Body); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := in.Headers["content-length"]; got != strconv.Itoa(len(body)) {
			t.Errorf("%s: content-length is %s of a body of %d bytes", name, got, len(body))
		}
	}
	if n == 0 {
		t.Error("no form was seen")
	}
}

// TestAnInvocationOfAnotherFormIsSeen takes away and adds, to see that the test
// above would see.
func TestAnInvocationOfAnotherFormIsSeen(t *testing.T) {
	t.Parallel()
	d := declared(t)
	for _, tt := range []struct{ name, old, new, want string }{
		{"fleet.get_asset", `"version": "2.0",`, ``, "lacks version"},
		{"fleet.get_asset", `"version": "2.0",`, `"version": "2.0", "resource": "/v1",`, `unknown field "resource"`},
		{"fleet.get_asset", `"timeEpoch"`, `"epoch"`, `unknown field "epoch"`},
		{"fleet.get_asset", `"host"`, `"Host"`, "lacks headers.host"},
		{"workers.deliver", `"MessageGroupId"`, `"Group"`, "lacks Records.attributes.MessageGroupId"},
		{"workers.publish_events", `"SequenceNumber": "100000000000000000001",`, ``, "lacks Records.dynamodb.SequenceNumber"},
		{"ticks.disable_failing", `"detail-type"`, `"detailType"`, "unknown field"},
		{"steps.redeliver", `"round"`, `"attempt"`, "unknown field"},
	} {
		was := string(invocation(t, tt.name))
		event := strings.Replace(was, tt.old, tt.new, 1)
		if got := formOf(d.functions[functionOf(tt.name)]).wrong([]byte(event)); event == was || !strings.Contains(got, tt.want) {
			t.Errorf("%s with %s for %s: got %q, want %q", tt.name, tt.new, tt.old, got, tt.want)
		}
	}
}

func TestTheSumOfAMessageIsThatOfItsBody(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"workers.deliver", "workers.run_job"} {
		var batch events.SQSEvent
		if err := json.Unmarshal(invocation(t, name), &batch); err != nil {
			t.Fatal(err)
		}
		for _, m := range batch.Records {
			if sum := md5.Sum([]byte(m.Body)); hex.EncodeToString(sum[:]) != m.Md5OfBody {
				t.Errorf("%s: md5OfBody is %s, of the body it is %x", name, m.Md5OfBody, sum)
			}
		}
	}
}
