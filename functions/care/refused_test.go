package care

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"motorpool/shared/table"
)

// stored is all that rests with the asset, and all that is listed.
func (y *yard) stored() string {
	y.t.Helper()
	var all []string
	for _, q := range []table.Query{
		{PK: "WS#" + y.ws + "#AST#" + y.car},
		{PK: "WS#" + y.ws + "#ISS"},
		{PK: "WS#" + y.ws + "#SEQ"},
		{PK: "WS#" + y.ws + "#MTW#open", Index: true},
		{PK: "WS#" + y.ws + "#MTW#over", Index: true},
		{PK: "WS#" + y.ws + "#ISS#open", Index: true},
		{PK: "WS#" + y.ws + "#REM#scheduled", Index: true},
		{PK: "WS#" + y.ws + "#REM#LOOK", Index: true},
		{PK: "WS#" + y.ws + "#EVT", Index: true},
		{PK: "WS#" + y.ws + "#AUDIT", Index: true},
	} {
		q.Limit = table.MaxPage
		page, err := y.table.Table.Query(context.Background(), q)
		if err != nil {
			y.t.Fatal(err)
		}
		for _, it := range page.Items {
			all = append(all, fmt.Sprint(it.Key, it.Version, string(it.Doc)))
		}
	}
	return strings.Join(all, "\n")
}

