package webhooks

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"motorpool/shared/access"
)

func TestAnEndpointIsAdded(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	a := y.Want(201, "POST", "/v1/webhook-endpoints", `{"url":"https://example.com/hooks?x=1","description":" CRM ","events":["asset.*","custom.key_returned","asset.*"],
		"rate_limit":10,"headers":{"x-api-key":"s3cret","Authorization":"Bearer abc"}}`)
	for _, part := range []string{
		`"url":"https://example.com/hooks?x=1"`, `"description":"CRM"`, `"events":["asset.*","custom.key_returned"]`, `"rate_limit":10`,
		`"headers":["Authorization","X-Api-Key"]`, `"status":"enabled"`, `"version":1`, `"secret":"whsec_`,
	} {
		if !strings.Contains(a.Body, part) {
			t.Errorf("%s is not in %s", part, a.Body)
		}
	}
	if a.Header.Get("ETag") != `"1"` {
		t.Errorf("ETag: got %s", a.Header.Get("ETag"))
	}
	id := a.JSON["id"].(string)
	for _, path := range []string{"/v1/webhook-endpoints/" + id, "/v1/webhook-endpoints"} {
		got := y.Want(200, "GET", path, "")
		for _, secret := range []string{"s3cret", "Bearer", "whsec_", a.JSON["secret"].(string)} {
			if strings.Contains(got.Body, secret) {
				t.Errorf("%s shows %s: %s", path, secret, got.Body)
			}
		}
	}
	if stored := y.stored(id); strings.Contains(stored, "s3cret") || strings.Contains(stored, a.JSON["secret"].(string)) {
		t.Error("a secret is stored in the clear")
	}
	if got := y.Want(200, "GET", "/v1/webhook-endpoints/"+id+"/secret", ""); got.JSON["secret"] != a.JSON["secret"] {
		t.Errorf("created with %s, revealed as %s", a.JSON["secret"], got.Body)
	}
	if all := y.Want(201, "POST", "/v1/webhook-endpoints", `{"url":"https://example.com/all"}`); !strings.Contains(all.Body, `"events":["*"]`) {
		t.Errorf("no events named: got %s, want all", all.Body)
	}
}

func TestBadEndpointsAreRefused(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	const path = "/v1/webhook-endpoints"
	post := func(name, body, code, field string) refusal {
		return refusal{name, "POST", path, body, 422, code, field}
	}
	with := func(name, say, code, field string) refusal {
		return post(name, `{"url":"https://example.com/a",`+say+`}`, code, field)
	}
	many := `"a.b"` + strings.Repeat(`,"a.b"`, 100)
	y.refused(nil, []refusal{
		post("nothing", `{}`, "", "url"),
		post("a list", `[]`, "", ""),
		{"no JSON", "POST", path, `{"url":`, 400, "", ""},
		post("an empty address", `{"url":""}`, "webhook.url", "url"),
		post("a number for an address", `{"url":7}`, "", "url"),
		post("no scheme", `{"url":"example.com/hook"}`, "webhook.url", "url"),
		post("a file", `{"url":"file:///etc/passwd"}`, "webhook.url", "url"),
		post("plain http in a live workspace", `{"url":"http://example.com/hook"}`, "webhook.url", "url"),
		post("credentials", `{"url":"https://me:pass@example.com/hook"}`, "webhook.url", "url"),
		post("a low port", `{"url":"https://example.com:22/hook"}`, "webhook.url", "url"),
		post("a fragment", `{"url":"https://example.com/hook#a"}`, "webhook.url", "url"),
		post("an endless address", `{"url":"https://example.com/`+strings.Repeat("a", 2100)+`"}`, "webhook.url", "url"),
		with("an unknown field", `"uri":"x"`, "", "uri"),
		with("an event there is not", `"events":["asset.flown"]`, "webhook.events", "events[0]"),
		with("a category there is not", `"events":["asset.created","boat.*"]`, "webhook.events", "events[1]"),
		with("half a pattern", `"events":["asset.cre*"]`, "webhook.events", "events[0]"),
		with("a pattern in capitals", `"events":["ASSET.*"]`, "webhook.events", "events[0]"),
		with("custom alone", `"events":["custom"]`, "webhook.events", "events[0]"),
		with("no events at all", `"events":[]`, "webhook.events", "events"),
		with("too many events", `"events":[`+many+`]`, "webhook.events", "events"),
		with("events as text", `"events":"*"`, "", "events"),
		with("a negative rate", `"rate_limit":-1`, "webhook.rate_limit", "rate_limit"),
		with("too fast", `"rate_limit":1001`, "webhook.rate_limit", "rate_limit"),
		with("half a delivery", `"rate_limit":0.5`, "", "rate_limit"),
		with("a novel", `"description":"`+strings.Repeat("x", 501)+`"`, "webhook.description", "description"),
		with("two lines", `"description":"a\nb"`, "webhook.description", "description"),
		with("a header of ours", `"headers":{"webhook-id":"x"}`, "webhook.header", "headers.webhook-id"),
		with("a host", `"headers":{"Host":"x"}`, "webhook.header", "headers.Host"),
		with("a length", `"headers":{"content-length":"0"}`, "webhook.header", "headers.content-length"),
		with("a transfer", `"headers":{"Transfer-Encoding":"chunked"}`, "webhook.header", "headers.Transfer-Encoding"),
		with("a header with a space", `"headers":{"X Key":"x"}`, "webhook.header", "headers.X Key"),
		with("a header that splits", `"headers":{"X-Key":"a\r\nHost: b"}`, "webhook.header", "headers.X-Key"),
		with("an empty header", `"headers":{"X-Key":""}`, "webhook.header", "headers.X-Key"),
		with("a header twice", `"headers":{"X-Key":"a","x-key":"b"}`, "webhook.header", "headers.x-key"),
		with("a long header", `"headers":{"X-Key":"`+strings.Repeat("a", 1001)+`"}`, "webhook.header", "headers.X-Key"),
		with("a secret of one's own", `"secret":"whsec_x"`, "", "secret"),
		post("everything at once", `{"url":"ftp://x","rate_limit":-1,"events":["x"]}`, "webhook.events", "url"),
	})
	if a := y.Want(200, "GET", path, ""); a.Body != "{\"data\":[],\"next_cursor\":null}\n" {
		t.Errorf("there is something: %q", a.Body)
	}
}

