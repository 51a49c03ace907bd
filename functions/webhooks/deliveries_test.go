package webhooks

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"motorpool/shared/apitest"
)

func first(t *testing.T, a apitest.Answer) map[string]any {
	t.Helper()
	list, _ := a.JSON["data"].([]any)
	if len(list) == 0 {
		t.Fatalf("an empty list: %s", a.Body)
	}
	return list[0].(map[string]any)
}

func TestADeliveryShowsAllThatHappened(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	y.endpoint(`"events":["custom.*"],"headers":{"X-Api-Key":"s3cret"}`)
	y.answers(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Served-By", "crm")
		w.WriteHeader(503)
		fmt.Fprint(w, "<b>busy</b>")
	})
	y.publish(`{"type":"custom.key_returned","data":{ "n": 9007199254740993 }}`)
	got := y.requests()[0]
	id := first(t, y.Want(200, "GET", "/v1/webhook-deliveries", ""))["id"].(string)
	a := y.Want(200, "GET", "/v1/webhook-deliveries/"+id, "")
	var v struct {
		Status, Outlook, Payload string
		Next                     string `json:"next_attempt_at"`
		Attempts                 []struct {
			Number      int
			Explanation string
			Request     struct{ Headers map[string]string }
			Response    struct {
				Status  int
				Body    string
				Headers map[string][]string
			}
		}
	}
	y.must(json.Unmarshal([]byte(a.Body), &v))
	at := v.Attempts[0]
	for what, ok := range map[string]bool{
		"status":           v.Status == "retrying" && at.Response.Status == 503,
		"payload":          v.Payload == got.body && strings.Contains(got.body, `{ "n": 9007199254740993 }`),
		"next":             strings.HasPrefix(v.Next, "2026-03-01T09:00:05"),
		"answer":           at.Response.Body == "<b>busy</b>" && at.Response.Headers["X-Served-By"][0] == "crm",
		"what was sent":    at.Request.Headers["webhook-id"] == id && got.header.Get("Webhook-Id") == id && at.Request.Headers["webhook-signature"] == got.header.Get("Webhook-Signature"),
		"agent":            got.header.Get("User-Agent") == "Motorpool-Webhooks/1" && got.header.Get("Content-Type") == "application/json",
		"header":           got.header.Get("X-Api-Key") == "s3cret",
		"masked":           !strings.Contains(a.Body, "s3cret") && at.Request.Headers["x-api-key"] != "",
		"explained":        strings.HasPrefix(at.Explanation, "Attempt 1 failed: the receiver answered 503. The next attempt is 5 s later"),
		"what comes next":  strings.HasPrefix(v.Outlook, "Attempt 2 is due at 09:00:05"),
		"id in lower case": strings.HasPrefix(id, "dlv_") && len(id) == 57,
	} {
		if !ok {
			t.Errorf("%s: not right in %s", what, a.Body)
		}
	}
}

