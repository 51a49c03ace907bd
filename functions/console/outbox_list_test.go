package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/functions/console"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apitest"
	"motorpool/shared/inbox"
	"motorpool/shared/letter"
	"motorpool/shared/member"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// sent waits until the newest letter of a workspace is sent, and returns it.
func (s *site) sent(ws string) letter.Letter {
	s.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		all, _, err := s.h.Letters.List(s.t.Context(), ws, "", 1)
		if err != nil {
			s.t.Fatal(err)
		}
		if len(all) == 1 && all[0].State != letter.Waiting {
			return all[0]
		}
	}
	s.t.Fatal("no letter was sent")
	return letter.Letter{}
}

func (s *site) invite(email string) {
	s.t.Helper()
	if _, err := s.h.Members.Invite(s.t.Context(), s.owner, email, member.Details{Name: "Tom <b>", Role: "rol_admin"}, s.h.Now()); err != nil {
		s.t.Fatal(err)
	}
}

// TestAnInvitationGoesThroughTheOutbox: written with the membership, sent by the
// worker, kept with what it says; the link in it lets in whom it was written to.
func TestAnInvitationGoesThroughTheOutbox(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.get("/settings/outbox").want(http.StatusOK).has("No letter so far", "No e-mail leaves this machine.", "-smtp")
	_, err := s.h.Workspaces.Edit(t.Context(), s.owner, func(f *workspace.Form) error {
		f.Email = workspace.Email{SenderName: "Harbour desk", ReplyTo: "desk@harbour.example"}
		return nil
	}, 0, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	s.invite("tom@example.com")
	l := s.sent(s.owner.Workspace)
	if l.State != letter.Sent {
		t.Fatalf("got %+v", l)
	}
	s.get("/settings/outbox").want(http.StatusOK).has("Come and work in Harbour City Cars", "tom@example.com", "Tom &lt;b&gt;", "Kept here", "/settings/outbox/"+l.ID).lacks("/invitation/", "Sent<")
	v := s.get("/settings/outbox/"+l.ID).want(http.StatusOK).has("Owner invites you to work with Harbour City Cars", "Harbour desk", "desk@harbour.example", "Open its link")
	link := regexp.MustCompile(`/invitation/[A-Za-z0-9_-]+`).FindString(v.body)
	s.get(link).want(http.StatusOK).has("You were invited as tom@example.com")
	s.get("/settings/outbox/ltr_00000000000000000000000009").want(http.StatusNotFound)
}

// TestLettersToWhoSignsInAreOnlySeenWhereNobodyElseIs: their links would let an
// Admin of one workspace into all others.
func TestLettersToWhoSignsInAreOnlySeenWhereNobodyElseIs(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.post("/forgotten", url.Values{"email": {ownerEmail}}).want(http.StatusOK)
	l := s.sent("")
	s.get("/settings/outbox").want(http.StatusOK).has("To who signs in", "Choose a new password")
	s.get("/settings/outbox/" + l.ID).want(http.StatusOK).has("/reset/")
	if _, err := s.h.Workspaces.Create(t.Context(), workspace.Draft{Name: "Next door", Mode: workspace.Test}, s.h.Now()); err != nil {
		t.Fatal(err)
	}
	s.get("/settings/outbox").want(http.StatusOK).lacks("To who signs in", l.ID)
	s.get("/settings/outbox/" + l.ID).want(http.StatusNotFound).lacks("/reset/")
}

// TestOnlyAdminsReadLetters: an invitation's link would make anybody an Admin.
func TestOnlyAdminsReadLetters(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.invite("tom@example.com")
	l := s.sent(s.owner.Workspace)
	almost := s.owner
	almost.Grants = slices.DeleteFunc(access.All(), func(g access.Grant) bool { return g == access.RevealSecrets })
	bound := s.owner
	bound.Locations = []string{"loc_1"}
	other := s.owner
	other.Workspace = "wsp_other"
	if w, err := s.h.Workspaces.Create(t.Context(), workspace.Draft{Name: "Next door", Mode: workspace.Test}, s.h.Now()); err != nil {
		t.Fatal(err)
	} else {
		other.Workspace = w.ID
	}
	for name, tt := range map[string]struct {
		actor  access.Actor
		status int
	}{"may all but one thing": {almost, http.StatusForbidden}, "works at one location": {bound, http.StatusForbidden}, "is Admin elsewhere": {other, http.StatusNotFound}} {
		c := apitest.Serve(t, s.h.App, time.Now, tt.actor, console.Routes)
		if a := c.Want(tt.status, http.MethodGet, "/settings/outbox/"+l.ID, ""); strings.Contains(a.Body, "/invitation/") {
			t.Errorf("who %s reads the link", name)
		}
		if a := c.Do(http.MethodGet, "/settings/outbox", ""); strings.Contains(a.Body, "tom@example.com") {
			t.Errorf("who %s sees the letter", name)
		}
	}
	c := apitest.Serve(t, s.h.App, time.Now, almost, console.Routes)
	if a := c.Want(http.StatusOK, http.MethodGet, "/", ""); strings.Contains(a.Body, `href="/settings/outbox"`) {
		t.Error("the navigation leads where one may not go")
	}
}

// TestWhereLettersLeaveTheirTextsAreNotShown: the log stays.
func TestWhereLettersLeaveTheirTextsAreNotShown(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.invite("tom@example.com")
	l := s.sent(s.owner.Workspace)
	s.h.Outbox = nil // as with -smtp
	s.get("/settings/outbox").want(http.StatusOK).has("Letters go to the mail server.", "tom@example.com", "Sent")
	s.get("/settings/outbox/" + l.ID).want(http.StatusOK).has("it went to its reader alone").lacks("/invitation/")
}

// TestWhoMayPutItRightIsToldThatAnEndpointIsDisabled: one letter each, written
// with the change.
func TestWhoMayPutItRightIsToldThatAnEndpointIsDisabled(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	ctx := t.Context()
	role, err := s.h.Members.CreateRole(ctx, s.owner, member.RoleDetails{Name: "Desk", Grants: []access.Grant{access.ViewWebhooks}}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	for email, r := range map[string]string{"second@example.com": "rol_admin", "desk@example.com": role.ID} {
		if _, err := s.h.Members.Found(ctx, s.owner.Workspace, email, "Somebody", s.h.Now()); err != nil {
			t.Fatal(err)
		}
		if r == role.ID {
			s.demote(email, r)
		}
	}
	gone, err := s.h.Inboxes.Create(ctx, s.owner, inbox.Settings{}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	status := http.StatusGone
	if _, err := s.h.Inboxes.Change(ctx, s.owner, gone.ID, inbox.Settings{Status: &status}); err != nil {
		t.Fatal(err)
	}
	e, _, err := s.h.Webhooks.Register(ctx, s.owner, webhook.Registration{URL: gone.URL}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	l := s.sent(s.owner.Workspace) // of its own birth the endpoint is told, and answers 410
	if l.Kind != letter.EndpointDisabled || l.State != letter.Sent || l.Page != "/settings/webhooks/endpoints/"+e.ID {
		t.Errorf("got %+v", l)
	}
	all, _, err := s.h.Letters.List(ctx, s.owner.Workspace, "", 10)
	var to []string
	for _, l := range all {
		to = append(to, l.Email)
	}
	slices.Sort(to)
	if err != nil || strings.Join(to, " ") != ownerEmail+" second@example.com" {
		t.Errorf("letters went to %v, %v; want who may manage webhooks", to, err)
	}
	s.get(l.Page).want(http.StatusOK).has("Enable")
	s.get("/settings/outbox/"+l.ID).want(http.StatusOK).has("Webhooks are no longer sent to", "410", l.Page)
}

// demote gives somebody another role.
func (s *site) demote(email, role string) {
	s.t.Helper()
	all, _, err := s.h.Members.List(s.t.Context(), s.owner, member.Filter{Q: email}, "", 1)
	if err != nil || len(all) != 1 {
		s.t.Fatalf("%v %v", all, err)
	}
	_, err = s.h.Members.Edit(s.t.Context(), s.owner, all[0].ID, func(d *member.Details) error { d.Role = role; return nil }, 0, s.h.Now())
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestFeaturesAreSwitchedOnTheirPage(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.get("/settings/features").want(http.StatusOK).has("Bulk pricing of assets and packages", "Website signup company details", "Prices on the vehicle itself").lacks("Switch off")
	s.post("/settings/features/bulk_price_import", url.Values{"on": {"1"}}).want(http.StatusOK).has("The feature is on.", "Switch off")
	if on, err := s.h.Workspaces.Enabled(t.Context(), s.owner.Workspace, workspace.BulkPriceImport); !on || err != nil {
		t.Errorf("got %v %v", on, err)
	}
	s.post("/settings/features/bulk_price_import", url.Values{"on": {"0"}}).want(http.StatusOK).has("The feature is off.").lacks("Switch off")
	s.post("/settings/features/teleport", url.Values{"on": {"1"}}).want(http.StatusNotFound)
}

// TestTheChecklistLeadsToPagesThatAreThere: a step that this product can do is
// done on a page of this console.
func TestTheChecklistLeadsToPagesThatAreThere(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	steps, err := s.h.Onboarding.Steps(t.Context(), s.owner)
	if err != nil || len(steps) < 5 {
		t.Fatalf("got %v %v", steps, err)
	}
	home := s.get("/").want(http.StatusOK).has("Get started")
	if strings.Index(home.body, "Get started") > strings.Index(home.body, `id="stats"`) {
		t.Error("what is to be done first is below the figures")
	}
	for _, step := range steps {
		home.has(step.Text)
		if step.Done {
			t.Errorf("%s is done in an empty workspace", step.Name)
		}
		if step.Page != "" && !slices.ContainsFunc(console.Routes, func(r api.Route) bool { return r.Path == step.Page }) {
			t.Errorf("%s leads to %s, which is no page", step.Name, step.Page)
		}
	}
	s.fill()
	s.invite("tom@example.com")
	steps, err = s.h.Onboarding.Steps(t.Context(), s.owner)
	for _, step := range steps {
		if done := step.Name != "workspace_details" && step.Name != "location"; step.Done != done {
			t.Errorf("%s is done: %v", step.Name, step.Done)
		}
	}
	if err != nil {
		t.Error(err)
	}
}

func TestThereIsAdviceWhereWorkspacesAreChosen(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	for _, path := range []string{"/workspaces", "/settings/workspace"} {
		s.get(path).want(http.StatusOK).has("One workspace or several?", "with as many locations as you like", "Nothing moves from one workspace to another.")
	}
}
