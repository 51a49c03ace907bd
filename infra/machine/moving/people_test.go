package moving_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"motorpool/infra/machine/host"
	"motorpool/infra/machine/moving"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/identity"
	"motorpool/shared/member"
	"motorpool/shared/session"
	"motorpool/shared/workspace"
)

const toms = "tom@example.com"

// TestPeopleMoveWithTheirWorkspaceAndSignInAnew: who works there, their roles and
// when they were last seen come along; how they sign in stays, for it belongs to
// them and not to the workspace.
func TestPeopleMoveWithTheirWorkspaceAndSignInAnew(t *testing.T) {
	t.Parallel()
	clock, ctx := host.TestClock(noon), t.Context()
	dirs := [2]string{t.TempDir(), t.TempDir()}
	old := live(t, dirs[0], clock)
	ws, err := old.Workspaces.First(ctx, workspace.Draft{Name: "Harbour City Cars", Mode: workspace.Test, TimeZone: "UTC"}, old.Now())
	fatal(t, err)
	_, err = old.Keys.Adopt(ctx, ws.ID, key, "moving", old.Now())
	fatal(t, err)
	owner, link, err := old.LetIn(ctx, ws.ID, "owner@motorpool.example", old.Now())
	fatal(t, err)
	_, err = old.Sessions.SignIn(ctx, link, session.Browser{}, old.Now())
	fatal(t, err)
	desk, err := old.Members.CreateRole(ctx, owner, member.RoleDetails{Name: "Desk", Grants: []access.Grant{access.ViewAssets}}, old.Now())
	fatal(t, err)
	tom := old.join(ws.ID, owner, toms, desk.ID)
	ivy, err := old.Members.Invite(ctx, owner, "ivy@example.com", member.Details{Name: "Ivy", Role: desk.ID}, old.Now())
	fatal(t, err)
	old.advance(time.Hour)
	before := old.staff()
	old.stop()

	away, out := order(t, ws.ID, "")
	from, leave := house(t, dirs[0], true, clock)
	must(t, moving.Export(ctx, from, away), out)
	leave()
	to, arrive := house(t, dirs[1], false, clock)
	must(t, moving.Import(ctx, to, away), out)
	arrive()

	here := live(t, dirs[1], clock)
	if after := here.staff(); after != before {
		t.Errorf("before %s\nafter  %s", before, after)
	}
	if _, err := here.Sessions.Authenticate(ctx, tom.Token, here.Now()); fault.CodeOf(err) != "auth.session" {
		t.Errorf("a session came along: %v", err)
	}
	if _, err := here.Sessions.Password(ctx, toms, "three blind mice", session.Browser{}, here.Now()); fault.CodeOf(err) != "auth.password" {
		t.Errorf("a password came along: %v", err)
	}
	fatal(t, here.Identities.Ask(ctx, identity.SignIn, toms, here.Now()))
	in, err := here.Sessions.SignIn(ctx, here.token(""), session.Browser{}, here.Now())
	fatal(t, err)
	a, err := here.Sessions.Authenticate(ctx, in.Token, here.Now())
	if err != nil || a.Workspace != ws.ID || a.Name != "Tom" || len(a.Grants) != 1 {
		t.Errorf("Tom here: %+v %v", a, err)
	}
	here.advance(time.Hour)
	_, err = here.Members.Resend(ctx, owner, ivy.ID, here.Now())
	fatal(t, err)
	_, err = here.Sessions.Accept(ctx, here.token(ws.ID), "four deaf cats", session.Browser{}, here.Now())
	fatal(t, err)
	if _, err := here.Members.Disable(ctx, access.System(ws.ID), owner.ID, 0, here.Now()); fault.CodeOf(err) != "user.last_admin" {
		t.Errorf("the last Admin was disabled: %v", err)
	}
	if err := here.Members.DeleteRole(ctx, access.System(ws.ID), desk.ID, 0, here.Now()); fault.CodeOf(err) != "role.in_use" {
		t.Errorf("a role in use was deleted: %v", err)
	}
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// join invites somebody who accepts.
func (h *home) join(ws string, owner access.Actor, email, role string) session.Step {
	h.t.Helper()
	_, err := h.Members.Invite(h.t.Context(), owner, email, member.Details{Name: "Tom", Role: role}, h.Now())
	fatal(h.t, err)
	s, err := h.Sessions.Accept(h.t.Context(), h.token(ws), "three blind mice", session.Browser{}, h.Now())
	fatal(h.t, err)
	return s
}

// token is what the latest letter leads to; an empty workspace is none.
func (h *home) token(ws string) string {
	h.t.Helper()
	all, _, err := h.Letters.List(h.t.Context(), ws, "", 1)
	if err != nil || len(all) == 0 {
		h.t.Fatalf("no letter: %v", err)
	}
	l, err := h.Letters.Read(h.t.Context(), ws, all[0].ID)
	fatal(h.t, err)
	return l.Link[strings.LastIndex(l.Link, "/")+1:]
}

// staff is who works there, as the public API shows it.
func (h *home) staff() string {
	h.t.Helper()
	var users, roles json.RawMessage
	h.call("GET", "/v1/users?limit=200", nil, &users)
	h.call("GET", "/v1/roles", nil, &roles)
	return string(users) + string(roles)
}
