package settings_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"motorpool/functions/settings"
	"motorpool/shared/access"
	"motorpool/shared/apikey"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/audit"
	"motorpool/shared/idempotency"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/letter"
	"motorpool/shared/member"
	"motorpool/shared/onboarding"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// office is a workspace and somebody in it who may do everything.
type office struct {
	*apitest.Client
	*app.App
	tab   table.Table
	actor access.Actor
	time  time.Time
}

func open(t *testing.T) *office {
	o := &office{time: apitest.Now}
	now := func() time.Time { return o.time }
	o.tab = apitest.Table(t, now)
	tab, ids := table.Riding{Table: o.tab}, ident.Sortable(now)
	log, box := &audit.Service{Table: tab, NewID: ids}, apitest.Box(t)
	letters := &letter.Service{Table: tab, Box: box, NewID: ids}
	people := &identity.Service{Table: tab, Box: box, NewID: ids, Secret: ident.Secret, Random: rand.Reader, Letters: letters}
	spaces := &workspace.Service{Table: tab, NewID: ids, Audit: log, Now: now}
	o.App = &app.App{
		Audit: log, Workspaces: spaces,
		Onboarding: &onboarding.Service{Has: map[string]onboarding.Has{
			"workspace_details": func(ctx context.Context, ws string) (bool, error) {
				w, err := spaces.Get(ctx, ws)
				return err == nil && w.Complete(), err
			},
			"invite_user": func(context.Context, string) (bool, error) { return false, nil },
		}},
		Keys:        &apikey.Service{Table: tab, NewID: ids, Secret: ident.Secret, Workspaces: spaces, Audit: log},
		Idempotency: &idempotency.Service{Table: o.tab, Box: box},
		Identities:  people, Letters: letters,
		Members: &member.Service{Table: tab, NewID: ids, Events: &outbox.Service{Table: tab, NewID: ids}, Audit: log, People: people, Letters: letters},
	}
	o.Keys.Makers, o.Members.Keys = o.Members, o.Keys
	w, err := spaces.Create(t.Context(), workspace.Draft{Name: "Harbour", Mode: workspace.Live, TimeZone: "Australia/Sydney"}, o.time)
	if err != nil {
		t.Fatal(err)
	}
	o.actor = access.Actor{Kind: "user", ID: "usr_1", Name: "Ada", Workspace: w.ID, Grants: access.All()}
	o.as(t, o.actor)
	return o
}

// as speaks as somebody else from now on.
func (o *office) as(t *testing.T, actor access.Actor) {
	o.Client = apitest.Serve(t, o.App, func() time.Time { return o.time }, actor, settings.Routes)
}

// stored is everything that these routes can change.
func (o *office) stored(t *testing.T) string {
	return fmt.Sprint(apitest.Dump(t, o.tab, "WS#"+o.actor.Workspace), apitest.Dump(t, o.tab, "WS#"+o.actor.Workspace+"#KEY"),
		apitest.Dump(t, o.tab, "WS#"+o.actor.Workspace+"#ROL"), apitest.Dump(t, o.tab, "WS#"+o.actor.Workspace+"#MEMFIND"))
}

// bad is one kind of bad input: what is asked, and the status, code and field
// of the answer.
type bad struct{ name, request, body, want string }

// refuse sends every kind of bad input and sees that nothing has changed.
func (o *office) refuse(t *testing.T, all []bad) {
	t.Helper()
	before := o.stored(t)
	for _, tt := range all {
		t.Run(tt.name, func(t *testing.T) {
			method, path, _ := strings.Cut(tt.request, " ")
			path, header, _ := strings.Cut(path, " ")
			name, value, _ := strings.Cut(header, ": ")
			a := o.Do(method, path, tt.body, name, value)
			got := fmt.Sprint(a.Status, " ", a.JSON["code"])
			if fields, ok := a.JSON["errors"].([]any); ok {
				for _, f := range fields {
					got += " " + f.(map[string]any)["field"].(string)
				}
			}
			if got != tt.want {
				t.Errorf("got %s, want %s\n%s", got, tt.want, a.Body)
			}
			if after := o.stored(t); after != before {
				t.Errorf("stored: got %s, want %s", after, before)
			}
		})
	}
}

