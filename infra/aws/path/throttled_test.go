package path

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/infra/machine/host"
)

// Refusals of DynamoDB, as it writes them.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
const (
	exceeded  = `{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API."}`
	throttled = `{"__type":"com.amazon.coral.availability#ThrottlingException","message":"Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly."}`
	cancelled = `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction cancelled, please refer cancellation reasons for specific reasons [%s]","CancellationReasons":[%s]}`
)

// refusal is how a table that is throttled refuses a call: a transaction names
// the step that was throttled, here its last; the others take turns.
func refusal(operation string, body []byte) string {
	if operation != "TransactWriteItems" {
		return []string{exceeded, throttled}[len(body)%2]
	}
	var in struct{ TransactItems []any }
	_ = json.Unmarshal(body, &in) // DynamoDB Local would complain
	codes, reasons := make([]string, len(in.TransactItems)), make([]string, len(in.TransactItems))
	for i := range codes {
		codes[i], reasons[i] = "None", `{"Code":"None"}`
	}
	last := len(codes) - 1
	codes[last], reasons[last] = "ThrottlingError", `{"Code":"ThrottlingError","Message":"Throughput exceeds the current capacity of your table or index."}`
	return fmt.Sprintf(cancelled, strings.Join(codes, ", "), strings.Join(reasons, ","))
}

// refuseAll refuses every call.
func refuseAll(operation string, body []byte) string { return refusal(operation, body) }

// refuseWrites refuses what changes something.
func refuseWrites(operation string, body []byte) string {
	if strings.Contains(operation, "Put") || strings.Contains(operation, "Write") {
		return refusal(operation, body)
	}
	return ""
}

// refuseOnce refuses each call the first time it comes.
func refuseOnce() guard {
	var mu sync.Mutex
	known := map[string]bool{}
	return func(operation string, body []byte) string {
		mu.Lock()
		defer mu.Unlock()
		var call any // in the order of its names: the SDK writes them in any
		_ = json.Unmarshal(body, &call)
		if name := operation + string(must(json.Marshal(call))); !known[name] {
			known[name] = true
			return refusal(operation, body)
		}
		return ""
	}
}

// TestAThrottledTableIsA503AndNothingIsHalfDone: the answer has a code and says
// when to come again. Neither the asset is there then nor its event; the same
// request, sent again with its Idempotency-Key, makes both.
func TestAThrottledTableIsA503AndNothingIsHalfDone(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.ground()
	r.endpoint("asset.*")
	r.kia = r.vehicle("SER-NEW")
	for name, g := range map[string]guard{"every call is refused": refuseAll, "writes are refused": refuseWrites} {
		r.gate.set(g)
		status, header, body := r.create("one")
		if status != http.StatusServiceUnavailable || header.Get("Retry-After") != "1" || !strings.Contains(body, `"code":"table.busy"`) {
			t.Errorf("%s: got %d, Retry-After %q, %s", name, status, header.Get("Retry-After"), body)
		}
		r.gate.set(nil)
		if n := r.assets(); n != 0 {
			t.Errorf("%s: %d assets are there, want none", name, n)
		}
	}
	for range 2 { // the second answer is the first
		if status, _, body := r.create("one"); status != http.StatusCreated {
			t.Fatalf("afterwards: got %d %s", status, body)
		}
	}
	if n := r.assets(); n != 1 {
		t.Errorf("%d assets, want 1", n)
	}
	r.flow(4, 1) // of the ground, of the endpoint and of the asset
	r.each(1)
	r.receiver.got(t, 1, 1)
}

// TestACallThatIsThrottledOnceGoesWell: whoever calls the API, and every worker,
// notices nothing of it.
func TestACallThatIsThrottledOnceGoesWell(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.ground()
	r.gate.set(refuseOnce())
	r.endpoint("asset.*")
	r.receiver.answer(503, 200)
	for range 5 {
		r.call(http.MethodPatch, r.asset(), map[string]any{"model": "EV9"}, nil)
	}
	r.flow(13, 10)
	r.advance(time.Hour)
	r.gate.set(nil)
	r.each(10)
	r.receiver.got(t, 11, 10)
}

// TestWorkersGiveBackWhatAThrottledTableRefused: the stream's batch and the
// queue's messages come again, and all is delivered in the end. What was sent
// before the table refused to record it is sent again, with the same webhook-id.
func TestWorkersGiveBackWhatAThrottledTableRefused(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.endpoint("custom.*")
	r.events(3)
	b := r.next(4)
	r.gate.set(refuseAll)
	if err := r.publish(b); err == nil {
		t.Fatal("publishing: got no error, so the batch would be lost")
	}
	r.gate.set(nil)
	r.published(b)
	msgs := r.take(3)
	for i, g := range []guard{refuseAll, refuseWrites} {
		r.gate.set(g)
		if failed := r.deliver(msgs...); len(failed) != 3 {
			t.Fatalf("%d messages failed, want all 3", len(failed))
		}
		r.gate.set(nil)
		r.receiver.got(t, 3*i, 3*i) // the second time each was sent, and that not recorded
		r.visible(t, msgs...)
		msgs = r.take(3)
	}
	r.delivered(msgs...)
	r.receiver.got(t, 6, 3)
	r.each(3)
	for _, d := range r.log() {
		if len(d.Attempts) != 1 {
			t.Errorf("%s: %d attempts in the log, want 1", d.ID, len(d.Attempts))
		}
	}
}

// TestARetryWaitsForAThrottledTable: the second attempt is due at +5 s, and the
// table refuses everything until +8 s. The state machine calls again after 1 s,
// 2 s …, and the attempt is made then, under its number.
func TestARetryWaitsForAThrottledTable(t *testing.T) {
	r := open(t, host.TestClock(began))
	r.endpoint("custom.*")
	r.events(1)
	r.receiver.answer(503, 200)
	r.flow(2, 1)
	r.gate.set(func(operation string, body []byte) string {
		if r.Now().Before(began.Add(8 * time.Second)) {
			return refusal(operation, body)
		}
		return ""
	})
	r.advance(time.Minute)
	r.gate.set(nil)
	d := r.only()
	if len(d.Attempts) != 2 || d.Attempts[1].Number != 2 || !d.Attempts[1].At.Equal(began.Add(8*time.Second)) {
		t.Errorf("the log says %+v, want attempt 2 at +8 s", d.Attempts)
	}
	r.each(1)
	r.receiver.got(t, 2, 1)
}

// create asks for an asset with an Idempotency-Key.
func (r *rig) create(once string) (status int, header http.Header, body string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.Address()+"/v1/assets", strings.NewReader(r.kia))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", once)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(text)
}

// assets counts the assets.
func (r *rig) assets() int {
	r.t.Helper()
	var list struct{ Data []any }
	r.call(http.MethodGet, "/v1/assets", nil, &list)
	return len(list.Data)
}
