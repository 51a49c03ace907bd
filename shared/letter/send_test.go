package letter_test

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/apitest"
	"motorpool/shared/disk"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/letter"
	"motorpool/shared/mail"
	maildisk "motorpool/shared/mail/embed"
	"motorpool/shared/queue"
	queuedisk "motorpool/shared/queue/embed"
	"motorpool/shared/table"
)

// An office writes and sends letters, on the adapters of a machine.
type office struct {
	*letter.Service
	t     *testing.T
	disk  *disk.Disk
	queue *queuedisk.Queue
	box   *maildisk.Outbox
	gate  *gate
	now   time.Time
	mu    sync.Mutex
}

// gate is a way to the outbox that can be shut, as a mail server's can.
type gate struct {
	mail.Mailer
	err error // what it says while it is shut
}

func (g *gate) Send(ctx context.Context, m mail.Message) error {
	if g.err != nil {
		return g.err
	}
	return g.Mailer.Send(ctx, m)
}

func (o *office) time() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func open(t *testing.T) *office {
	d, err := disk.Open(filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, disk: d, now: apitest.Now}
	if o.queue, err = queuedisk.Open(d, "letters", queuedisk.Options{Now: o.time}); err != nil {
		t.Fatal(err)
	}
	if o.box, err = maildisk.Open(d, maildisk.Kept, o.time); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(o.queue.Close(), d.Close()) })
	o.gate = &gate{Mailer: o.box}
	o.Service = &letter.Service{
		Table: apitest.Table(t, o.time), Box: apitest.Box(t), NewID: ident.Sortable(o.time), Queue: o.queue, Mail: o.gate, BaseURL: "https://mp.example",
		Senders: func(_ context.Context, ws string) (letter.Sender, error) {
			s := letter.Sender{From: mail.Address{Name: "Harbour", Email: "cars@motorpool.example"}, Place: "Harbour", Left: ws == "wsp_left"}
			if ws == "wsp_gone" {
				return s, fault.New(fault.NotFound, "workspace.not_found", "There is no such workspace.")
			}
			return s, nil
		},
	}
	return o
}

// write stores a letter and returns its id and the message about it.
func (o *office) write(ws string, l letter.Letter) (string, json.RawMessage) {
	o.t.Helper()
	l.Asked = o.time()
	op, err := o.Write(o.t.Context(), ws, l)
	if err == nil {
		err = o.Table.Write(o.t.Context(), op)
	}
	e, ok := letter.ErrandOf(op.Item.Key.PK, op.Item.Key.SK)
	if err != nil || !ok || !letter.Is(op.Item.Key) || e.Workspace != ws {
		o.t.Fatalf("%+v %v %v", e, ok, err)
	}
	body, _ := json.Marshal(e) // strings always encode
	return e.Letter, body
}

func (o *office) send(body json.RawMessage) {
	o.t.Helper()
	if err := o.Send(o.t.Context(), body, o.time()); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) read(ws, id string) letter.Letter {
	o.t.Helper()
	l, err := o.Read(o.t.Context(), ws, id)
	if err != nil {
		o.t.Fatal(err)
	}
	return l
}

