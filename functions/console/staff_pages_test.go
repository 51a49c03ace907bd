package console_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/issue"
	"motorpool/shared/member"
)

func TestAUserIsInvitedEditedDisabledAndEnabledByTheConsole(t *testing.T) {
	s := still(t)
	s.signIn()
	north := s.place("North")
	desk := s.role("Desk", access.ViewAssets)
	s.get("/settings/users").want(http.StatusOK).has("Owner", ownerEmail, "Active", "just now", "Invite user", "Ask for codes")
	s.get("/settings/users/new").want(http.StatusOK).has("Desk", "Admin", "North")
	s.post("/settings/users", form("email", "tom", "name", "Tom", "role", desk)).want(http.StatusUnprocessableEntity).has("Give an e-mail address")
	s.post("/settings/users", form("email", ownerEmail, "name", "Tom", "role", desk)).want(http.StatusUnprocessableEntity).has("is a user of this workspace already")
	id := s.post("/settings/users", form("email", "tom@example.com", "name", "Tom", "role", desk, "placed", "on", "locations", north, "default_location", north)).
		want(http.StatusOK).has("The invitation is on its way.", "Invited", "Send again", "North").after("/settings/users/")
	at, first := "/settings/users/"+id, s.letter(s.owner.Workspace)
	s.post(at+"/resend", nil).want(http.StatusTooManyRequests)
	s.wait(time.Minute)
	s.post(at+"/resend", nil).want(http.StatusOK).has("on its way again")
	tom := s.elsewhere()
	tom.get(first).want(http.StatusOK) // it is the button that is refused
	tom.post(first, form("password", password)).want(http.StatusUnauthorized).has("works no more")
	tom.post(s.letter(s.owner.Workspace), form("password", password)).want(http.StatusOK)
	s.get("/settings/users?state=active&role="+desk).want(http.StatusOK).has("Tom", "North").lacks(ownerEmail)
	s.get("/settings/users?q=nobody").want(http.StatusOK).has("Nobody is like that")

	s.post(at, form("name", "Thomas", "role", desk, "version", "1")).want(http.StatusConflict) // somebody was quicker
	s.post(at, form("name", "Thomas", "role", desk)).want(http.StatusOK).has("Saved.", "Thomas", "North")
	s.post(at, form("name", "Thomas", "role", desk, "placed", "on")).want(http.StatusOK).lacks(`name="locations" value="` + north + `" checked`)
	car := s.car(north, "Kia", "NEAR01")
	_, err := s.h.Issues.Report(t.Context(), s.owner, car.ID, issue.Details{Title: "Brakes squeal", Type: "mechanical", Assignee: id}, s.h.Now())
	s.must(err)
	s.get(at).want(http.StatusOK).has("Issue: Brakes squeal", "1 thing is still assigned to them")
	s.wait(time.Minute)
	s.post(at+"/disable", nil).want(http.StatusOK).has("Disabled", "cannot come into this workspace")
	tom.get("/").want(http.StatusOK).has("No access", "no workspace lets you in").lacks("Harbour City Cars")
	s.wait(time.Minute)
	s.post(at+"/enable", nil).want(http.StatusOK).has("The user is enabled")
	tom.post("/sign-in", form("email", "tom@example.com", "password", password)).want(http.StatusOK).has("Harbour City Cars")

	me := "/settings/users/" + s.owner.ID
	s.post(me+"/disable", nil).want(http.StatusConflict).has("You cannot disable yourself.")
	s.post(me, form("name", "Owner", "role", desk)).want(http.StatusUnprocessableEntity).has("This is the last active Admin.")
	s.get(me).want(http.StatusOK).lacks("Disable user")
	ivy := s.post("/settings/users", form("email", "ivy@example.com", "name", "Ivy", "role", desk)).want(http.StatusOK).after("/settings/users/")
	link := s.letter(s.owner.Workspace)
	s.wait(7 * 24 * time.Hour)
	s.signIn() // the session has ended meanwhile
	s.get("/settings/users?state=invited").want(http.StatusOK).has("Ivy", "Invitation expired")
	s.post("/settings/users/"+ivy+"/revoke", nil).want(http.StatusOK).has("The invitation is revoked.").lacks("Ivy")
	s.elsewhere().post(link, form("password", password)).want(http.StatusUnauthorized)
}

