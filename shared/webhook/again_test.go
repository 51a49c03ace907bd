package webhook

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"motorpool/shared/egress"
	"motorpool/shared/fault"
)

func (k *kit) order(d *Delivery) json.RawMessage {
	b, err := json.Marshal(order{Workspace: d.Workspace, Delivery: d.ID, Round: d.Round.Number, PK: d.Event.PK, SK: d.Event.SK})
	k.must(err)
	return b
}

func TestWorkThatIsDoneIsNotDoneAgain(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 410, 500} {
		k := newKit(t)
		k.receiver.will(status)
		e := k.register()
		k.happen()
		k.after(10 * time.Second)
		sent, d := len(k.receiver.requests()), k.only(e.ID)
		for range 3 {
			k.must(k.Deliver(k.ctx(), k.order(d), k.now()))
			next, err := k.Redeliver(k.ctx(), k.order(d), k.now())
			k.must(err)
			if again := next.Failed > 0; again != (status == 500) || again && next.Wait != Plan[next.Failed-1] {
				t.Errorf("after %d the timeline is told %+v", status, next)
			}
		}
		if n := len(k.receiver.requests()); n != sent || len(k.only(e.ID).Attempts) != sent {
			t.Errorf("after %d: sent %d more", status, n-sent)
		}
	}
}

func TestTwoWorkersOnOneOrderLeaveOneRound(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(500)
	k.receiver.wait = make(chan struct{})
	e := k.register()
	event := k.happen()
	for len(k.receiver.requests()) == 0 {
		<-time.After(time.Millisecond)
	}
	done := make(chan error)
	same := k.order(deliver(e.Workspace, e.ID, event, k.rules.Retention, k.now()))
	go func() { done <- k.Deliver(k.ctx(), same, k.now()) }()
	for len(k.receiver.requests()) == 1 {
		<-time.After(time.Millisecond)
	}
	close(k.receiver.wait)
	k.must(<-done)
	k.settle()
	d := k.only(e.ID)
	if len(d.Attempts) != 2 || d.Attempts[0].Then != Retry || d.Attempts[1].Then != Stray || d.Attempts[1].Number != 2 || d.Round.Attempts != 1 {
		t.Fatalf("got %+v", d)
	}
	k.after(48 * time.Hour)
	if d := k.only(e.ID); d.Round.Attempts != MaxAttempts || len(d.Attempts) != MaxAttempts+1 || d.Status != Failed {
		t.Errorf("got %d attempts in the round, %d in all, %s", d.Round.Attempts, len(d.Attempts), d.Status)
	}
	sound(t, k.only(e.ID))
}

func TestALateSuccessEndsTheNewRoundToo(t *testing.T) {
	t.Parallel()
	d := &Delivery{Status: Retrying, Round: Round{Number: 1, Attempts: 1}}
	began := d.turn()
	d.begin(Round{Number: 2, Cause: ByHand}, nine)
	if a := d.record(Attempt{At: nine, Status: 200}, began, nine); a.Then != Stray || d.Status != Succeeded {
		t.Errorf("got %s, %s", a.Then, d.Status)
	}
}

func TestAnAbandonedDeliveryFailsAndCanBeResent(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(500, 200)
	e := k.register()
	k.happen()
	k.settle()
	d := k.only(e.ID)
	k.must(k.Abandon(k.ctx(), k.order(d), k.now()))
	k.must(k.Abandon(k.ctx(), k.order(d), k.now()))
	if d = k.only(e.ID); d.Status != Failed || d.Why != ByTrouble {
		t.Errorf("got %s because %s", d.Status, d.Why)
	}
	_, err := k.Resend(k.ctx(), sam, d.ID, k.now())
	k.must(err)
	k.after(time.Hour)
	if d = k.only(e.ID); d.Status != Succeeded || len(d.Attempts) != 2 {
		t.Errorf("got %s after %d attempts", d.Status, len(d.Attempts))
	}
}

func TestADeliveryHasRoomForAHundredAttempts(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	e := k.register()
	k.happen()
	k.settle()
	id := k.only(e.ID).ID
	for {
		if _, err := k.Resend(k.ctx(), sam, id, k.now()); err != nil {
			if fault.CodeOf(err) != "webhook.too_many_attempts" {
				t.Fatal(err)
			}
			break
		}
		k.settle()
	}
	if n := len(k.only(e.ID).Attempts); n != maxKept-MaxAttempts+1 {
		t.Errorf("refused after %d attempts", n)
	}
}

func TestABrokenOrderIsRefused(t *testing.T) {
	t.Parallel()
	k := idleKit(t)
	for _, body := range []string{`{`, `{}`, `{"delivery":"dlv_1"}`, `{"round":"x"}`} {
		if err := k.Deliver(k.ctx(), json.RawMessage(body), nine); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", body, err)
		}
	}
	gone := `{"workspace":"wsp_1","delivery":"dlv_00000000000000000000000001_00000000000000000000000002","round":1,"pk":"WS#wsp_1#EVT#x","sk":"EVENT#x"}`
	if err := k.Deliver(k.ctx(), json.RawMessage(gone), nine); err != nil {
		t.Errorf("an order for what has expired: %v", err)
	}
	if next, err := k.Redeliver(k.ctx(), json.RawMessage(gone), nine); err != nil || next.Failed != 0 {
		t.Errorf("a run for what has expired: %+v, %v", next, err)
	}
}

func TestEachDecisionIsExplained(t *testing.T) {
	t.Parallel()
	at := nine.Add(5 * time.Second)
	for _, tt := range []struct {
		a    Attempt
		want string
	}{
		{Attempt{Number: 1, Step: 1, Status: 204, Then: Done}, "Attempt 1 succeeded: the receiver answered 204."},
		{Attempt{Number: 8, Step: 1, Class: egress.Timeout, Reason: "No answer within 15 s.", Then: Retry, Wait: 5000, Next: at}, "Attempt 8 failed: no answer within 15 s. The next attempt is 5 s later, at 20:00:05 on 1 March 2026 (AEDT), because step 1 of the plan is 5 s."},
		{Attempt{Number: 1, Step: 1, Class: egress.TLSError, Reason: "TLS: the certificate has expired.", Then: Retry, Wait: 5000, Next: at}, "Attempt 1 failed: TLS: the certificate has expired. The next attempt is 5 s later"},
		{Attempt{Number: 1, Step: 1, Class: egress.BadStatus, Status: 429, Asked: "7", Then: Longer, Wait: 7000, Next: at}, "the receiver asked for more (Retry-After: 7); a step becomes at most twice as long. The next attempt is 7 s later"},
		{Attempt{Number: 3, Step: 3, Class: egress.BadStatus, Status: 410, Then: Gone}, "Attempt 3 failed: the receiver answered 410. With 410 Gone a receiver says that it wants no more, so the endpoint was disabled."},
		{Attempt{Number: 2, Class: egress.BadStatus, Status: 500, Then: Stray}, "Its round was over by then, so it changes nothing."},
		{Attempt{Number: 2, Status: 200, Then: Stray}, "so nothing more is sent."},
	} {
		sydney, err := time.LoadLocation("Australia/Sydney")
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.a.Explain(sydney); !strings.Contains(got, tt.want) {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
	for why := range reasons {
		d := &Delivery{Status: Failed, Why: why}
		if !strings.HasSuffix(d.Outlook(nil, nil), ".") {
			t.Errorf("%s is not explained", why)
		}
	}
}
