package sqs_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	service "github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/infra/emulators"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/queue"
	"motorpool/shared/queue/queuetest"
	"motorpool/shared/queue/sqs"
)

// TestSQSIsAQueue runs the suite on moto. moto takes MessageGroupId on a standard
// queue (https://github.com/getmoto/moto/pull/9148) and hands it back, but is not
// fair: it hands out what came first. So here "lets no slow group hold up another"
// shows only that Serve has room. And two servers that ask it at once are
// handed the same message now and then.
func TestSQSIsAQueue(t *testing.T) {
	t.Parallel()
	client := service.NewFromConfig(emulators.Config(emulators.AWS(t)))
	names := ident.Sortable(time.Now)
	queuetest.Run(t, queuetest.Harness{
		Tick:  time.Second,
		Twice: true,
		Open: func(t *testing.T, o queuetest.Options) queuetest.Opened {
			dead := create(t, client, names("dead"), nil)
			arn, err := client.GetQueueAttributes(t.Context(), &service.GetQueueAttributesInput{
				QueueUrl: &dead, AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameQueueArn},
			})
			if err != nil {
				t.Fatal(err)
			}
			url := create(t, client, names("work"), map[string]string{
				"VisibilityTimeout": fmt.Sprint(int(o.Visibility.Seconds())),
				"RedrivePolicy":     fmt.Sprintf(`{"deadLetterTargetArn":%q,"maxReceiveCount":%d}`, arn.Attributes["QueueArn"], o.MaxReceives),
			})
			q := sqs.New(func() *service.Client { return client }, url)
			return queuetest.Opened{Queue: q, Dead: func(t *testing.T) []queue.Message { return read(t, client, dead) }}
		},
	})
}

func create(t *testing.T, client *service.Client, name string, attributes map[string]string) (url string) {
	t.Helper()
	made, err := client.CreateQueue(t.Context(), &service.CreateQueueInput{QueueName: &name, Attributes: attributes})
	if err != nil {
		t.Fatal(err)
	}
	return *made.QueueUrl
}

