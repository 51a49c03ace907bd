package path

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/infra/aws/local/deploy"
	"motorpool/infra/emulators"
	"motorpool/shared/ident"
)

// A stack is what template.yaml declares, made at the emulators.
type stack struct {
	deploy.Clients
	*deploy.Stack
	options deploy.Options
	gate    *gate             // before DynamoDB Local; the stream is read past it
	vars    map[string]string // the environment of functions
}

// declare prepares a stack of the test's own. On a clock that stands still, what
// would be old by the real one stays.
func declare(t *testing.T, frozen bool) *stack {
	t.Helper()
	tables, other := emulators.DynamoDB(t), emulators.AWS(t)
	s := &stack{gate: newGate(tables)}
	front := httptest.NewServer(s.gate)
	t.Cleanup(front.Close)
	s.vars = map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "emulator", "AWS_SECRET_ACCESS_KEY": "emulator", "AWS_SESSION_TOKEN": "emulator",
		"AWS_ENDPOINT_URL": other, "AWS_ENDPOINT_URL_DYNAMODB": front.URL, "AWS_ENDPOINT_URL_DYNAMODB_STREAMS": tables, "LOG_LEVEL": "warn",
	}
	var err error
	if s.Clients, err = deploy.Connect(t.Context(), func(name string) string { return s.vars[name] }); err != nil {
		t.Fatal(err)
	}
	s.options = deploy.Options{
		Template: filepath.Join(top(), "template.yaml"), Frozen: frozen, Say: t.Logf,
		Stack: strings.ReplaceAll(ident.Sortable(time.Now)("path"), "_", "-"),
	}
	return s
}

// deploy makes it.
func (s *stack) deploy(t *testing.T) {
	t.Helper()
	var err error
	if s.Stack, err = deploy.Run(t.Context(), s.Clients, s.options); err != nil {
		t.Fatal(err)
	}
	c := s.Config
	for name, value := range map[string]string{
		"TABLE": c.Table, "KEY": c.Key, "DELIVERIES_QUEUE": c.Deliveries, "JOBS_QUEUE": c.Jobs, "LETTERS_QUEUE": c.Letters, "FILES_BUCKET": c.Files, "RETRY_MACHINE": c.Machine,
		"BASE_URL": "https://motorpool.example", "STAGE": "prod", "ALLOW_PRIVATE_TARGETS": "true", // where the receiver is
	} {
		s.vars[name] = value
	}
	if len(s.patterns()) == 0 || s.maxReceives(t) == 0 {
		t.Fatal("template.yaml has no filter or no redrive policy, which these tests are about")
	}
}

// patterns are the filter of the stream.
func (s *stack) patterns() (all []string) {
	for _, e := range s.Functions["workers.publish_events"].Events {
		for _, f := range e.Properties.FilterCriteria.Filters {
			all = append(all, f.Pattern)
		}
	}
	return all
}

// maxReceives is how often a delivery is handed out before it lies dead.
func (s *stack) maxReceives(t *testing.T) int {
	t.Helper()
	var policy struct{ MaxReceiveCount int }
	if err := json.Unmarshal([]byte(s.attributes(t, s.Config.Deliveries)["RedrivePolicy"]), &policy); err != nil {
		t.Fatal(err)
	}
	return policy.MaxReceiveCount
}

func (s *stack) attributes(t *testing.T, url string) map[string]string {
	t.Helper()
	got, err := s.SQS.GetQueueAttributes(t.Context(), &sqs.GetQueueAttributesInput{
		QueueUrl: &url, AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameAll},
	})
	if err != nil {
		t.Fatal(err)
	}
	return got.Attributes
}

// depth counts the messages of a queue, whether they are visible or not.
func (s *stack) depth(t *testing.T, url string) string {
	t.Helper()
	a := s.attributes(t, url)
	return fmt.Sprintf("%s visible, %s hidden", a["ApproximateNumberOfMessages"], a["ApproximateNumberOfMessagesNotVisible"])
}

// visible makes messages visible again at once, as they are by themselves when
// the queue's visibility timeout has passed.
func (s *stack) visible(t *testing.T, msgs ...message) {
	t.Helper()
	for _, m := range msgs {
		if _, err := s.SQS.ChangeMessageVisibility(t.Context(), &sqs.ChangeMessageVisibilityInput{
			QueueUrl: &s.Config.Deliveries, ReceiptHandle: &m.ReceiptHandle, VisibilityTimeout: 0,
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// soon makes messages visible again after so many seconds, instead of what
// template.yaml says.
func (s *stack) soon(t *testing.T, seconds int) {
	t.Helper()
	if _, err := s.SQS.SetQueueAttributes(t.Context(), &sqs.SetQueueAttributesInput{
		QueueUrl: &s.Config.Deliveries, Attributes: map[string]string{"VisibilityTimeout": fmt.Sprint(seconds)},
	}); err != nil {
		t.Fatal(err)
	}
}

// executions are the names that Step Functions knows.
func (s *stack) executions(t *testing.T) (names []string) {
	t.Helper()
	begun, err := s.SFN.ListExecutions(t.Context(), &sfn.ListExecutionsInput{StateMachineArn: &s.Config.Machine})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range begun.Executions {
		names = append(names, aws.ToString(e.Name))
	}
	return names
}
