package source_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/infra/aws/local/source"
	"motorpool/infra/emulators"
)

// A line is a queue at moto with what is waiting in it.
type line struct {
	*scene
	client *sqs.Client
	url    string
}

func (s *scene) line(attributes map[string]string) line {
	s.t.Helper()
	l := line{s, sqs.NewFromConfig(emulators.Config(emulators.AWS(s.t))), ""}
	made, err := l.client.CreateQueue(s.t.Context(), &sqs.CreateQueueInput{QueueName: aws.String(newID("queue")), Attributes: attributes})
	if err != nil {
		s.t.Fatal(err)
	}
	l.url = *made.QueueUrl
	return l
}

func (l line) source() *source.Queue {
	return source.NewQueue(l.world, l.client, source.QueueMapping{
		URL: l.url, ARN: "arn", Function: source.Function{Name: "workers.test", Timeout: time.Minute}, BatchSize: 10, Visibility: 6 * time.Minute,
	})
}

func (l line) send(names ...string) {
	l.t.Helper()
	for _, n := range names {
		if _, err := l.client.SendMessage(l.t.Context(), &sqs.SendMessageInput{QueueUrl: &l.url, MessageBody: aws.String(`{"name":"` + n + `"}`)}); err != nil {
			l.t.Fatal(err)
		}
	}
}

// left counts the messages that wait and those that are hidden.
func (l line) left(url string) string {
	l.t.Helper()
	out, err := l.client.GetQueueAttributes(l.t.Context(), &sqs.GetQueueAttributesInput{QueueUrl: &url, AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameAll}})
	if err != nil {
		l.t.Fatal(err)
	}
	return fmt.Sprintf("%s waiting, %s hidden", out.Attributes["ApproximateNumberOfMessages"], out.Attributes["ApproximateNumberOfMessagesNotVisible"])
}

func sorted(told string) string {
	all := strings.FieldsFunc(told, func(r rune) bool { return r == ' ' || r == ',' })
	slices.Sort(all)
	return strings.Join(all, ",")
}

// partial reports the messages with the names as failed.
func partial(names ...string) func(json.RawMessage) (json.RawMessage, error) {
	return func(event json.RawMessage) (json.RawMessage, error) {
		var in events.SQSEvent
		if err := json.Unmarshal(event, &in); err != nil {
			return nil, err
		}
		out := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
		for _, m := range in.Records {
			if slices.ContainsFunc(names, func(n string) bool { return strings.Contains(m.Body, `"`+n+`"`) }) {
				out.BatchItemFailures = append(out.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: m.MessageId})
			}
		}
		return json.Marshal(out)
	}
}

func TestOnlyTheMessagesThatFailedComeAgain(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	l := s.line(map[string]string{"VisibilityTimeout": "360"})
	s.answer = partial("b", "c")
	l.send("a", "b", "c", "d")
	q := l.source()
	serve(t, q)
	rest(t, q)
	if got := sorted(s.told()); got != "a,b,c,d" || l.left(l.url) != "0 waiting, 2 hidden" {
		t.Fatalf("at first: told %s, %s", got, l.left(l.url))
	}
	s.mu.Lock()
	s.answer = nil
	s.mu.Unlock()
	s.advance(6 * time.Minute)
	q.Wake()
	rest(t, q)
	if got := sorted(s.told()); got != "b,c" || l.left(l.url) != "0 waiting, 0 hidden" {
		t.Errorf("six minutes later: told %s, %s", got, l.left(l.url))
	}
}

func TestAFunctionThatFailsDeletesNothing(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(json.RawMessage) (json.RawMessage, error){
		"an error": func(json.RawMessage) (json.RawMessage, error) { return nil, errBroken },
		"a stranger's id": func(json.RawMessage) (json.RawMessage, error) {
			return json.RawMessage(`{"batchItemFailures":[{"itemIdentifier":"x"}]}`), nil
		},
		"no response": func(json.RawMessage) (json.RawMessage, error) { return json.RawMessage(`"ok"`), nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			s.answer = answer
			l := s.line(nil)
			l.send("a", "b")
			q := l.source()
			serve(t, q)
			rest(t, q)
			if got := l.left(l.url); got != "0 waiting, 2 hidden" {
				t.Errorf("%s; want both to come again", got)
			}
		})
	}
}

// TestAMessageThatWasHandledButNotDeletedComesAgain: what deletes it is refused
// once, as if the process had ended in between.
func TestAMessageThatWasHandledButNotDeletedComesAgain(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	l := s.line(nil)
	l.send("a")
	l.client = refuseOnce(t, "AmazonSQS.DeleteMessageBatch")
	q := l.source()
	serve(t, q)
	rest(t, q)
	if got := s.told(); got != "a" || l.left(l.url) != "0 waiting, 1 hidden" {
		t.Fatalf("at first: told %q, %s", got, l.left(l.url))
	}
	s.advance(6 * time.Minute)
	q.Wake()
	rest(t, q)
	if got := s.told(); got != "a" || l.left(l.url) != "0 waiting, 0 hidden" {
		t.Errorf("six minutes later: told %q, %s", got, l.left(l.url))
	}
}

// refuseOnce is a client whose first call of an operation does not reach moto.
func refuseOnce(t *testing.T, operation string) *sqs.Client {
	t.Helper()
	to, err := url.Parse(emulators.AWS(t))
	if err != nil {
		t.Fatal(err)
	}
	var refused atomic.Bool
	moto := httputil.NewSingleHostReverseProxy(to)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Amz-Target") == operation && !refused.Swap(true) {
			w.Header().Set("Content-Type", "application/x-amz-json-1.0")
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"__type":"AccessDenied","message":"as the test wants it"}`)
			return
		}
		moto.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return sqs.NewFromConfig(emulators.Config(server.URL))
}

func TestAPoisonMessageLiesAmongTheDeadLettersInTheEnd(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	dead := s.line(nil)
	about, err := dead.client.GetQueueAttributes(t.Context(), &sqs.GetQueueAttributesInput{QueueUrl: &dead.url, AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameQueueArn}})
	if err != nil {
		t.Fatal(err)
	}
	l := s.line(map[string]string{"RedrivePolicy": `{"deadLetterTargetArn":"` + about.Attributes["QueueArn"] + `","maxReceiveCount":3}`})
	s.answer = partial("poison")
	l.send("good", "poison")
	q := l.source()
	serve(t, q)
	for range 5 {
		rest(t, q)
		s.advance(6 * time.Minute)
		q.Wake()
	}
	rest(t, q)
	if got := sorted(s.told()); got != "good,poison,poison,poison" || l.left(dead.url) != "1 waiting, 0 hidden" || l.left(l.url) != "0 waiting, 0 hidden" {
		t.Errorf("told %s; dead letters: %s; left: %s", got, l.left(dead.url), l.left(l.url))
	}
}

func TestWhatIsDelayedComesWhenTheClockSaysSo(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	l := s.line(nil)
	q := l.source()
	serve(t, q)
	q.Delay(time.Minute, func(context.Context) error { l.send("late"); return nil })
	rest(t, q)
	if next, waits := q.Next(); !waits || !next.Equal(s.now().Add(time.Minute)) || s.told() != "" {
		t.Errorf("it waits until %s, %v", next, waits)
	}
	s.advance(time.Minute)
	q.Wake()
	rest(t, q)
	if got := s.told(); got != "late" {
		t.Errorf("told %q", got)
	}
}