func TestARoleIsAddedGivenAndDeletedByTheConsole(t *testing.T) {
	s := still(t)
	s.signIn()
	s.get("/settings/roles").want(http.StatusOK).has("Admin", "Everything", "1 user")
	s.get("/settings/roles/rol_admin").want(http.StatusOK).has("Admin is built in", "Invite, disable and enable users, edit roles.").lacks("Save changes", "Delete role")
	page := s.get("/settings/roles/new").want(http.StatusOK).has("Vehicles", "Users and roles", "Costs and insurance")
	for _, p := range access.Catalogue {
		page.has(`value="` + string(p.Grant) + `"`)
	}
	s.post("/settings/roles", form("name", "")).want(http.StatusUnprocessableEntity).has("Give at least one permission.", "Give one line of 1 to 80 characters.")
	s.post("/settings/roles", form("name", "admin", "grants", "assets.view")).want(http.StatusUnprocessableEntity).has("Every workspace has a role of this name")
	s.post("/settings/roles", url.Values{"name": {"Customer success"}, "grants": {"people.view", "people.edit"}}).want(http.StatusOK).has("The role is ready to be given.", "2 permissions", "0 users")
	all, err := s.h.Members.Roles(t.Context(), s.owner.Workspace)
	s.must(err)
	at := "/settings/roles/" + all[1].ID
	s.get(at).want(http.StatusOK).has(`value="people.edit" checked`, "Nobody holds this role.", "Delete role")
	_, tom := s.hire("tom@example.com", all[1].ID)
	s.get(at).want(http.StatusOK).has("1 user holds this role. It can be deleted once they have another one.", "/settings/users?role="+all[1].ID).lacks("Delete role")
	s.post(at+"/delete", nil).want(http.StatusConflict).has("1 user holds this role. Give them another one first.")
	s.post(at, form("name", "Service", "grants", "people.view", "version", "9")).want(http.StatusConflict)
	s.post(at, form("name", "Service", "grants", "people.view", "version", "1")).want(http.StatusOK).has("It holds at once")
	s.post("/settings/users/"+tom.ID, form("name", "Tom", "role", member.Admin)).want(http.StatusOK)
	s.post(at+"/delete", nil).want(http.StatusOK).has("The role is deleted.").lacks("Service")
}

// TestAWorkspaceThatAsksForCodesGetsThemFromEverybody: who has no app sets one up.
func TestAWorkspaceThatAsksForCodesGetsThemFromEverybody(t *testing.T) {
	s := still(t)
	s.secured()
	tom, _ := s.hire("tom@example.com", s.role("Desk", access.ViewAssets))
	tom.post("/settings/users/codes", form("on", "true")).want(http.StatusForbidden)
	if at := s.post("/settings/users/codes", form("on", "true")).want(http.StatusOK).at; at != "/account/phone" {
		t.Errorf("who asked for it has no app either: at %s", at)
	}
	for _, who := range []*site{tom, s} {
		if at := who.get("/assets").at; at != "/account/phone" {
			t.Errorf("at %s, want where an app is set up", at)
		}
		who.get("/account").want(http.StatusOK).has("Set up an app") // their own affairs stay theirs
	}
	s.enrolledAlready()
	s.get("/settings/users").want(http.StatusOK).has("gives a code of their phone", "Stop asking for codes")
	s.post("/settings/users/codes", nil).want(http.StatusOK).has("Nobody has to set up an app")
	tom.get("/assets").want(http.StatusOK).has("Assets")
}

// enrolledAlready sets up an app for who is signed in.
func (s *site) enrolledAlready() string {
	s.t.Helper()
	secret := secretOf(s.post("/account/phone", nil).want(http.StatusOK))
	s.post("/account/phone/confirm", form("code", s.code(secret))).want(http.StatusOK).has("Keep these codes")
	return secret
}

func TestPeopleLookAfterTheirOwnAccount(t *testing.T) {
	s := still(t)
	s.signIn()
	s.found("Alpine Vans", ownerEmail)
	s.get("/account").want(http.StatusOK).has("You have none: you sign in by links.", "Set up an app", "This browser")
	s.post("/account/name", form("name", "")).want(http.StatusUnprocessableEntity).has("Give your name")
	s.post("/account/name", form("name", "Mia <b>")).want(http.StatusOK).has("Saved.", "Mia &lt;b&gt;")
	s.get("/settings/users").has("Mia &lt;b&gt;")
	s.post("/account/password", form("password", password)).want(http.StatusOK).has("You have a new password")
	secret := s.enrolledAlready()
	s.get("/account").want(http.StatusOK).has("10 recovery codes are left", "Remove the app")
	s.post("/account/phone/recovery", form("code", "000000")).want(http.StatusUnprocessableEntity).has("wrong, used or too old")
	s.wait(time.Minute)
	s.post("/account/phone/recovery", form("code", s.code(secret))).want(http.StatusOK).has("Keep these codes")
	s.post("/account/phone/remove", form("code", "000000")).want(http.StatusUnprocessableEntity)
	s.wait(time.Minute)
	s.post("/account/phone/remove", form("code", s.code(secret))).want(http.StatusOK).has("The app is removed.", "Set up an app")
	stranger := s.elsewhere()
	for _, path := range []string{"/account", "/account/phone", "/workspaces"} {
		if at := stranger.get(path).at; at != "/sign-in" {
			t.Errorf("%s: a stranger is at %s", path, at)
		}
	}
	for _, path := range []string{"/account/name", "/account/password", "/account/phone", "/account/phone/remove", "/account/phone/recovery", "/account/phone/confirm", "/account/sessions/x/end", "/account/sessions/end", "/workspaces"} {
		if at := stranger.post(path, form("name", "X", "password", password)).at; at != "/sign-in" {
			t.Errorf("%s: a stranger is at %s", path, at)
		}
	}
}