func read(t *testing.T, client *service.Client, url string) (msgs []queue.Message) {
	t.Helper()
	got, err := client.ReceiveMessage(t.Context(), &service.ReceiveMessageInput{
		QueueUrl: &url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: []types.MessageSystemAttributeName{"MessageGroupId"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range got.Messages {
		msgs = append(msgs, queue.Message{Group: m.Attributes["MessageGroupId"], Body: json.RawMessage(*m.Body)})
	}
	return msgs
}

// TestBatchesFit sends through a stand-in for SQS that keeps what it was sent.
func TestBatchesFit(t *testing.T) {
	t.Parallel()
	sent := &standIn{}
	q := sent.open(t)
	var msgs []queue.Message
	for range 23 {
		msgs = append(msgs, queue.Message{Group: "small", Body: []byte(`{}`), Delay: 1500 * time.Millisecond})
	}
	for range 3 {
		msgs = append(msgs, queue.Message{Group: "large", Body: []byte(`"` + strings.Repeat("x", 130_000) + `"`)})
	}
	if err := q.Send(t.Context(), msgs...); err != nil {
		t.Fatal(err)
	}
	slices.Sort(sent.batches)
	if got := fmt.Sprint(sent.batches); got != "[1 5 10 10]" {
		t.Errorf("batches of %s, want [1 5 10 10]: at most ten, and 256 KiB", got)
	}
	if sent.delays["small"] != 2 || sent.delays["large"] != 0 {
		t.Errorf("delays: got %v, want 2 s for 1.5 s", sent.delays)
	}
}

func TestWhatABatchRefusedIsSentAgain(t *testing.T) {
	t.Parallel()
	sent := &standIn{refuse: func(call int, id string) (bool, bool) { return call == 1 && id < "5", false }}
	q := sent.open(t)
	if err := q.Send(t.Context(), slices.Repeat([]queue.Message{{Group: "g", Body: []byte(`1`)}}, 10)...); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(sent.batches); got != "[10 5]" {
		t.Errorf("batches of %s, want [10 5]: only the refused ones again", got)
	}
}

func TestWhatStaysRefusedIsReported(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		senderFault bool
		calls       int
	}{"for a moment": {false, 4}, "for good": {true, 1}} {
		sent := &standIn{refuse: func(_ int, id string) (bool, bool) { return id == "3", tt.senderFault }}
		err := sent.open(t).Send(t.Context(), slices.Repeat([]queue.Message{{Group: "g", Body: []byte(`1`)}}, 10)...)
		if fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "message 3 of a batch: Busy") {
			t.Errorf("%s: got %v, want fault.Unavailable that names message 3", name, err)
		}
		if len(sent.batches) != tt.calls {
			t.Errorf("%s: %d calls, want %d", name, len(sent.batches), tt.calls)
		}
	}
}

// standIn answers SendMessageBatch, and can refuse entries.
type standIn struct {
	refuse func(call int, id string) (refused, lasting bool)

	mu      sync.Mutex
	batches []int
	delays  map[string]int
}

func (a *standIn) open(t *testing.T) *sqs.Queue {
	t.Helper()
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	client := service.NewFromConfig(emulators.Config(server.URL), func(o *service.Options) { o.DisableMessageChecksumValidation = true })
	return sqs.New(func() *service.Client { return client }, server.URL+"/1/work")
}

func (a *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Entries []struct {
			ID             string `json:"Id"`
			MessageGroupID string `json:"MessageGroupId"`
			DelaySeconds   int
		}
	}
	type entry map[string]any
	var out struct{ Successful, Failed []entry }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.batches = append(a.batches, len(in.Entries))
	for _, e := range in.Entries {
		if a.delays == nil {
			a.delays = map[string]int{}
		}
		a.delays[e.MessageGroupID] = e.DelaySeconds
		if a.refuse != nil {
			if no, lasting := a.refuse(len(a.batches), e.ID); no {
				out.Failed = append(out.Failed, entry{"Id": e.ID, "Code": "Busy", "Message": "as the test wants it", "SenderFault": lasting})
				continue
			}
		}
		out.Successful = append(out.Successful, entry{"Id": e.ID, "MessageId": e.ID, "MD5OfMessageBody": ""})
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	b, _ := json.Marshal(out)
	_, _ = w.Write(b)
}

// TestCopiesInABatchAreOnePieceOfWork: a stream that is read again orders again.
func TestCopiesInABatchAreOnePieceOfWork(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	function := sqs.Batch(func(_ context.Context, m queue.Message) error {
		calls.Add(1)
		if string(m.Body) == `"fails"` {
			return errors.New("as the test wants it")
		}
		return nil
	})
	var e events.SQSEvent
	for i, body := range []string{"works", "fails", "works", "fails", "works"} {
		e.Records = append(e.Records, events.SQSMessage{MessageId: fmt.Sprint(i), Body: `"` + body + `"`})
	}
	got, err := function(t.Context(), e)
	text, _ := json.Marshal(got)
	if want := `{"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"3"}]}`; err != nil || calls.Load() != 2 || string(text) != want {
		t.Errorf("got %s, %v after %d calls, want %s after 2", text, err, calls.Load(), want)
	}
}

func TestALambdaBatchFailsByTheMessage(t *testing.T) {
	t.Parallel()
	var together sync.WaitGroup
	together.Add(4)
	var calls atomic.Int32
	function := sqs.Batch(func(_ context.Context, m queue.Message) error {
		calls.Add(1)
		together.Done()
		together.Wait() // handled in parallel, or this never ends
		if m.Group != "whe_1" || m.Receives != 2 {
			t.Errorf("got group %q and receive %d, want whe_1 and 2", m.Group, m.Receives)
		}
		switch string(m.Body) {
		case `"fails"`:
			return errors.New("as the test wants it")
		case `"panics"`:
			panic("as the test wants it")
		}
		return nil
	})
	var e events.SQSEvent
	for _, body := range []string{"works", "fails", "panics", "works too"} {
		e.Records = append(e.Records, events.SQSMessage{
			MessageId: "id of " + body, Body: `"` + body + `"`,
			Attributes: map[string]string{"ApproximateReceiveCount": "2", "MessageGroupId": "whe_1"},
		})
	}
	got, err := function(t.Context(), e)
	if err != nil || calls.Load() != 4 {
		t.Fatalf("got %v after %d calls", err, calls.Load())
	}
	text, _ := json.Marshal(got)
	want := `{"batchItemFailures":[{"itemIdentifier":"id of fails"},{"itemIdentifier":"id of panics"}]}`
	if string(text) != want {
		t.Errorf("got %s, want %s", text, want)
	}
	if got, _ = function(t.Context(), events.SQSEvent{}); got.BatchItemFailures == nil {
		t.Error("no failures: got null, which Lambda takes for a failure of all")
	}
}
