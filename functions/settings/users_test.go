package settings_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/member"
)

// found makes Mia the first Admin, and speaks as her.
func (o *office) found(t *testing.T) {
	t.Helper()
	m, err := o.Members.Found(t.Context(), o.actor.Workspace, "mia@example.com", "Mia", o.time)
	if err != nil {
		t.Fatal(err)
	}
	o.actor.ID, o.actor.Name = m.ID, "Mia"
	o.as(t, o.actor)
}

// accept follows the latest letter's link.
func (o *office) accept(t *testing.T, email string) {
	t.Helper()
	all, _, err := o.Letters.List(t.Context(), o.actor.Workspace, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	l, err := o.Letters.Read(t.Context(), o.actor.Workspace, all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Members.Accept(t.Context(), o.actor.Workspace, email, strings.TrimPrefix(l.Link, "/invitation/"), o.time); err != nil {
		t.Fatal(err)
	}
}

func names(list any) (out []string) {
	for _, v := range list.([]any) {
		out = append(out, v.(map[string]any)["name"].(string))
	}
	return out
}

func TestAUserIsInvitedEditedDisabledAndEnabled(t *testing.T) {
	o := open(t)
	o.found(t)
	role := o.Want(201, "POST", "/v1/roles", `{"name":"Desk","description":"Hands over","grants":["people.view","assets.view"]}`).JSON
	if fmt.Sprint(role["grants"], role["built_in"], role["users"]) != "[assets.view people.view] false 0" {
		t.Errorf("the role: %v", role)
	}
	rid := role["id"].(string)
	a := o.Want(201, "POST", "/v1/users", `{"email":"tom@example.com","name":"Tom Okafor","role":"`+rid+`"}`)
	id := a.JSON["id"].(string)
	if a.JSON["state"] != "invited" || a.Header.Get("ETag") != `"1"` || strings.Contains(a.Body, "invitation") {
		t.Errorf("got %s", a.Body)
	}
	o.accept(t, "tom@example.com")
	got := o.Want(200, "GET", "/v1/users/"+id, "").JSON
	if got["state"] != "active" || got["activated_at"] != "2026-03-01T09:00:00Z" || fmt.Sprint(got["locations"]) != "[]" {
		t.Errorf("got %v", got)
	}
	o.Want(412, "PATCH", "/v1/users/"+id, `{"name":"T"}`, "If-Match", `"1"`)
	got = o.Want(200, "PATCH", "/v1/users/"+id, `{"role":"rol_admin","default_location":"loc_00000000000000000000000001"}`, "If-Match", `"2"`).JSON
	if got["role"] != "rol_admin" || got["name"] != "Tom Okafor" || got["version"] != float64(3) {
		t.Errorf("got %v", got)
	}
	if got := o.Want(200, "POST", "/v1/users/"+id+"/disable", "").JSON; got["state"] != "disabled" || got["disabled_at"] == nil {
		t.Errorf("got %v", got)
	}
	if got := o.Want(200, "POST", "/v1/users/"+id+"/enable", "").JSON; got["state"] != "active" || got["disabled_at"] != nil {
		t.Errorf("got %v", got)
	}
	o.Want(204, "DELETE", "/v1/roles/"+rid, "")
	o.Want(404, "GET", "/v1/roles/"+rid, "")
	log := o.Want(200, "GET", "/v1/audit-log?object="+id, "")
	for _, action := range []string{"user.invited", "user.activated", "user.role_changed", "user.disabled", "user.enabled"} {
		if !strings.Contains(log.Body, `"`+action+`"`) {
			t.Errorf("%s is not in the audit log: %s", action, log.Body)
		}
	}
}

func TestUsersAreListedByNameAndFound(t *testing.T) {
	o := open(t)
	o.found(t)
	for i, who := range []string{"zoe Adams", "Ben Zimt", "Åse Berg", "Carl adams"} {
		o.Want(201, "POST", "/v1/users", fmt.Sprintf(`{"email":%q,"name":%q,"role":"rol_admin"}`, strings.Fields(strings.ToLower(who))[1]+fmt.Sprint(i)+"@example.com", who))
	}
	for query, want := range map[string]string{
		"": "Ben Zimt,Carl adams,Mia,zoe Adams,Åse Berg", "state=active": "Mia", "state=invited": "Ben Zimt,Carl adams,zoe Adams,Åse Berg",
		"q=ADAMS": "Carl adams,zoe Adams", "q=ben+z": "Ben Zimt", "q=zimt1@": "Ben Zimt", "q=%23": "", "role=rol_admin": "Ben Zimt,Carl adams,Mia,zoe Adams,Åse Berg",
	} {
		var got []string
		for cursor := ""; ; {
			a := o.Want(200, "GET", "/v1/users?limit=2&"+query+"&cursor="+cursor, "")
			got = append(got, names(a.JSON["data"])...)
			if a.JSON["next_cursor"] == nil {
				break
			}
			cursor = a.JSON["next_cursor"].(string)
		}
		slices.Sort(got)
		if strings.Join(got, ",") != want {
			t.Errorf("%s: got %s, want %s", query, strings.Join(got, ","), want)
		}
	}
}

func TestBadUsersAndRolesAreRefused(t *testing.T) {
	o := open(t)
	o.found(t)
	rid := o.Want(201, "POST", "/v1/roles", `{"name":"Desk","grants":["assets.view"]}`).JSON["id"].(string)
	o.Want(201, "POST", "/v1/users", `{"email":"tom@example.com","name":"Tom","role":"`+rid+`"}`)
	o.time = o.time.Add(time.Second)
	me, none := o.actor.ID, "usr_00000000000000000000000099"
	o.refuse(t, []bad{
		{"no body", "POST /v1/users", ``, "422 request.body"},
		{"no address", "POST /v1/users", `{"name":"X","role":"rol_admin"}`, "422 request.invalid email"},
		{"two addresses", "POST /v1/users", `{"email":"a@b.example,c@d.example","name":"X","role":"rol_admin"}`, "422 user.email email"},
		{"an unknown field", "POST /v1/users", `{"email":"a@b.example","name":"X","role":"rol_admin","grants":[]}`, "422 request.unknown_field grants"},
		{"a state of one's own", "PATCH /v1/users/" + me, `{"state":"active"}`, "422 request.unknown_field state"},
		{"a role there is not", "POST /v1/users", `{"email":"a@b.example","name":"X","role":"rol_00000000000000000000000099"}`, "422 user.role role"},
		{"a role that is none", "POST /v1/users", `{"email":"a@b.example","name":"X","role":"admin"}`, "422 user.invalid role"},
		{"a location that is none", "POST /v1/users", `{"email":"a@b.example","name":"X","role":"` + rid + `","locations":["Sydney"]}`, "422 user.invalid locations"},
		{"who is here", "POST /v1/users", `{"email":"MIA@example.com","name":"X","role":"rol_admin"}`, "409 user.exists email"},
		{"oneself", "POST /v1/users/" + me + "/disable", ``, "409 user.self"},
		{"the last Admin", "PATCH /v1/users/" + me, `{"role":"` + rid + `"}`, "409 user.last_admin"},
		{"to revoke a user", "DELETE /v1/users/" + me, ``, "409 user.active"},
		{"nobody", "GET /v1/users/" + none, ``, "404 user.not_found"},
		{"nobody, edited", "PATCH /v1/users/" + none, `{"name":"X"}`, "404 user.not_found"},
		{"a key in an id", "GET /v1/users/usr_1%23MEMBER", ``, "404 user.not_found"},
		{"Admin, edited", "PATCH /v1/roles/rol_admin", `{"name":"X"}`, "409 role.built_in"},
		{"Admin, deleted", "DELETE /v1/roles/rol_admin", ``, "409 role.built_in"},
		{"a role in use", "DELETE /v1/roles/" + rid, ``, "409 role.in_use"},
		{"a role of nothing", "POST /v1/roles", `{"name":"X","grants":[]}`, "422 role.invalid grants"},
		{"a permission there is not", "POST /v1/roles", `{"name":"X","grants":["assets.view","assets.steal"]}`, "422 role.invalid grants[1]"},
		{"a name that is taken", "POST /v1/roles", `{"name":"desk","grants":["assets.view"]}`, "409 role.name_taken name"},
		{"a version that is past", "PATCH /v1/roles/" + rid + ` If-Match: "9"`, `{"name":"X"}`, "412 role.stale"},
	})
}

func TestWhoHoldsLessCannotRise(t *testing.T) {
	o := open(t)
	o.found(t)
	admin := o.actor
	rid := o.Want(201, "POST", "/v1/roles", `{"name":"HR","grants":["users.manage","users.view","assets.view","keys.manage"]}`).JSON["id"].(string)
	id := o.Want(201, "POST", "/v1/users", `{"email":"hr@example.com","name":"Hal","role":"`+rid+`"}`).JSON["id"].(string)
	o.accept(t, "hr@example.com")
	hal, err := o.Members.Member(t.Context(), admin.Workspace, id, o.time)
	if err != nil {
		t.Fatal(err)
	}
	o.as(t, hal)
	o.refuse(t, []bad{
		{"to Admin", "PATCH /v1/users/" + id, `{"role":"rol_admin"}`, "403 user.beyond role"},
		{"by a friend", "POST /v1/users", `{"email":"f@example.com","name":"F","role":"rol_admin"}`, "403 user.beyond role"},
		{"by a new role", "POST /v1/roles", `{"name":"X","grants":["assets.view","webhooks.secrets"]}`, "403 role.beyond grants"},
		{"by one's role", "PATCH /v1/roles/" + rid, `{"grants":["users.manage","settings.manage"]}`, "403 role.beyond grants"},
		{"over an Admin", "POST /v1/users/" + admin.ID + "/disable", ``, "403 user.outranked"},
		{"by a key", "POST /v1/api-keys", `{"name":"X","scopes":["settings.manage"]}`, "403 key.beyond scopes"},
	})
	hal.Locations = []string{"loc_00000000000000000000000001"}
	o.as(t, hal)
	k := o.Want(201, "POST", "/v1/api-keys", `{"name":"X","scopes":["assets.view"]}`)
	key, err := o.Keys.Authenticate(t.Context(), k.JSON["key"].(string), o.time)
	if err != nil || !slices.Equal(key.Locations, hal.Locations) || !key.May(access.ViewAssets) {
		t.Errorf("the key of somebody bound to a location: %+v %v", key, err)
	}
}

func TestADisabledUsersKeysDieWithThem(t *testing.T) {
	o := open(t)
	o.found(t)
	admin := o.actor
	id := o.Want(201, "POST", "/v1/users", `{"email":"tom@example.com","name":"Tom","role":"rol_admin"}`).JSON["id"].(string)
	o.accept(t, "tom@example.com")
	tom := admin
	tom.ID = id
	o.as(t, tom)
	k := o.Want(201, "POST", "/v1/api-keys", `{"name":"Toms"}`).JSON
	plain := k["key"].(string)
	if _, err := o.Keys.Authenticate(t.Context(), plain, o.time); err != nil {
		t.Fatal(err)
	}
	o.time = o.time.Add(time.Hour)
	o.as(t, admin)
	o.Want(200, "POST", "/v1/users/"+id+"/disable", "")
	o.time = o.time.Add(time.Hour)
	o.Want(200, "POST", "/v1/users/"+id+"/enable", "")
	if _, err := o.Keys.Authenticate(t.Context(), plain, o.time); err == nil {
		t.Error("the key works again")
	}
	if got := o.Want(200, "GET", "/v1/api-keys/"+k["id"].(string), "").JSON["state"]; got != "revoked" {
		t.Errorf("got %v, want revoked", got)
	}
}

// jobs are assigned work, as a noun would answer.
type jobs map[string][]audit.Object

func (j jobs) Assigned(_ context.Context, _ access.Actor, user string) ([]audit.Object, error) {
	return j[user], nil
}

func TestAUsersLastVisitAndWorkAreShown(t *testing.T) {
	o := open(t)
	o.found(t)
	me := o.actor.ID
	if got := o.Want(200, "GET", "/v1/users/"+me, "").JSON; got["last_seen_at"] != nil {
		t.Errorf("never seen: got %v", got["last_seen_at"])
	}
	if err := o.Members.Seen(t.Context(), o.actor.Workspace, me, o.time); err != nil {
		t.Fatal(err)
	}
	for _, got := range []any{o.Want(200, "GET", "/v1/users/"+me, "").JSON, o.Want(200, "GET", "/v1/users", "").JSON["data"].([]any)[0]} {
		if at := got.(map[string]any)["last_seen_at"]; at != "2026-03-01T09:00:00Z" {
			t.Errorf("got %v", at)
		}
	}
	if got := o.Want(200, "GET", "/v1/users/"+me+"/work", "").JSON["data"].([]any); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	o.Members.Work = []member.Work{jobs{me: {{Type: "issue", ID: "iss_1", Name: "Brakes"}}}}
	if got := o.Want(200, "GET", "/v1/users/"+me+"/work", "").JSON["data"].([]any); len(got) != 1 || got[0].(map[string]any)["name"] != "Brakes" {
		t.Errorf("got %v", got)
	}
	o.Want(404, "GET", "/v1/users/usr_00000000000000000000000099/work", "")
}

// TestLogsAreNotForWhoIsBoundToLocations: they tell of the whole workspace.
func TestLogsAreNotForWhoIsBoundToLocations(t *testing.T) {
	o := open(t)
	o.found(t)
	bound := o.actor
	bound.Locations = []string{"loc_00000000000000000000000001"}
	o.as(t, bound)
	if a := o.Want(403, "GET", "/v1/audit-log", ""); a.JSON["code"] != "access.everywhere" {
		t.Errorf("got %s", a.Body)
	}
	me := o.Want(200, "GET", "/v1/me", "").Body
	for _, g := range []string{"audit.view", "events.view", "webhooks.manage"} {
		if strings.Contains(me, `"`+g+`"`) {
			t.Errorf("they are told that they may %s: %s", g, me)
		}
	}
}

// TestAKeyMayNoMoreThanItsMakerByNow: a role taken away takes it from the keys, too.
func TestAKeyMayNoMoreThanItsMakerByNow(t *testing.T) {
	o := open(t)
	o.found(t)
	admin := o.actor
	const place = "loc_00000000000000000000000001"
	desk := o.Want(201, "POST", "/v1/roles", `{"name":"Desk","grants":["assets.view"]}`).JSON["id"].(string)
	id := o.Want(201, "POST", "/v1/users", `{"email":"tom@example.com","name":"Tom","role":"rol_admin"}`).JSON["id"].(string)
	o.accept(t, "tom@example.com")
	tom, err := o.Members.Member(t.Context(), admin.Workspace, id, o.time)
	if err != nil {
		t.Fatal(err)
	}
	o.as(t, tom)
	plain := o.Want(201, "POST", "/v1/api-keys", `{"name":"Toms"}`).JSON["key"].(string)
	o.as(t, admin)
	o.Want(200, "PATCH", "/v1/users/"+id, `{"role":"`+desk+`","locations":["`+place+`"]}`)
	key, err := o.Keys.Authenticate(t.Context(), plain, o.time)
	if err != nil || key.May(access.ManageUsers) || !key.May(access.ViewAssets) || !slices.Equal(key.Locations, []string{place}) {
		t.Errorf("got %+v %v", key, err)
	}
}