func TestAnEditIsAMergePatch(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.endpoint(`"description":"a","events":["asset.*"],"headers":{"X-A":"1","X-B":"2"}`)
	for _, tt := range []struct{ name, patch, want string }{
		{"nothing", `{}`, `"version":1`},
		{"the same", `{"description":"a","headers":{"X-A":"1"}}`, `"version":1`},
		{"one field", `{"description":"b"}`, `"description":"b"`},
		{"null clears", `{"description":null}`, `"version":3`},
		{"a header more, one fewer", `{"headers":{"X-C":"3","X-B":null}}`, `"headers":["X-A","X-C"]`},
		{"a header's value", `{"headers":{"X-C":"4"}}`, `"version":5`},
		{"the events", `{"events":["category.*","*"]}`, `"events":["category.*","*"]`},
		{"no events means all", `{"events":null}`, `"events":["*"]`},
		{"another address", `{"url":"https://example.com/b"}`, `"url":"https://example.com/b"`},
		{"ed25519", `{"asymmetric":true}`, `"asymmetric":true`},
	} {
		if a := y.Do("PATCH", "/v1/webhook-endpoints/"+id, tt.patch); a.Status != 200 || !strings.Contains(a.Body, tt.want) {
			t.Errorf("%s: got %d %s, want %s", tt.name, a.Status, a.Body, tt.want)
		}
	}
	if a := y.Want(200, "GET", "/v1/webhook-endpoints/"+id+"/secret", ""); !strings.Contains(a.Body, `"public_key":"whpk_`) {
		t.Errorf("no public key in %s", a.Body)
	}
}

