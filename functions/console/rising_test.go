package console_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apikey"
	"motorpool/shared/fleet"
	"motorpool/shared/member"
	"motorpool/shared/webhook"
)

// TestNobodyRisesByTheConsole: whoever looks after users and is no Admin tries
// every form for more.
func TestNobodyRisesByTheConsole(t *testing.T) {
	s := still(t)
	hr := s.role("HR", access.ManageUsers, access.ViewUsers, access.ViewAssets)
	more := s.role("More", access.ViewAssets, access.ManageSettings)
	hal, m := s.hire("hal@example.com", hr)
	_, zoe := s.hire("zoe@example.com", more)
	for _, tt := range []struct {
		what, path string
		form       url.Values
		status     int
	}{
		{"to Admin", "/settings/users/" + m.ID, form("name", "Hal", "role", member.Admin), 422},
		{"to another role", "/settings/users/" + m.ID, form("name", "Hal", "role", more), 422},
		{"by a friend", "/settings/users", form("email", "f@example.com", "name", "F", "role", member.Admin), 422},
		{"over an Admin", "/settings/users/" + s.owner.ID, form("name", "Owner", "role", hr), 403},
		{"without an Admin", "/settings/users/" + s.owner.ID + "/disable", nil, 403},
		{"over who may more", "/settings/users/" + zoe.ID + "/disable", nil, 403},
		{"by a new role", "/settings/roles", form("name", "X", "grants", "settings.manage"), 422},
		{"by one's own role", "/settings/roles/" + hr, url.Values{"name": {"HR"}, "grants": {"users.manage", "settings.manage"}}, 422},
		{"by a role that may more", "/settings/roles/" + more, form("name", "More", "grants", "assets.view"), 403},
		{"by deleting it", "/settings/roles/" + more + "/delete", nil, 403},
		{"by changing Admin", "/settings/roles/rol_admin", form("name", "Admin", "grants", "assets.view"), 422},
		{"by the settings", "/settings/users/codes", form("on", "true"), 403},
		{"by a key", "/settings/api-keys", form("name", "X", "scopes", "settings.manage"), 403},
	} {
		if v := hal.post(tt.path, tt.form); v.status != tt.status {
			t.Errorf("%s: got %d, want %d", tt.what, v.status, tt.status)
		}
	}
	hal.get("/settings/users/"+s.owner.ID).want(http.StatusOK).has("may do more than you").lacks("Save changes", "Disable")
	hal.get("/settings/roles/" + more).want(http.StatusOK).has("may do more than you").lacks("Save changes")
	hal.get("/settings/users/new").want(http.StatusOK).has(`value="`+hr+`"`).lacks(`value="rol_admin"`, `value="`+more+`"`)
	hal.get("/settings/roles/new").want(http.StatusOK).has(`value="users.manage"`).lacks(`value="settings.manage"`)
	if a, err := s.h.Members.Member(t.Context(), s.owner.Workspace, m.ID, s.h.Now().Add(time.Hour)); err != nil || len(a.Grants) != 3 {
		t.Errorf("after all of it: %v %v", a.Grants, err)
	}
}

// TestAnothersWorkspaceIsNotThere asks for its users, roles and sessions by their ids.
func TestAnothersWorkspaceIsNotThere(t *testing.T) {
	s := still(t)
	role := s.role("Desk", access.ViewAssets)
	_, tom := s.hire("tom@example.com", role)
	two := s.found("Strangers", "eve@example.com")
	_, link, err := s.h.LetIn(t.Context(), two.ID, "eve@example.com", s.h.Now())
	s.must(err)
	eve := s.elsewhere()
	eve.post("/sign-in/"+link, nil).want(http.StatusOK)
	for _, path := range []string{"/settings/users/" + tom.ID, "/settings/users/" + nobody, "/settings/roles/" + role} {
		eve.get(path).want(http.StatusNotFound).lacks("Tom", "tom@", "Desk")
		eve.post(path, form("name", "X", "role", member.Admin, "grants", "assets.view")).want(http.StatusNotFound)
	}
	for _, verb := range []string{"disable", "enable", "resend", "revoke"} {
		eve.post("/settings/users/"+tom.ID+"/"+verb, nil).want(http.StatusNotFound)
	}
	eve.post("/settings/roles/"+role+"/delete", nil).want(http.StatusNotFound)
	eve.post("/settings/users", form("email", "x@example.com", "name", "X", "role", role)).want(http.StatusUnprocessableEntity)
	eve.post("/workspaces", form("workspace", s.owner.Workspace)).want(http.StatusNotFound)
	eve.get("/settings/users").want(http.StatusOK).lacks("Tom", "tom@")
	eve.get("/settings/users?q=tom").want(http.StatusOK).lacks("tom@example.com")
	eve.get("/workspaces").want(http.StatusOK).has("Strangers").lacks("Harbour City Cars")
}

