package path

import (
	"sync"
	"testing"
	"time"

	"motorpool/infra/machine/host"
	"motorpool/shared/apitest"
)

// TestAMessageHandedOutAgainIsNotSentAgain: SQS hands a message out again when
// its deletion came late or was lost.
func TestAMessageHandedOutAgainIsNotSentAgain(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.endpoint("custom.*")
	r.events(2)
	r.receiver.answer(200, 503, 200)
	r.published(r.next(3))
	msgs := r.take(2)
	for range 3 {
		if answer, err := r.invoke(t.Context(), "workers.deliver", sqsEvent(msgs)); err != nil || string(answer) != `{"batchItemFailures":[]}` {
			t.Fatalf("got %s, %v", answer, err)
		}
	}
	r.receiver.got(t, 2, 2)
	r.delivered(msgs...)
	r.advance(time.Minute)
	r.receiver.got(t, 3, 2) // the one that had failed has its second attempt
	r.delivered(msgs...)    // and again, long after
	r.each(2)
	r.receiver.got(t, 3, 2)
}

// TestTwoCopiesInOneBatchAreSentOnce: a stream that is read again sends the
// orders again, and both may come in one batch, whose messages are worked side by
// side.
func TestTwoCopiesInOneBatchAreSentOnce(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.endpoint("custom.*")
	r.events(4)
	b := r.next(5)
	r.published(b)
	r.published(b)
	r.delivered(r.take(8)...)
	r.receiver.got(t, 4, 4)
	r.each(4)
	for _, d := range r.log() {
		if len(d.Attempts) != 1 {
			t.Errorf("%d attempts in the log, want 1: %+v", len(d.Attempts), d.Attempts)
		}
	}
}

// TestTwoCopiesAtTheSameMomentSucceedOnce is what cannot be helped: two Lambdas
// with a copy each, neither of which can know of the other before both have sent.
// That is "at least once": the webhook-id tells the receiver, and the log has one
// success and one stray.
func TestTwoCopiesAtTheSameMomentSucceedOnce(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.endpoint("custom.*")
	r.events(1)
	b := r.next(2)
	r.published(b)
	r.published(b)
	msgs := r.take(2)
	r.receiver.hold(2) // neither is answered before both are there
	var both sync.WaitGroup
	for _, m := range msgs {
		both.Go(func() { r.delivered(m) })
	}
	both.Wait()
	r.receiver.got(t, 2, 1)
	d := r.only()
	decisions := map[string]int{}
	for _, a := range d.Attempts {
		decisions[a.Decision]++
	}
	if d.Status != "succeeded" || len(d.Attempts) != 2 || decisions["done"] != 1 || decisions["stray"] != 1 {
		t.Errorf("the log says %s, %v; want it succeeded, once done and once stray", d.Status, decisions)
	}
}

// TestAStreamBatchHandedOutAgainDeliversNothingAgain: Lambda hands a batch out
// again when the function failed after its work, or timed out.
func TestAStreamBatchHandedOutAgainDeliversNothingAgain(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.endpoint("custom.*")
	r.events(3)
	b := r.next(4)
	r.published(b)
	r.delivered(r.take(3)...)
	r.published(b)
	r.delivered(r.take(3)...) // the orders come again
	r.receiver.got(t, 3, 3)
	r.each(3)
}

// TestTheStreamReadAgainFromItsTrimHorizonDeliversNothingAgain: the iterator's
// place is lost, as when the event source mapping is made anew.
func TestTheStreamReadAgainFromItsTrimHorizonDeliversNothingAgain(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.ground()
	r.endpoint("custom.*", "asset.*")
	r.events(2)
	r.asset()
	r.receiver.answer(500, 200)
	r.flow(6, 3)
	r.advance(time.Minute)
	r.receiver.got(t, 4, 3)
	r.published(r.read(apitest.Table(t, r.Now), r.Streams, 6)) // with no memory of it
	r.delivered(r.take(3)...)
	r.advance(24 * time.Hour)
	r.receiver.got(t, 4, 3)
	r.each(3)
}

// TestARunBegunTwiceIsOneExecution: a Lambda that died after StartExecution does
// so again, and so do two that have a copy of one message each.
func TestARunBegunTwiceIsOneExecution(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.endpoint("custom.*")
	r.events(1)
	r.receiver.answer(500, 500, 200)
	r.published(r.next(2))
	msgs := r.take(1)
	for range 2 {
		if _, err := r.invoke(t.Context(), "workers.deliver", sqsEvent(msgs)); err != nil {
			t.Fatal(err)
		}
	}
	var many sync.WaitGroup
	for range 4 {
		many.Go(func() {
			if _, err := r.invoke(t.Context(), "workers.deliver", sqsEvent(msgs)); err != nil {
				t.Error(err)
			}
		})
	}
	many.Wait()
	r.advance(time.Hour)
	r.delivered(msgs...) // long after its end
	r.advance(time.Hour)
	r.receiver.got(t, 3, 1)
	r.each(1)
	if begun := r.executions(t); len(begun) != 1 || begun[0] != r.only().ID+"-r1" {
		t.Errorf("the executions are %q, want one for the delivery's first round", begun)
	}
}