func TestBadChangesAreRefused(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.endpoint("")
	path := "/v1/webhook-endpoints/" + id
	off := y.endpoint("")
	y.Want(200, "POST", "/v1/webhook-endpoints/"+off+"/pause", "")
	list := []refusal{
		{"a list", "PATCH", path, `[]`, 422, "", ""},
		{"null", "PATCH", path, `null`, 422, "", ""},
		{"an unknown field", "PATCH", path, `{"status":"paused"}`, 422, "", "status"},
		{"no address", "PATCH", path, `{"url":null}`, 422, "", "url"},
		{"a bad address", "PATCH", path, `{"url":"https://10.0.0.1:22/"}`, 422, "webhook.url", "url"},
		{"a bad event", "PATCH", path, `{"events":["x"]}`, 422, "webhook.events", "events[0]"},
		{"no events", "PATCH", path, `{"events":[]}`, 422, "webhook.events", "events"},
		{"a bad header", "PATCH", path, `{"headers":{"Host":"x"}}`, 422, "webhook.header", "headers.Host"},
		{"too fast", "PATCH", path, `{"rate_limit":5000}`, 422, "webhook.rate_limit", "rate_limit"},
		{"a long overlap", "POST", path + "/rotate-secret", `{"overlap_seconds":604801}`, 422, "", "overlap_seconds"},
		{"a negative overlap", "POST", path + "/rotate-secret", `{"overlap_seconds":-1}`, 422, "", "overlap_seconds"},
		{"an overlap in words", "POST", path + "/rotate-secret", `{"overlap_seconds":"1d"}`, 422, "", "overlap_seconds"},
		{"a test of no type", "POST", path + "/test", `{}`, 422, "", "type"},
		{"a test of a type there is not", "POST", path + "/test", `{"type":"asset.flown"}`, 422, "webhook.type", "type"},
		{"a test of a category", "POST", path + "/test", `{"type":"asset.*"}`, 422, "webhook.type", "type"},
		{"recover since when", "POST", path + "/recover", `{}`, 422, "", "since"},
		{"recover since yesterday", "POST", path + "/recover", `{"since":"yesterday"}`, 422, "", "since"},
		{"recover the future", "POST", path + "/recover", `{"since":"2026-03-02T00:00:00Z"}`, 422, "webhook.since", "since"},
		{"recover backwards", "POST", path + "/recover", `{"since":"2026-02-02T00:00:00Z","until":"2026-02-01T00:00:00Z"}`, 422, "webhook.until", "until"},
		{"replay since when", "POST", path + "/replay", `{"dry_run":true}`, 422, "", "since"},
		{"replay the future", "POST", path + "/replay", `{"since":"2027-03-02T00:00:00Z"}`, 422, "webhook.since", "since"},
		{"resume what is not paused", "POST", path + "/resume", "", 409, "webhook.not_paused", ""},
		{"enable what is not disabled", "POST", path + "/enable", "", 409, "webhook.not_disabled", ""},
		{"pause what is paused", "POST", "/v1/webhook-endpoints/" + off + "/pause", "", 409, "webhook.paused", ""},
		{"recover what is paused", "POST", "/v1/webhook-endpoints/" + off + "/recover", `{"since":"2026-02-01T00:00:00Z"}`, 409, "webhook.paused", ""},
		{"replay what is paused", "POST", "/v1/webhook-endpoints/" + off + "/replay", `{"since":"2026-02-01T00:00:00Z"}`, 409, "webhook.paused", ""},
	}
	y.refused([]string{id, off}, list)
}

func TestAChangeFromAStaleCopyIsRefused(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	path := "/v1/webhook-endpoints/" + y.endpoint("")
	y.Want(200, "PATCH", path, `{"description":"a"}`, "If-Match", `"1"`)
	y.Want(412, "PATCH", path, `{"description":"b"}`, "If-Match", `"1"`)
	y.Want(412, "DELETE", path, "", "If-Match", `"1"`)
	y.Want(422, "PATCH", path, `{"description":"b"}`, "If-Match", "two")
	y.Want(204, "DELETE", path, "", "If-Match", `"2"`)
	y.Want(404, "DELETE", path, "")
	y.Want(404, "GET", path, "")
}