// TestWhoWorksAtOneLocationSeesNothingOfTheOthers: by pages, searches, logs, keys
// and ids.
func TestWhoWorksAtOneLocationSeesNothingOfTheOthers(t *testing.T) {
	s := still(t)
	north, south := s.place("North"), s.place("South")
	ours := s.car(north, "Kia", "NEAR01")
	theirs := s.car(south, "Mazda", "FAR001")
	all := s.role("Everything", access.All()...)
	ned, m := s.hire("ned@example.com", all, north)
	_, sue := s.hire("sue@example.com", all, south)
	_, _, err := s.h.Webhooks.Register(t.Context(), s.owner, webhook.Registration{URL: "https://crm.example.com/hook"}, s.h.Now())
	s.must(err)

	ned.get("/assets").want(http.StatusOK).has("NEAR01").lacks("FAR001", "Mazda")
	ned.get("/assets?q=FAR").want(http.StatusOK).lacks("FAR001")
	ned.get("/assets?location="+south).lacks("FAR001", "Mazda")
	ned.get("/assets/" + ours.ID + "?tab=history").want(http.StatusOK).has("Added to the fleet")
	ned.get("/locations").want(http.StatusOK).has("North").lacks("South")
	ned.get("/settings/users").want(http.StatusOK).has("Ned").lacks("Sue", ownerEmail)
	ned.get("/").want(http.StatusOK).lacks("Mazda", "Audit log", "Webhook logs")
	for _, path := range []string{"/assets/" + theirs.ID, "/assets/" + theirs.ID + "?tab=history", "/assets/" + theirs.ID + "/edit", "/locations/" + south, "/settings/users/" + sue.ID, "/settings/users/" + s.owner.ID} {
		ned.get(path).want(http.StatusNotFound).lacks("Mazda", "South", "Sue")
	}
	for _, path := range []string{"/settings/audit", "/settings/audit?object=" + theirs.ID, "/settings/webhooks", "/settings/webhooks/new", "/settings/webhooks/deliveries", "/settings/webhooks/test-urls"} {
		ned.get(path).want(http.StatusForbidden).has("you work at some locations only")
	}
	ned.post("/settings/webhooks", form("url", "https://evil.example")).want(http.StatusForbidden)
	ned.post("/settings/users/"+m.ID, form("name", "Ned", "role", all, "placed", "on")).want(http.StatusUnprocessableEntity) // all locations
	ned.post("/settings/users", form("email", "x@example.com", "name", "X", "role", all, "placed", "on", "locations", south)).want(http.StatusUnprocessableEntity)

	actor, err := s.h.Members.Member(t.Context(), s.owner.Workspace, m.ID, s.h.Now().Add(time.Hour))
	s.must(err)
	_, key, err := s.h.Keys.Create(t.Context(), actor, apikey.Request{Name: "Neds", Scopes: []access.Grant{access.ViewAssets, access.ViewLocations}}, s.h.Now())
	s.must(err)
	for path, want := range map[string]int{
		"/v1/assets/" + ours.ID: 200, "/v1/assets/" + theirs.ID: 404, "/v1/assets/" + theirs.ID + "/history": 404, "/v1/locations/" + south: 404,
		"/v1/events": 403, "/v1/audit-log": 403, "/v1/webhook-deliveries": 403,
	} {
		if got := s.call(key, path); got != want {
			t.Errorf("a key, %s: got %d, want %d", path, got, want)
		}
	}
	if _, _, err := s.h.Keys.Create(t.Context(), actor, apikey.Request{Name: "More", Scopes: []access.Grant{access.ViewEvents}}, s.h.Now()); err == nil {
		t.Error("a key that reads every event was made")
	}
}

func (s *site) car(place, make, plate string) *fleet.Asset {
	s.t.Helper()
	a, err := s.h.Fleet.Create(s.t.Context(), s.owner, fleet.AssetDetails{
		Type: "car", Make: make, Model: "One", Year: 2025, Registration: fleet.Registration{Plate: plate}, HomeLocation: place, CurrentLocation: place,
	}, s.h.Now())
	s.must(err)
	return a
}