// TestWhatIsWrongIsRefusedAndNothingIsStored: each kind of bad input, once.
func TestWhatIsWrongIsRefusedAndNothingIsStored(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	win, iss, rem := "/v1/maintenance-windows/"+y.window(""), "/v1/issues/"+y.issue(""), "/v1/service-reminders/"+y.reminder()
	ast := `{"asset":"` + y.car + `"`
	window, issue, reminder := ast+`,"starts_at":"2026-05-01T08:00:00Z","reason":"service"`, ast+`,"title":"T","type":"damage"`, ast+`,"name":"Oil","due_on":"2026-05-01"`
	const windows, issues, reminders = "/v1/maintenance-windows", "/v1/issues", "/v1/service-reminders"
	before := y.stored()
	for _, tt := range []struct {
		name, method, path, body string
		status                   int
		code, field              string
	}{
		{"nothing", "POST", windows, ``, 422, "request.body", ""},
		{"no JSON", "POST", issues, `{"title":`, 400, "request.json", ""},
		{"a list", "POST", reminders, `[]`, 422, "request.invalid", ""},
		{"a field twice", "POST", issues, issue + `,"title":"U"}`, 400, "request.json", ""},
		{"a field there is not", "POST", windows, window + `,"colour":"red"}`, 422, "request.unknown_field", ""},
		{"a day that is no instant", "POST", windows, ast + `,"starts_at":"2026-05-01","reason":"service"}`, 422, "request.invalid", "starts_at"},
		{"no start", "POST", windows, ast + `,"reason":"service"}`, 422, "maintenance_window.starts_at", "starts_at"},
		{"an end before the start", "POST", windows, window + `,"ends_at":"2026-04-01T08:00:00Z"}`, 422, "maintenance_window.ends_at", "ends_at"},
		{"an end in a hundred years", "POST", windows, window + `,"ends_at":"2126-04-01T08:00:00Z"}`, 422, "maintenance_window.ends_at", "ends_at"},
		{"no reason", "POST", windows, ast + `,"starts_at":"2026-05-01T08:00:00Z"}`, 422, "maintenance_window.reason", "reason"},
		{"half a cent", "POST", windows, window + `,"cost":{"minor":0.5,"currency":"AUD"}}`, 422, "request.invalid", "cost.minor"},
		{"an asset there is not", "POST", windows, strings.Replace(window, y.car, "ast_00000000000000000000000009", 1) + `}`, 422, "maintenance_window.asset", "asset"},
		{"over another window", "POST", windows, window + `}`, 409, "calendar.taken", "acknowledge"},
		{"over another window by a wrong name", "POST", windows, window + `,"acknowledge":["x"]}`, 409, "calendar.taken", "acknowledge"},
		{"over too much", "POST", windows, window + `,"acknowledge":["1","2","3","4","5","6"]}`, 422, "maintenance_window.acknowledge", "acknowledge"},
		{"what is stale", "PATCH", win, `{"note":"x"}`, 412, "maintenance_window.stale", ""},
		{"another asset", "PATCH", win, `{"asset":"x"}`, 422, "request.unknown_field", ""},
		{"a state by hand", "PATCH", win, `{"state":"completed"}`, 422, "request.unknown_field", ""},
		{"what has not begun", "POST", win + "/complete", ``, 409, "maintenance_window.planned", ""},
		{"no title", "POST", issues, ast + `,"type":"damage"}`, 422, "request.invalid", ""},
		{"a title of spaces", "POST", issues, ast + `,"title":" ","type":"damage"}`, 422, "issue.title", "title"},
		{"a type of its own", "POST", issues, ast + `,"title":"T","type":"alien"}`, 422, "issue.type", "type"},
		{"found tomorrow", "POST", issues, issue + `,"reported_at":"2026-03-02T09:00:00Z"}`, 422, "issue.reported_at", "reported_at"},
		{"a distance that is text", "POST", issues, issue + `,"odometer":"far"}`, 422, "request.invalid", "odometer"},
		{"a photo nobody uploaded", "POST", issues, issue + `,"photos":["att_06fhhn330008rg05qj2e7ek3cm"]}`, 422, "issue.photos", "photos"},
		{"a day that does not exist", "POST", issues, issue + `,"due":"2026-02-30"}`, 422, "request.invalid", "due"},
		{"a number by hand", "PATCH", iss, `{"number":"IS9"}`, 422, "request.unknown_field", ""},
		{"resolved before it is begun", "POST", iss + "/resolve", ``, 409, "issue.open", ""},
		{"an endless description", "PATCH", iss, `{"description":"` + strings.Repeat("x", 5001) + `"}`, 422, "issue.description", "description"},
		{"never due", "POST", reminders, ast + `,"name":"Oil"}`, 422, "service_reminder.due_on", "due_on"},
		{"recurring at no interval", "POST", reminders, reminder + `,"recurring":true}`, 422, "service_reminder.interval_days", "interval_days"},
		{"a kind of its own", "POST", reminders, reminder + `,"kind":"party"}`, 422, "service_reminder.kind", "kind"},
		{"a distance beyond all", "POST", reminders, reminder + `,"due_odometer":99999999999999}`, 422, "service_reminder.due_odometer", "due_odometer"},
		{"done tomorrow", "POST", rem + "/complete", `{"done_on":"2026-03-02"}`, 422, "service_reminder.done_on", "done_on"},
		{"no last time", "PATCH", rem, `{"last_done":null}`, 422, "service_reminder.last_done", "last_done"},
		{"a state that is none", "GET", issues + "?state=lost", ``, 422, "request.invalid", "state"},
		{"a cursor of another list", "GET", issues + "?cursor=AAAA", ``, 422, "cursor.invalid", "cursor"},
		{"an asset to list that is not there", "GET", windows + "?asset=ast_9", ``, 404, "asset.not_found", ""},
	} {
		var headers []string
		if tt.status == 412 {
			headers = []string{"If-Match", `"9"`}
		}
		a := y.Do(tt.method, tt.path, tt.body, headers...)
		if a.Status != tt.status || a.JSON["code"] != tt.code || tt.field != "" && !strings.Contains(a.Body, `"field":"`+tt.field+`"`) {
			t.Errorf("%s: got %d %s, want %d %s at %q", tt.name, a.Status, a.Body, tt.status, tt.code, tt.field)
		}
	}
	if after := y.stored(); after != before {
		t.Errorf("the store has changed: from\n%s\nto\n%s", before, after)
	}
}
