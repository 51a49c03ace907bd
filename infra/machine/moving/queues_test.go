package moving_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/infra/machine/host"
	"motorpool/infra/machine/machinetest"
	"motorpool/infra/machine/moving"
	"motorpool/shared/egress"
	"motorpool/shared/fault"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// untoldNothing is as if everybody had been told of every event.
func untoldNothing(context.Context, time.Time) (func(table.Item) bool, error) {
	return func(table.Item) bool { return false }, nil
}

// A listener does something once the export says a word.
type listener struct {
	word string
	do   func()
	once bool
}

func (l *listener) Write(b []byte) (int, error) {
	if !l.once && strings.Contains(string(b), l.word) {
		l.once = true
		l.do()
	}
	return len(b), nil
}

// TestWhatSQSHandsOutLateMovesToo: an order that waits behind others when the
// workspace leaves AWS is waited for, until a worker of the old house has stored
// it; the delivery is made in the new house.
func TestWhatSQSHandsOutLateMovesToo(t *testing.T) {
	t.Parallel()
	clock, dir := host.TestClock(noon), t.TempDir()
	from, clients, stack := cloud(t, clock.Now)
	from.Untold = untoldNothing
	w := tenant(t, from)
	rcv, err := machinetest.NewReceiver()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(rcv.Close)
	register(t, from.App, w.ID, rcv.URL, noon)
	o, out := order(t, w.ID, "")
	worked := 0
	o.Err = &listener{word: "waiting for the queues", do: func() {
		for _, body := range received(t, clients, stack.Deliveries) {
			worked++
			if err := from.App.Webhooks.Deliver(t.Context(), json.RawMessage(body), noon); err != nil {
				t.Error(err)
			}
		}
	}}
	must(t, moving.Export(t.Context(), from, o), out)
	if n, _ := rcv.Count(); worked != 1 || n != 0 {
		t.Fatalf("a worker was handed %d orders while the export waited, and sent %d requests; want one order, to be stored", worked, n)
	}
	to, arrive := house(t, dir, false, clock)
	must(t, moving.Import(t.Context(), to, o), out)
	arrive()
	here := live(t, dir, clock)
	here.advance(time.Second)
	if n, _ := rcv.Count(); n != 1 {
		t.Errorf("%d requests arrived from the new house, want the one that was ordered", n)
	}
}

// tenant makes a workspace with a key, in a house that can send as the old house's
// workers do.
func tenant(t *testing.T, h *moving.House) *workspace.Workspace {
	t.Helper()
	h.App.Webhooks.Sender = egress.New(egress.Options{AllowPrivate: true})
	w, err := h.App.Workspaces.First(t.Context(), workspace.Draft{Name: "Quiet", Mode: workspace.Test}, h.Now())
	if err == nil {
		_, err = h.App.Keys.Adopt(t.Context(), w.ID, key, "moving", h.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestAnExportRefusesQueuesThatAreNotEmpty, be their messages waiting, handed to
// somebody or put off. The same export goes on once they are gone, and past other
// workspaces' if it is told to.
func TestAnExportRefusesQueuesThatAreNotEmpty(t *testing.T) {
	t.Parallel()
	h, c, s := cloud(t, host.TestClock(noon).Now)
	h.Drain = 20 * time.Millisecond
	o, out := order(t, tenant(t, h).ID, "")
	put := func(url string, delay int32) {
		t.Helper()
		if _, err := c.SQS.SendMessage(t.Context(), &awssqs.SendMessageInput{QueueUrl: &url, MessageBody: aws.String(`{"workspace":"wsp_other"}`), DelaySeconds: delay}); err != nil {
			t.Fatal(err)
		}
	}
	refused := func(what string) {
		t.Helper()
		err := moving.Export(t.Context(), h, o)
		if fault.CodeOf(err) != "moving.queues" || !strings.Contains(err.Error(), "still in the queues: 1.") {
			t.Errorf("%s: got %v, want moving.queues and one message", what, err)
		}
		if _, err := os.Stat(o.Path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a file was begun (%v)", what, err)
		}
	}
	put(s.Deliveries, 0)
	refused("a message that waits")
	received(t, c, s.Deliveries)
	put(s.Jobs, 0)
	if _, err := c.SQS.ReceiveMessage(t.Context(), &awssqs.ReceiveMessageInput{QueueUrl: &s.Jobs, VisibilityTimeout: 720}); err != nil {
		t.Fatal(err)
	}
	refused("a message that was handed out")
	if _, err := c.SQS.PurgeQueue(t.Context(), &awssqs.PurgeQueueInput{QueueUrl: &s.Jobs}); err != nil {
		t.Fatal(err)
	}
	put(s.Deliveries, 900)
	refused("a message that is put off")

	accepted := o
	accepted.Path += "-busy"
	h.Busy = true
	must(t, moving.Export(t.Context(), h, accepted), out)
	h.Busy = false
	if _, err := c.SQS.PurgeQueue(t.Context(), &awssqs.PurgeQueueInput{QueueUrl: &s.Deliveries}); err != nil {
		t.Fatal(err)
	}
	must(t, moving.Export(t.Context(), h, o), out)
}

// TestAReturnIsOfWhatHasLeft: a return that was interrupted begins each run once,
// and one of a workspace that lives here begins none and changes nothing.
func TestAReturnIsOfWhatHasLeft(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(noon)
	h, c, s := cloud(t, clock.Now)
	w := tenant(t, h)
	register(t, h.App, w.ID, "http://127.0.0.1:9999/", noon)
	for _, body := range received(t, c, s.Deliveries) { // it is stored, as it is to be sent
		if err := h.App.Webhooks.Park(t.Context(), json.RawMessage(body), noon); err != nil {
			t.Fatal(err)
		}
	}
	o, out := order(t, w.ID, "")
	orders := func() int { return len(received(t, c, s.Deliveries)) }
	here := func() {
		t.Helper()
		before := len(everything(t, h))
		if err := moving.Return(t.Context(), h, o); fault.CodeOf(err) != "workspace.here" {
			t.Errorf("a workspace that lives here returned: %v, want workspace.here", err)
		}
		if n := orders(); n != 0 || len(everything(t, h)) != before {
			t.Errorf("%d orders were sent, and %d items stored; want no change", n, len(everything(t, h))-before)
		}
	}
	here()
	if _, err := h.App.Workspaces.Leave(t.Context(), w.ID, noon); err != nil {
		t.Fatal(err)
	}
	if _, err := h.App.Workspaces.Return(t.Context(), w.ID, noon); err != nil { // a return that was killed then
		t.Fatal(err)
	}
	must(t, moving.Return(t.Context(), h, o), out)
	if n := orders(); n != 1 {
		t.Errorf("%d orders were sent by a return that was interrupted and done again, want one", n)
	}
	here()
}