func (o *office) kept() []mail.Kept {
	o.t.Helper()
	all, err := o.box.Latest(100)
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

// queued counts what waits in the queue.
func (o *office) queued() int {
	d := o.queue.Depth()
	return d.Ready + d.Delayed
}

var invitation = letter.Letter{Kind: letter.Invitation, Email: "ada@example.com", By: "Mia", Link: "/invitations/hush"}

func TestALetterIsSentOnceAndTheLogSaysSo(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, ws := range []string{"wsp_1", ""} {
		id, body := o.write(ws, invitation)
		o.send(body)
		o.send(body) // the queue hands it out again
		l := o.read(ws, id)
		if l.State != letter.Sent || !l.Done.Equal(o.now) || l.Why != "" {
			t.Errorf("got %+v", l)
		}
		if all, _, err := o.List(t.Context(), ws, "", 10); err != nil || len(all) != 1 || all[0].State != letter.Sent || all[0].Link != "" {
			t.Errorf("the log: %+v %v", all, err)
		}
		if m := o.kept()[0].Message; m.ID != id || !strings.Contains(m.Text, "https://mp.example/invitations/hush") {
			t.Errorf("got %+v", m)
		}
	}
	if n := len(o.kept()); n != 2 || o.queued() != 0 {
		t.Errorf("%d were sent, %d messages wait; want 2 and none", n, o.queued())
	}
}

// TestACrashAfterSendingSendsTheSameLetterAgain: the server took it, and we died
// before we could write that down. The reader gets it twice, under one Message-ID.
func TestACrashAfterSendingSendsTheSameLetterAgain(t *testing.T) {
	t.Parallel()
	o := open(t)
	id, body := o.write("wsp_1", invitation)
	died, crash := context.WithCancel(t.Context())
	o.gate.Mailer = mailer(func(ctx context.Context, m mail.Message) error {
		defer crash()
		return o.box.Send(ctx, m)
	})
	_ = o.Send(died, body, o.now) // whatever a process says that dies
	o.gate.Mailer = o.box
	o.send(body)
	if l := o.read("wsp_1", id); l.State != letter.Sent {
		t.Errorf("got %+v", l)
	}
	all := o.kept()
	if len(all) == 0 || len(all) > 2 {
		t.Fatalf("%d were sent", len(all))
	}
	for _, k := range all {
		if k.Message.ID != id {
			t.Errorf("got the Message-ID %s, want %s", k.Message.ID, id)
		}
	}
}

type mailer func(context.Context, mail.Message) error

func (m mailer) Send(ctx context.Context, msg mail.Message) error { return m(ctx, msg) }

// TestWhatCannotBeSentNowWaits: the letter goes back to the queue, longer each
// time, and a message that comes early changes nothing.
func TestWhatCannotBeSentNowWaits(t *testing.T) {
	t.Parallel()
	o := open(t)
	id, body := o.write("wsp_1", invitation)
	o.gate.err = mail.Busy(errors.New("421 password=hush"))
	o.send(body)
	l := o.read("wsp_1", id)
	if l.State != letter.Waiting || l.Tries != 1 || !l.Next.Equal(o.now.Add(time.Minute)) || !strings.Contains(l.Why, "cannot take the message now") || strings.Contains(l.Why, "hush") {
		t.Errorf("got %+v", l)
	}
	if o.queued() != 1 {
		t.Fatalf("%d messages wait, want 1", o.queued())
	}
	o.gate.err = nil
	o.send(body)
	if l := o.read("wsp_1", id); l.State != letter.Waiting || len(o.kept()) != 0 {
		t.Errorf("sent before its time: %+v", l)
	}
	o.now = o.now.Add(time.Minute)
	o.send(body)
	if l := o.read("wsp_1", id); l.State != letter.Sent || l.Why != "" || len(o.kept()) != 1 {
		t.Errorf("got %+v", l)
	}
}

func TestAfterItsLastTryALetterHasFailedVisibly(t *testing.T) {
	t.Parallel()
	o := open(t)
	id, body := o.write("wsp_1", invitation)
	o.gate.err = errors.New("a permission is missing")
	for range 20 {
		o.send(body)
		l := o.read("wsp_1", id)
		if l.State == letter.Failed {
			if l.Tries != 7 || l.Why != "The mail server could not be asked." || !l.Done.Equal(o.now) {
				t.Errorf("got %+v", l)
			}
			return
		}
		o.now = l.Next
	}
	t.Error("it is tried for ever")
}

func TestWhatWillNeverBeSentFailsAtOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, tt := range []struct {
		name, ws string
		l        letter.Letter
		why      string
		err      error
	}{
		{"no such recipient", "wsp_1", invitation, "knows no such recipient", mail.NoSuchAddress(nil)},
		{"a refused message", "wsp_1", invitation, "does not take this message", mail.Refused(nil)},
		{"a poisoned address", "wsp_1", letter.Letter{Kind: letter.Joined, Email: "a@b.example\r\nBcc: c@d.example"}, "Give an e-mail address", nil},
		{"a kind that nobody knows", "wsp_1", letter.Letter{Kind: "postcard", Email: "ada@example.com"}, "no words for it", nil},
		{"a link that is dead", "wsp_1", letter.Letter{Kind: letter.Reset, Email: "ada@example.com", Expires: apitest.Now}, "stopped working", nil},
		{"a workspace that has left", "wsp_left", invitation, "has moved", nil},
		{"a workspace that is gone", "wsp_gone", invitation, "is gone", nil},
	} {
		id, body := o.write(tt.ws, tt.l)
		o.gate.err = tt.err
		o.send(body)
		o.gate.err = nil
		o.send(body) // it stays failed though it could be sent now
		if l := o.read(tt.ws, id); l.State != letter.Failed || !strings.Contains(l.Why, tt.why) {
			t.Errorf("%s: got %+v", tt.name, l)
		}
	}
	if len(o.kept()) != 0 || o.queued() != 0 {
		t.Errorf("%d were sent, %d wait", len(o.kept()), o.queued())
	}
}

// TestAPoisonedMessageHoldsUpNobody: what is no errand is an error, for the queue
// to put aside; a letter that is gone needs none.
func TestAPoisonedMessageHoldsUpNobody(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, body := range []string{``, `{`, `[]`, `{}`, `{"letter":"inv_1"}`, `{"letter":"../x"}`} {
		if err := o.Send(t.Context(), json.RawMessage(body), o.now); fault.CodeOf(err) != "letter.errand" {
			t.Errorf("%q: got %v", body, err)
		}
	}
	o.send(json.RawMessage(`{"workspace":"wsp_1","letter":"` + o.NewID("ltr") + `"}`))
	id, _ := o.write("wsp_1", invitation)
	it := table.Item{Key: table.Key{PK: "WS#wsp_1#LETTER", SK: "LETTER#" + ident.Suffix(id)}, Version: 1, Doc: json.RawMessage(`[]`)}
	if err := o.Table.Write(t.Context(), table.Put(it)); err != nil {
		t.Fatal(err)
	}
	if err := o.Send(t.Context(), json.RawMessage(`{"workspace":"wsp_1","letter":"`+id+`"}`), o.now); err == nil {
		t.Error("a letter that cannot be read is done with")
	}
}

// TestThroughTheQueue: what the feed tells is posted, handed out and sent; one
// workspace's many letters are no other's delay.
func TestThroughTheQueue(t *testing.T) {
	t.Parallel()
	o := open(t)
	var errands []letter.Errand
	for _, ws := range []string{"wsp_1", "wsp_1", "wsp_2", ""} {
		_, body := o.write(ws, invitation)
		var e letter.Errand
		if err := json.Unmarshal(body, &e); err != nil {
			t.Fatal(err)
		}
		errands = append(errands, e)
	}
	if err := errors.Join(o.Post(t.Context(), errands), o.Post(t.Context(), errands[:1]), o.Post(t.Context(), nil)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	var done sync.WaitGroup
	done.Add(5)
	go func() { done.Wait(); stop() }()
	err := o.queue.Serve(ctx, func(ctx context.Context, m queue.Message) error {
		defer done.Done()
		return o.Send(ctx, m.Body, o.time())
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, k := range o.kept() {
		ids[k.Message.ID] = true
	}
	if len(ids) != 4 {
		t.Errorf("%d letters were sent, want 4", len(ids))
	}
}
