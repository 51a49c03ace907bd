package functions_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// The waits of spec/webhooks.md §2, each counted from the failure before it.
var offsets = []time.Duration{
	0,
	5 * time.Second,
	5*time.Minute + 5*time.Second,
	35*time.Minute + 5*time.Second,
	2*time.Hour + 35*time.Minute + 5*time.Second,
	7*time.Hour + 35*time.Minute + 5*time.Second,
	17*time.Hour + 35*time.Minute + 5*time.Second,
}

func TestAFailingEndpointIsAttemptedSevenTimesOnTheTestClock(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		r.receiver.answer(http.StatusServiceUnavailable)
		whe := r.endpoint("custom.*")
		began := r.now()
		r.post(201, "/v1/events", `{"type":"custom.thing","data":{"n":1}}`)
		r.advance("20h")
		var got []time.Duration
		for _, q := range r.receiver.requests() {
			got = append(got, q.stamp.Sub(began))
		}
		if fmt.Sprint(got) != fmt.Sprint(offsets) {
			t.Errorf("attempts at %v\nwant        %v", got, offsets)
		}
		d := r.onlyDelivery(whe)
		if d["status"] != "failed" {
			t.Errorf("the delivery is %v after the last attempt, want failed", d["status"])
		}
		r.advance("30d")
		if n := len(r.receiver.requests()); n != len(offsets) {
			t.Errorf("%d attempts a month later, want %d", n, len(offsets))
		}
	})
}

func TestRetriesOfOneDeliveryCarryOneWebhookID(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		r.receiver.answer(500, 500, 200)
		whe := r.endpoint("custom.*")
		r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)
		r.advance("1h")
		d := r.onlyDelivery(whe)
		r.post(202, "/v1/webhook-deliveries/"+d["id"].(string)+"/resend", "")
		r.advance("1s")
		ids, stamps := map[string]bool{}, map[time.Time]bool{}
		for _, q := range r.receiver.requests() {
			if strings.Contains(string(q.body), "custom.thing") {
				ids[q.id], stamps[q.stamp] = true, true
			}
		}
		if len(ids) != 1 || len(stamps) != 4 {
			t.Errorf("%d webhook-ids and %d timestamps over 2 failures, a success and a resend; want 1 and 4", len(ids), len(stamps))
		}
	})
}

func TestTheBytesThatArriveAreTheBytesThatWereGiven(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		r.endpoint("custom.*")
		for _, data := range []string{
			`{}`,
			`{"b":1,"a":2,"big":9007199254740993,"e":1.0}`,
			`{ "spaces" :  [ 1 ,2 ],"tab":"\t","html":"<&>" }`,
			`{"unicode":"Zoë ☃ 🚗","escaped":"\u00e9\u2603"}`,
			`{"large":"` + strings.Repeat("x", 250_000) + `"}`,
		} {
			r.receiver.forget()
			r.post(201, "/v1/events", `{"type":"custom.bytes","data":`+data+`}`)
			r.settle()
			got := r.receiver.requests()
			if len(got) != 1 || !strings.Contains(string(got[0].body), data) {
				t.Errorf("%.60s: not in what arrived", data)
				continue
			}
			if err := r.verify(got[0]); err != nil {
				t.Errorf("%.60s: %v", data, err)
			}
		}
	})
}

func TestA410DisablesTheEndpointAndSaysSo(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		watcher := r.endpointAt("/watcher", "webhook_endpoint.*")
		r.receiver.answerAt("/gone", http.StatusGone)
		gone := r.endpointAt("/gone", "custom.*")
		r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)
		r.settle()
		e := r.get(200, "/v1/webhook-endpoints/"+gone)
		if e["status"] != "disabled" {
			t.Errorf("after a 410 the endpoint is %v, want disabled", e["status"])
		}
		told := false
		for _, q := range r.receiver.requests() {
			told = told || q.path == "/watcher" && q.kind() == "webhook_endpoint.disabled"
		}
		if !told {
			t.Errorf("endpoint %s was not told of webhook_endpoint.disabled", watcher)
		}
		before := r.receiver.count("/gone")
		r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)
		r.advance("1d")
		if n := r.receiver.count("/gone"); n != before {
			t.Errorf("a disabled endpoint received %d more requests", n-before)
		}
		r.receiver.answerAt("/gone", 200)
		r.post(200, "/v1/webhook-endpoints/"+gone+"/enable", "")
		r.post(202, "/v1/webhook-endpoints/"+gone+"/replay", `{"since":"2026-01-01T00:00:00Z"}`)
		r.advance("1h")
		if n := r.receiver.count("/gone"); n <= before {
			t.Error("replay brought nothing of what was missed while disabled")
		}
	})
}

func TestFiveDaysOfFailuresDisableAnEndpoint(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		r.receiver.answerAt("/bad", 500)
		bad := r.endpointAt("/bad", "custom.*")
		for day := range 7 {
			r.post(201, "/v1/events", `{"type":"custom.daily","data":{}}`)
			e := r.get(200, "/v1/webhook-endpoints/"+bad)
			if want := "enabled"; day < 5 && e["status"] != want {
				t.Fatalf("on day %d the endpoint is %v, want %s", day, e["status"], want)
			}
			r.advance("1d")
		}
		if e := r.get(200, "/v1/webhook-endpoints/"+bad); e["status"] != "disabled" {
			t.Errorf("after seven days of failures the endpoint is %v, want disabled", e["status"])
		}
	})
}

func TestPausedDeliveriesWaitAndComeWhenResumed(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		whe := r.endpoint("custom.*")
		r.post(200, "/v1/webhook-endpoints/"+whe+"/pause", "")
		for range 5 {
			r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)
		}
		r.advance("1d")
		if n := len(r.receiver.requests()); n != 0 {
			t.Fatalf("a paused endpoint received %d requests", n)
		}
		r.post(200, "/v1/webhook-endpoints/"+whe+"/resume", "")
		r.advance("1h")
		if n := len(r.receiver.requests()); n != 5 {
			t.Errorf("after resuming, %d requests, want 5", n)
		}
	})
}

func TestRecoverSendsWhatFailedSince(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		r.receiver.answer(500)
		whe := r.endpoint("custom.*")
		since := r.now().Format(time.RFC3339)
		for range 3 {
			r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)
		}
		r.advance("18h")
		r.receiver.forget()
		r.receiver.answer(200)
		dry := r.post(202, "/v1/webhook-endpoints/"+whe+"/recover", `{"since":"`+since+`","dry_run":true}`)
		if dry["count"] != json.Number("3") {
			t.Errorf("the count says %v, want 3", dry["count"])
		}
		r.post(202, "/v1/webhook-endpoints/"+whe+"/recover", `{"since":"`+since+`"}`)
		r.advance("1h")
		if n := len(r.receiver.requests()); n != 3 {
			t.Errorf("recovery sent %d, want 3", n)
		}
	})
}

func TestWhatWasStoredIsThereAfterARestart(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		r.receiver.answer(500)
		whe := r.endpoint("custom.*")
		r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)
		r.settle()
		r.restart()
		r.receiver.answer(200)
		r.advance("1h")
		if d := r.onlyDelivery(whe); d["status"] != "succeeded" {
			t.Errorf("after a restart the retry left the delivery %v, want succeeded", d["status"])
		}
	})
}
