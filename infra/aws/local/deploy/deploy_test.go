package deploy_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/infra/aws/local/deploy"
	"motorpool/infra/emulators"
	"motorpool/shared/ident"
	"motorpool/shared/table/dynamo"
)

const template = "../../../../template.yaml"

func getenv(vars ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(vars); i += 2 {
			if vars[i] == name {
				return vars[i+1]
			}
		}
		return ""
	}
}

func clients(t *testing.T) deploy.Clients {
	t.Helper()
	c, err := deploy.Connect(t.Context(), getenv("AWS_ENDPOINT_URL", emulators.AWS(t), "AWS_ENDPOINT_URL_DYNAMODB", emulators.DynamoDB(t)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// run makes a stack and returns what was said of it, a line each.
func run(t *testing.T, c deploy.Clients, o deploy.Options) (*deploy.Stack, []string) {
	t.Helper()
	var said []string
	o.Template = template
	o.Say = func(format string, a ...any) { said = append(said, strings.TrimSpace(fmt.Sprintf(format, a...))) }
	s, err := deploy.Run(t.Context(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	return s, said
}

func newStack() string {
	return strings.ReplaceAll(ident.Sortable(time.Now)("stack"), "_", "-")
}

func TestAStackIsMadeOnceAndFoundAgain(t *testing.T) {
	t.Parallel()
	c, name := clients(t), newStack()
	first, made := run(t, c, deploy.Options{Stack: name})
	again, found := run(t, c, deploy.Options{Stack: name})
	count := func(said []string, word string) int {
		return len(said) - len(slices.DeleteFunc(slices.Clone(said), func(s string) bool { return strings.HasPrefix(s, word) }))
	}
	if n := count(made, "made"); n != len(made) || n < 9 {
		t.Errorf("at first %d of %d things were made: %q", n, len(made), made)
	}
	if n := count(found, "found"); n != len(made) || n != len(found) {
		t.Errorf("then %d of %d things were found: %q", n, len(found), found)
	}
	if first.Config != again.Config || first.StreamARN != again.StreamARN || first.StreamARN == "" {
		t.Errorf("got %+v, then %+v", first, again)
	}
}

// TestWhatTheTemplateSaysIsMade reads back from the emulators what they were
// told: index, expiry and stream, redrive, and the functions in the definition.
func TestWhatTheTemplateSaysIsMade(t *testing.T) {
	t.Parallel()
	c := clients(t)
	s, _ := run(t, c, deploy.Options{Stack: newStack()})
	table, err := c.DynamoDB.DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: &s.Config.Table})
	if err != nil {
		t.Fatal(err)
	}
	about := table.Table
	if len(about.GlobalSecondaryIndexes) != 1 || *about.GlobalSecondaryIndexes[0].IndexName != dynamo.Index || about.StreamSpecification.StreamViewType != "NEW_IMAGE" {
		t.Errorf("the table: %+v", about)
	}
	ttl, err := c.DynamoDB.DescribeTimeToLive(t.Context(), &dynamodb.DescribeTimeToLiveInput{TableName: &s.Config.Table})
	if err != nil || aws.ToString(ttl.TimeToLiveDescription.AttributeName) != "X" {
		t.Errorf("expiry: %+v, %v", ttl.TimeToLiveDescription, err)
	}
	for _, url := range []string{s.Config.Deliveries, s.Config.Jobs} {
		q, err := c.SQS.GetQueueAttributes(t.Context(), &sqs.GetQueueAttributesInput{QueueUrl: &url, AttributeNames: []sqstypes.QueueAttributeName{sqstypes.QueueAttributeNameAll}})
		if err != nil || !strings.Contains(q.Attributes["RedrivePolicy"], "Dead") || q.Attributes["MessageRetentionPeriod"] != "864000" || s.Dead[url] == "" {
			t.Errorf("%s: %v, %v", url, q.Attributes, err)
		}
	}
	machine, err := c.SFN.DescribeStateMachine(t.Context(), &sfn.DescribeStateMachineInput{StateMachineArn: &s.Config.Machine})
	if err != nil || strings.Contains(*machine.Definition, "${") || !strings.Contains(*machine.Definition, s.Functions["steps.redeliver"].ARN) {
		t.Errorf("the state machine: %v, %s", err, aws.ToString(machine.Definition))
	}
	publish := s.Functions["workers.publish_events"]
	for _, e := range publish.Events {
		if m := e.Properties; e.Type != "DynamoDB" || m.BatchSize != 100 || !m.BisectBatchOnFunctionError || len(m.FilterCriteria.Filters) == 0 || s.Queue(m.DestinationConfig.OnFailure.Destination) == "" {
			t.Errorf("%s: %+v", publish.Name, e)
		}
	}
	if len(publish.Events) != 1 || publish.Timeout != time.Minute {
		t.Errorf("%+v", publish)
	}
}

func TestOnAStandingClockNothingRunsByTheRealOne(t *testing.T) {
	t.Parallel()
	c := clients(t)
	s, _ := run(t, c, deploy.Options{Stack: newStack(), Frozen: true})
	ttl, err := c.DynamoDB.DescribeTimeToLive(t.Context(), &dynamodb.DescribeTimeToLiveInput{TableName: &s.Config.Table})
	if err != nil || ttl.TimeToLiveDescription.TimeToLiveStatus == "ENABLED" {
		t.Errorf("expiry: %+v, %v", ttl.TimeToLiveDescription, err)
	}
	q, err := c.SQS.GetQueueAttributes(t.Context(), &sqs.GetQueueAttributesInput{QueueUrl: &s.Config.Jobs, AttributeNames: []sqstypes.QueueAttributeName{sqstypes.QueueAttributeNameAll}})
	if err != nil || q.Attributes["ReceiveMessageWaitTimeSeconds"] != "0" {
		t.Errorf("the queue waits %v s, %v", q.Attributes["ReceiveMessageWaitTimeSeconds"], err)
	}
}

func TestOnlyEmulatorsAreSpokenTo(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://dynamodb.eu-west-1.amazonaws.com": "is AWS itself",
		"https://SQS.us-east-1.AMAZONAWS.com.":     "is AWS itself",
		"https://sqs.cn-north-1.amazonaws.com.cn":  "is AWS itself",
		"https://dynamodb.eu-west-1.api.aws":       "is AWS itself",
		"http://127.0.0.1:1":                       "nothing answers",
		"127.0.0.1:4566":                           "is no address",
		"ftp://127.0.0.1":                          "is no address",
	} {
		_, err := deploy.Connect(t.Context(), getenv("AWS_ENDPOINT_URL", address))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", address, err, want)
		}
	}
	if _, err := deploy.Connect(t.Context(), getenv()); !errors.Is(err, deploy.ErrNoEndpoint) {
		t.Errorf("no endpoint: got %v", err)
	}
	if _, err := deploy.Connect(t.Context(), getenv("AWS_ENDPOINT_URL_DYNAMODB", emulators.DynamoDB(t))); !errors.Is(err, deploy.ErrNoEndpoint) || !strings.Contains(err.Error(), "AWS_ENDPOINT_URL_KMS") {
		t.Errorf("only DynamoDB's endpoint: got %v, want that KMS has none", err)
	}
	// One service at AWS is enough to refuse all.
	_, err := deploy.Connect(t.Context(), getenv("AWS_ENDPOINT_URL", emulators.DynamoDB(t), "AWS_ENDPOINT_URL_SQS", "https://sqs.eu-west-1.amazonaws.com"))
	if err == nil || !strings.Contains(err.Error(), "is AWS itself") {
		t.Errorf("SQS at AWS: got %v", err)
	}
}