func TestRoutesAreSortedByName(t *testing.T) {
	for i, r := range settings.Routes[1:] {
		if r.Name <= settings.Routes[i].Name {
			t.Errorf("%s after %s", r.Name, settings.Routes[i].Name)
		}
	}
}

func TestEachRouteNeedsItsPermission(t *testing.T) {
	o := open(t)
	nobody := o.actor
	nobody.Grants = nil
	o.as(t, nobody)
	id := "key_00000000000000000000000001"
	o.refuse(t, []bad{
		{"create a key", "POST /v1/api-keys", `{"name":"A"}`, "403 access.denied"},
		{"list keys", "GET /v1/api-keys", "", "403 access.denied"},
		{"get a key", "GET /v1/api-keys/" + id, "", "403 access.denied"},
		{"revoke a key", "DELETE /v1/api-keys/" + id, "", "403 access.denied"},
		{"change the workspace", "PATCH /v1/workspace", `{"name":"A"}`, "403 access.denied"},
		{"switch a feature", "PATCH /v1/features/bulk_price_import", `{"enabled":true}`, "403 access.denied"},
		{"invite", "POST /v1/users", `{"email":"x@example.com","name":"X","role":"rol_admin"}`, "403 access.denied"},
		{"list users", "GET /v1/users", "", "403 access.denied"},
		{"get a user", "GET /v1/users/usr_00000000000000000000000001", "", "403 access.denied"},
		{"edit a user", "PATCH /v1/users/usr_00000000000000000000000001", `{"name":"X"}`, "403 access.denied"},
		{"disable a user", "POST /v1/users/usr_00000000000000000000000001/disable", "", "403 access.denied"},
		{"enable a user", "POST /v1/users/usr_00000000000000000000000001/enable", "", "403 access.denied"},
		{"resend an invitation", "POST /v1/users/usr_00000000000000000000000001/resend-invitation", "", "403 access.denied"},
		{"revoke an invitation", "DELETE /v1/users/usr_00000000000000000000000001", "", "403 access.denied"},
		{"list roles", "GET /v1/roles", "", "403 access.denied"},
		{"get a role", "GET /v1/roles/rol_admin", "", "403 access.denied"},
		{"add a role", "POST /v1/roles", `{"name":"X","grants":["assets.view"]}`, "403 access.denied"},
		{"edit a role", "PATCH /v1/roles/rol_admin", `{"name":"X"}`, "403 access.denied"},
		{"delete a role", "DELETE /v1/roles/rol_admin", "", "403 access.denied"},
		{"read the audit log", "GET /v1/audit-log", "", "403 access.denied"},
	})
	o.Want(200, "GET", "/v1/workspace", "")
	o.Want(200, "GET", "/v1/features", "")
	if a := o.Want(200, "GET", "/v1/workspace/onboarding", ""); a.JSON["left"] != 0.0 {
		t.Errorf("who may do nothing has something left to do: %s", a.Body)
	}
	if me := o.Want(200, "GET", "/v1/me", ""); len(me.JSON["scopes"].([]any)) != 0 {
		t.Errorf("got %s", me.Body)
	}
}

func TestMeSaysWhoAndWhat(t *testing.T) {
	o := open(t)
	o.actor.Grants = []access.Grant{access.ManageKeys, access.ViewAssets}
	o.as(t, o.actor)
	me := o.Want(200, "GET", "/v1/me", "").JSON
	if got := fmt.Sprint(me["actor"]); got != "map[id:usr_1 name:Ada type:user]" {
		t.Errorf("actor: %s", got)
	}
	if got := fmt.Sprint(me["scopes"]); got != "[map[description:See vehicles, categories and their history scope:assets.view] map[description:Create and revoke API keys scope:keys.manage]]" {
		t.Errorf("scopes: %s", got)
	}
	if got := me["workspace"].(map[string]any); got["id"] != o.actor.Workspace || got["mode"] != "live" {
		t.Errorf("workspace: %v", got)
	}
}