func TestDeliveriesAreFiltered(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	a, b := y.endpoint(`"events":["custom.*"]`), y.endpoint(`"events":["custom.b"]`)
	y.publish(`{"type":"custom.a","data":{}}`)
	y.answers(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
	y.publish(`{"type":"custom.b","data":{}}`)
	for query, want := range map[string]int{
		"": 3, "?endpoint=" + a: 2, "?endpoint=" + b: 1, "?type=custom.a": 1, "?type=custom.*": 3, "?type=asset.*": 0, "?status=succeeded": 1,
		"?status=retrying": 2, "?status=failed": 0, "?status=retrying&endpoint=" + b: 1, "?since=2026-03-01T09:00:00Z": 3, "?since=2026-03-01T09:00:01Z": 0,
		"?until=2026-03-01T09:00:00Z": 0, "?until=2026-03-01T09:00:01Z": 3, "?endpoint=" + nobody: 0,
	} {
		got := y.Want(200, "GET", "/v1/webhook-deliveries"+query, "")
		if n := len(got.JSON["data"].([]any)); n != want || got.JSON["next_cursor"] != nil {
			t.Errorf("%s: got %d, want %d: %s", query, n, want, got.Body)
		}
	}
	var seen []string
	for path := "/v1/webhook-deliveries?limit=1"; path != ""; {
		got := y.Want(200, "GET", path, "")
		for _, d := range got.JSON["data"].([]any) {
			seen = append(seen, d.(map[string]any)["id"].(string))
		}
		if path = ""; got.JSON["next_cursor"] != nil {
			path = "/v1/webhook-deliveries?limit=1&cursor=" + got.JSON["next_cursor"].(string)
		}
	}
	if len(seen) != 3 || seen[0] <= seen[1] || seen[1] <= seen[2] {
		t.Errorf("page by page: %v", seen)
	}
}

func TestBadQueriesAreRefused(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.endpoint(`"events":["custom.*"]`)
	y.publish(`{"type":"custom.a","data":{}}`)
	off := y.endpoint(`"events":["custom.off"]`)
	y.publish(`{"type":"custom.off","data":{}}`)
	y.Want(200, "POST", "/v1/webhook-endpoints/"+off+"/pause", "")
	paused := first(t, y.Want(200, "GET", "/v1/webhook-deliveries?endpoint="+off, ""))["id"].(string)
	get := func(name, query, code, field string) refusal {
		return refusal{name, "GET", "/v1/webhook-deliveries?" + query, "", 422, code, field}
	}
	y.refused([]string{id, off}, []refusal{
		get("a status there is not", "status=lost", "", "status"),
		get("an endpoint that is none", "endpoint=crm", "webhook.endpoint", "endpoint"),
		get("a time that is none", "since=yesterday", "", "since"),
		get("a day without a time", "until=2026-03-01", "", "until"),
		get("no limit", "limit=0", "", "limit"),
		get("too many", "limit=201", "", "limit"),
		get("a limit in words", "limit=ten", "", "limit"),
		get("a cursor of one's own", "cursor=abc", "cursor.invalid", "cursor"),
		get("a cursor that is no base64", "cursor=%21%21", "cursor.invalid", "cursor"),
		get("an endless cursor", "cursor="+strings.Repeat("a", 2001), "", "cursor"),
		get("an unknown filter", "colour=red", "", "colour"),
		get("an endless type", "type="+strings.Repeat("a", 101), "", "type"),
		{"a delivery there is not", "GET", "/v1/webhook-deliveries/dlv_1", "", 404, "webhook.delivery_not_found", ""},
		{"an endless id", "GET", "/v1/webhook-deliveries/" + strings.Repeat("d", 65), "", 422, "", ""},
		{"resending what is not there", "POST", "/v1/webhook-deliveries/dlv_1/resend", "", 404, "webhook.delivery_not_found", ""},
		{"resending to a paused endpoint", "POST", "/v1/webhook-deliveries/" + paused + "/resend", "", 409, "webhook.paused", ""},
		{"an event there is not", "GET", "/v1/events/evt_1", "", 404, "event.not_found", ""},
		{"events of a limit", "GET", "/v1/events?limit=1000", "", 422, "", "limit"},
		{"events of a cursor", "GET", "/v1/events?cursor=x", "", 422, "cursor.invalid", ""},
		{"events of a time", "GET", "/v1/events?since=1", "", 422, "", "since"},
		{"types by page", "GET", "/v1/event-types?limit=1", "", 422, "", "limit"},
	})
}

func TestAResendIsANewRound(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	y.endpoint(`"events":["custom.*"]`)
	y.publish(`{"type":"custom.a","data":{}}`)
	id := first(t, y.Want(200, "GET", "/v1/webhook-deliveries", ""))["id"].(string)
	y.Want(202, "POST", "/v1/webhook-deliveries/"+id+"/resend", "")
	y.settle()
	a := y.Want(200, "GET", "/v1/webhook-deliveries/"+id, "")
	got := y.requests()
	if len(got) != 2 || got[0].body != got[1].body || got[0].header.Get("Webhook-Id") != got[1].header.Get("Webhook-Id") {
		t.Errorf("got %+v", got)
	}
	if !strings.Contains(a.Body, `"cause":"resend","story":"Mia resent this delivery."`) || !strings.Contains(a.Body, `"attempt_count":2`) || !strings.Contains(a.Body, `"status":"succeeded"`) {
		t.Errorf("got %s", a.Body)
	}
}

func TestATestIsSentToOneEndpointAlone(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.endpoint(`"events":["custom.x"]`)
	y.endpoint(`"events":["asset.*"]`)
	y.Want(200, "POST", "/v1/webhook-endpoints/"+id+"/pause", "")
	a := y.Want(202, "POST", "/v1/webhook-endpoints/"+id+"/test", `{"type":"asset.created"}`)
	y.settle()
	got := y.requests()
	if len(got) != 1 || !strings.Contains(got[0].body, `"type":"asset.created"`) || !strings.Contains(got[0].body, `"workspace":"`+workspace+`"`) {
		t.Fatalf("got %+v", got)
	}
	d := y.Want(200, "GET", "/v1/webhook-deliveries/"+a.JSON["id"].(string), "")
	if d.JSON["status"] != "succeeded" || d.JSON["test"] != true {
		t.Errorf("got %s", d.Body)
	}
	for _, e := range y.Want(200, "GET", "/v1/events", "").JSON["data"].([]any) {
		if e.(map[string]any)["type"] == "asset.created" {
			t.Error("a test is listed among the events")
		}
	}
}

func TestRecoverAndReplayCountFirst(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	y.publish(`{"type":"custom.a","data":{}}`)
	y.publish(`{"type":"custom.b","data":{}}`)
	id := y.endpoint(`"events":["custom.*"]`)
	path := "/v1/webhook-endpoints/" + id
	since := `"since":"2026-02-28T09:00:00Z"`
	if a := y.Want(202, "POST", path+"/replay", `{`+since+`,"dry_run":true}`); a.Body != "{\"count\":2,\"more\":false,\"dry_run\":true}\n" {
		t.Errorf("dry: got %s", a.Body)
	}
	y.settle()
	if n := len(y.requests()); n != 0 {
		t.Errorf("a dry run sent %d", n)
	}
	y.Want(202, "POST", path+"/replay", `{`+since+`}`)
	y.settle()
	if n := len(y.requests()); n != 2 {
		t.Errorf("a replay sent %d, want 2", n)
	}
	if a := y.Want(202, "POST", path+"/replay", `{`+since+`}`); a.JSON["count"] != 0.0 {
		t.Errorf("again: got %s", a.Body)
	}
	y.settle()
	y.answers(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) })
	y.publish(`{"type":"custom.c","data":{}}`)
	y.Want(409, "POST", path+"/recover", `{`+since+`}`)
	y.answers(nil)
	y.Want(200, "POST", path+"/enable", "")
	if a := y.Want(202, "POST", path+"/recover", `{`+since+`}`); a.JSON["count"] != 1.0 {
		t.Errorf("recover: got %s", a.Body)
	}
	y.settle()
	if a := y.Want(200, "GET", "/v1/webhook-deliveries?status=succeeded&endpoint="+id, ""); len(a.JSON["data"].([]any)) != 3 {
		t.Errorf("after recovery: got %s", a.Body)
	}
}
