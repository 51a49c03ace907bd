package settings_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestWorkspaceIsChangedFieldByField(t *testing.T) {
	o := open(t)
	a := o.Want(200, "PATCH", "/v1/workspace", `{"settings":{"retention_days":30}}`, "If-Match", `"1"`)
	if a.JSON["version"] != 2.0 || a.Header.Get("ETag") != `"2"` || a.JSON["name"] != "Harbour" {
		t.Errorf("got %s %v", a.Body, a.Header)
	}
	o.Want(200, "PATCH", "/v1/workspace", `{"name":"Bay","time_zone":"Europe/Lisbon","settings":{"auto_recover":true,"disable_after_days":0}}`)
	a = o.Want(200, "GET", "/v1/workspace", "")
	if got := fmt.Sprintln(a.JSON["name"], a.JSON["time_zone"], a.JSON["settings"], a.Header.Get("ETag")); got != `Bay Europe/Lisbon map[auto_recover:true disable_after_days:0 require_mfa:false retention_days:30] "3"`+"\n" {
		t.Errorf("got %s", got)
	}
	if a := o.Want(200, "PATCH", "/v1/workspace", `{}`); a.JSON["version"] != 3.0 {
		t.Errorf("nothing to change: %s", a.Body)
	}
}

func TestBadInputChangesNoWorkspace(t *testing.T) {
	o := open(t)
	o.Want(200, "PATCH", "/v1/workspace", `{"name":"Bay"}`)
	const patch = "PATCH /v1/workspace"
	o.refuse(t, []bad{
		{"no body", patch, "", "422 request.body"},
		{"no JSON", patch, "{", "400 request.json"},
		{"a string", patch, `"Bay"`, "422 request.invalid body"},
		{"an empty name", patch, `{"name":""}`, "422 request.invalid name"},
		{"a name of spaces", patch, `{"name":"   "}`, "422 workspace.invalid name"},
		{"a long name", patch, `{"name":"` + strings.Repeat("x", 101) + `"}`, "422 request.invalid name"},
		{"a number for a name", patch, `{"name":1}`, "422 request.invalid name"},
		{"no such zone", patch, `{"time_zone":"Mars/Olympus"}`, "422 workspace.invalid time_zone"},
		{"the machine's zone", patch, `{"time_zone":"Local"}`, "422 workspace.invalid time_zone"},
		{"an empty zone", patch, `{"time_zone":""}`, "422 request.invalid time_zone"},
		{"settings that are no object", patch, `{"settings":[]}`, "422 request.invalid settings"},
		{"no retention", patch, `{"settings":{"retention_days":0}}`, "422 request.invalid settings.retention_days"},
		{"retention for ever", patch, `{"settings":{"retention_days":366}}`, "422 request.invalid settings.retention_days"},
		{"half a day", patch, `{"settings":{"retention_days":1.5}}`, "422 request.invalid settings.retention_days"},
		{"days as text", patch, `{"settings":{"retention_days":"90"}}`, "422 request.invalid settings.retention_days"},
		{"negative days", patch, `{"settings":{"disable_after_days":-1}}`, "422 request.invalid settings.disable_after_days"},
		{"too many days", patch, `{"settings":{"disable_after_days":31}}`, "422 request.invalid settings.disable_after_days"},
		{"a number for yes", patch, `{"settings":{"auto_recover":1}}`, "422 request.invalid settings.auto_recover"},
		{"an unknown setting", patch, `{"settings":{"retention":1}}`, "422 request.unknown_field settings.retention"},
		{"the mode", patch, `{"mode":"test"}`, "422 request.unknown_field mode"},
		{"the id", patch, `{"id":"wsp_2"}`, "422 request.unknown_field id"},
		{"a stale version", patch + ` If-Match: "1"`, `{"name":"Cove"}`, "412 workspace.stale"},
		{"a version to come", patch + ` If-Match: "9"`, `{"name":"Cove"}`, "412 workspace.stale"},
		{"no ETag", patch + ` If-Match: 2`, `{"name":"Cove"}`, "422 request.if_match If-Match"},
		{"a weak ETag", patch + ` If-Match: W/"2"`, `{"name":"Cove"}`, "422 request.if_match If-Match"},
		{"an unknown parameter", "GET /v1/workspace?x=1", "", "422 request.unknown_field x"},
		{"another method", "DELETE /v1/workspace", "", "405 route.method"},
	})
}