func TestAnotherWorkspacesThingsAreNotFound(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.endpoint(`"events":["custom.*"]`)
	event := y.publish(`{"type":"custom.a","data":{}}`).JSON["id"].(string)
	delivery := y.Want(200, "GET", "/v1/webhook-deliveries", "").JSON["data"].([]any)[0].(map[string]any)["id"].(string)
	y.publish(`{"type":"custom.b","data":{}}`)
	cursor := y.Want(200, "GET", "/v1/webhook-deliveries?limit=1", "").JSON["next_cursor"].(string)
	strangers := y.of(foreign, access.All()...)
	before := y.stored(id)
	for _, who := range []struct {
		name, endpoint, event, delivery string
	}{{"another's", id, event, delivery}, {"nobody's", nobody, "evt_00000000000000000000000001", "dlv_00000000000000000000000001_00000000000000000000000001"}, {"no id", "x", "x", "x"}} {
		path := "/v1/webhook-endpoints/" + who.endpoint
		for _, r := range [][3]string{
			{"GET", path, ""},
			{"PATCH", path, `{"description":"x"}`},
			{"DELETE", path, ""},
			{"GET", path + "/secret", ""},
			{"POST", path + "/rotate-secret", `{}`},
			{"POST", path + "/test", `{"type":"asset.created"}`},
			{"POST", path + "/check", ""},
			{"POST", path + "/pause", ""},
			{"POST", path + "/resume", ""},
			{"POST", path + "/enable", ""},
			{"POST", path + "/recover", `{"since":"2026-02-01T00:00:00Z"}`},
			{"POST", path + "/replay", `{"since":"2026-02-01T00:00:00Z"}`},
			{"GET", "/v1/events/" + who.event, ""},
			{"GET", "/v1/webhook-deliveries/" + who.delivery, ""},
			{"POST", "/v1/webhook-deliveries/" + who.delivery + "/resend", ""},
		} {
			if a := strangers.Do(r[0], r[1], r[2]); a.Status != 404 {
				t.Errorf("%s: %s %s: got %d %s, want 404", who.name, r[0], r[1], a.Status, a.Body)
			}
		}
	}
	for _, path := range []string{"/v1/webhook-endpoints", "/v1/webhook-deliveries", "/v1/events", "/v1/webhook-deliveries?endpoint=" + id} {
		if a := strangers.Want(200, "GET", path, ""); len(a.JSON["data"].([]any)) != 0 {
			t.Errorf("%s shows %s", path, a.Body)
		}
	}
	strangers.Want(422, "GET", "/v1/webhook-deliveries?cursor="+cursor, "")
	if y.stored(id) != before {
		t.Error("a stranger changed something")
	}
}

func TestSecretsRotateWithAnOverlap(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.endpoint(`"events":["custom.*"]`)
	path := "/v1/webhook-endpoints/" + id
	first := y.Want(200, "GET", path+"/secret", "").JSON["secret"]
	a := y.Want(200, "POST", path+"/rotate-secret", "")
	var v struct {
		Secret   string
		Previous []struct {
			Secret    string
			ExpiresAt string `json:"expires_at"`
		}
	}
	y.must(json.Unmarshal([]byte(a.Body), &v))
	if v.Secret == first || len(v.Previous) != 1 || v.Previous[0].Secret != first || v.Previous[0].ExpiresAt != "2026-03-02T09:00:00Z" {
		t.Errorf("got %s", a.Body)
	}
	y.publish(`{"type":"custom.a","data":{}}`)
	if sig := y.requests()[0].header.Get("Webhook-Signature"); strings.Count(sig, "v1,") != 2 || strings.Count(sig, " ") != 1 {
		t.Errorf("during the overlap: %q", sig)
	}
	if a := y.Want(200, "POST", path+"/rotate-secret", `{"overlap_seconds":0}`); !strings.Contains(a.Body, `"previous":[]`) {
		t.Errorf("no overlap: got %s", a.Body)
	}
	for range 4 {
		y.Want(200, "POST", path+"/rotate-secret", `{"overlap_seconds":60}`)
	}
	if a := y.Want(409, "POST", path+"/rotate-secret", `{}`); a.JSON["code"] != "webhook.too_many_secrets" {
		t.Errorf("a sixth live secret: %s", a.Body)
	}
}

func TestEndpointsAreListedPageByPage(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	want := y.endpoint("") + y.endpoint("") + y.endpoint("")
	got, path := "", "/v1/webhook-endpoints?limit=1"
	for range 3 {
		a := y.Want(200, "GET", path, "")
		got += a.JSON["data"].([]any)[0].(map[string]any)["id"].(string)
		path = fmt.Sprint("/v1/webhook-endpoints?limit=1&cursor=", a.JSON["next_cursor"])
	}
	if got != want || !strings.HasSuffix(path, "<nil>") {
		t.Errorf("got %s, want %s, then %s", got, want, path)
	}
	y.Want(422, "GET", "/v1/webhook-endpoints?cursor=abc", "")
}

func TestTheReceiverIsChecked(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.endpoint(`"events":["asset.*"]`)
	a := y.Want(200, "POST", "/v1/webhook-endpoints/"+id+"/check", "")
	if !strings.Contains(a.Body, `"cards":`) {
		t.Errorf("no report: %s", a.Body)
	}
	y.settle()
	if list := y.Want(200, "GET", "/v1/webhook-deliveries?endpoint="+id, ""); len(list.JSON["data"].([]any)) != 0 {
		t.Errorf("a check is logged as a delivery: %s", list.Body)
	}
}
