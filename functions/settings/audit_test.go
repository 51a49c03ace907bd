package settings_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestAuditLogSaysWhoDidWhatFromWhere(t *testing.T) {
	o := open(t)
	o.Want(200, "PATCH", "/v1/workspace", `{"name":"Bay"}`, "Request-Id", "mine-1")
	o.time = o.time.Add(time.Hour)
	o.Want(201, "POST", "/v1/api-keys", `{"name":"CRM"}`)
	all := o.Want(200, "GET", "/v1/audit-log", "").JSON["data"].([]any)
	if len(all) != 3 {
		t.Fatalf("got %v", all)
	}
	e := all[1].(map[string]any)
	got := fmt.Sprintln(e["action"], e["actor"], e["object"].(map[string]any)["type"], e["changes"], e["request_id"], e["ip"])
	if want := "workspace.updated map[id:usr_1 name:Ada type:user] workspace [map[field:name from:Harbour to:Bay]] mine-1 192.0.2.1\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for filter, n := range map[string]int{
		"action=api_key.created": 1, "action=workspace.*": 2, "actor=usr_1": 2, "actor=usr_2": 0, "object=" + o.actor.Workspace: 2,
		"since=2026-03-01T09:30:00Z": 1, "until=2026-03-01T09:30:00Z": 2, "limit=1": 1,
	} {
		if got := len(o.Want(200, "GET", "/v1/audit-log?"+filter, "").JSON["data"].([]any)); got != n {
			t.Errorf("%s: got %d, want %d", filter, got, n)
		}
	}
}

func TestBadQuestionsToTheAuditLog(t *testing.T) {
	o := open(t)
	o.Want(200, "PATCH", "/v1/workspace", `{"name":"Bay"}`)
	const get = "GET /v1/audit-log?"
	long := strings.Repeat("x", 101)
	o.refuse(t, []bad{
		{"limit 0", get + "limit=0", "", "422 request.invalid limit"},
		{"limit -1", get + "limit=-1", "", "422 request.invalid limit"},
		{"limit 201", get + "limit=201", "", "422 request.invalid limit"},
		{"limit ten", get + "limit=ten", "", "422 request.invalid limit"},
		{"limit 1.5", get + "limit=1.5", "", "422 request.invalid limit"},
		{"limit 1e2", get + "limit=1e2", "", "422 request.invalid limit"},
		{"limit beyond counting", get + "limit=99999999999999999999", "", "422 request.invalid limit"},
		{"since yesterday", get + "since=yesterday", "", "422 request.invalid since"},
		{"since a day", get + "since=2026-03-01", "", "422 request.invalid since"},
		{"since a number", get + "since=1772355600", "", "422 request.invalid since"},
		{"until a local time", get + "until=2026-03-01T09:00:00", "", "422 request.invalid until"},
		{"a day that is not", get + "until=2026-02-30T09:00:00Z", "", "422 request.invalid until"},
		{"a long object", get + "object=" + long, "", "422 request.invalid object"},
		{"a long action", get + "action=" + long, "", "422 request.invalid action"},
		{"a long actor", get + "actor=" + long, "", "422 request.invalid actor"},
		{"a cursor of nobody's", get + "cursor=abc", "", "422 cursor.invalid cursor"},
		{"a cursor that is no base64", get + "cursor=***", "", "422 cursor.invalid cursor"},
		{"a long cursor", get + "cursor=" + strings.Repeat("x", 2001), "", "422 request.invalid cursor"},
		{"an unknown filter", get + "who=usr_1", "", "422 request.unknown_field who"},
		{"several at once", get + "limit=0&since=x", "", "422 request.invalid limit since"},
		{"no UTF-8", get + "actor=%ff", "", "400 request.query"},
		{"no encoding", get + "actor=%", "", "400 request.query"},
		{"a semicolon", get + "actor=a;b", "", "400 request.query"},
		{"another method", "DELETE /v1/audit-log", "", "405 route.method"},
		{"an entry", "GET /v1/audit-log/aud_1", "", "404 route.not_found"},
	})
}
