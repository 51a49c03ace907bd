package path

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/infra/machine/host"
)

// TestOnePoisonedMessageHarmsNoOther: of a batch of ten, nine are delivered and
// deleted. The tenth alone is handed out again, as often as template.yaml allows,
// and then lies with the dead.
func TestOnePoisonedMessageHarmsNoOther(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.endpoint("custom.*")
	r.events(9)
	r.published(r.next(10))
	poison := `{"workspace":"wsp_1","delivery":"dlv_no_such_shape","round":1}`
	if _, err := r.SQS.SendMessage(t.Context(), &sqs.SendMessageInput{QueueUrl: &r.Config.Deliveries, MessageBody: &poison}); err != nil {
		t.Fatal(err)
	}
	failed := r.deliver(r.take(10)...)
	if len(failed) != 1 || failed[0].Body != poison {
		t.Fatalf("failed: %+v, want the poisoned one alone", failed)
	}
	r.receiver.got(t, 9, 9)
	most := r.maxReceives(t)
	for receives := 2; receives <= most; receives++ {
		r.visible(t, failed...)
		if failed = r.deliver(r.take(1)...); len(failed) != 1 || failed[0].Body != poison {
			t.Fatalf("receive %d: failed %+v, want the poisoned one", receives, failed)
		}
	}
	r.visible(t, failed...)
	if more := r.receive(10, 0); len(more) > 0 {
		t.Errorf("after %d receives the queue gave %+v", most, more)
	}
	if live, dead := r.depth(t, r.Config.Deliveries), r.depth(t, r.Dead[r.Config.Deliveries]); live != "0 visible, 0 hidden" || dead != "1 visible, 0 hidden" {
		t.Errorf("the queue has %s, the dead are %s; want none and one", live, dead)
	}
	r.receiver.got(t, 9, 9)
	for _, d := range r.log() {
		if d.Status != "succeeded" || len(d.Attempts) != 1 {
			t.Errorf("%s: %s after %d attempts, want succeeded after 1", d.ID, d.Status, len(d.Attempts))
		}
	}
}
