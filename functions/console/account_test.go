package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"motorpool/shared/member"
	"motorpool/shared/workspace"
)

const password = "three blind mice"

// letter is the path in the latest letter; an empty workspace is none.
func (s *site) letter(workspace string) string {
	s.t.Helper()
	all, _, err := s.h.Letters.List(s.t.Context(), workspace, "", 1)
	if err != nil || len(all) == 0 {
		s.t.Fatalf("no letter: %v", err)
	}
	l, err := s.h.Letters.Read(s.t.Context(), workspace, all[0].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return l.Link
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestAPasswordIsResetByALinkAndSignsIn(t *testing.T) {
	t.Parallel()
	s := open(t)
	known := s.post("/forgotten", form("email", ownerEmail)).want(http.StatusOK)
	unknown := s.post("/forgotten", form("email", "nobody@example.com")).want(http.StatusOK)
	if known.body != unknown.body || !strings.Contains(known.body, "Look into your inbox") {
		t.Error("the answer tells who is known")
	}
	link := s.letter("")
	for range 2 {
		s.get(link).want(http.StatusOK).has("Set a new password")
	}
	s.post(link, form("password", "short")).want(http.StatusUnprocessableEntity).has("at least 12 characters")
	s.post(link, form("password", password)).want(http.StatusOK).has("Get started")
	s.get(link).want(http.StatusUnauthorized).has("This link works no more")
	s.post(link, form("password", "another good one")).want(http.StatusUnauthorized)
	s.post("/sign-out", nil)
	wrong := s.post("/sign-in", form("email", ownerEmail, "password", "no")).want(http.StatusUnauthorized)
	stranger := s.post("/sign-in", form("email", "nobody@example.com", "password", "no")).want(http.StatusUnauthorized)
	if strings.ReplaceAll(wrong.body, ownerEmail, "") != strings.ReplaceAll(stranger.body, "nobody@example.com", "") {
		t.Error("the answer tells who is known")
	}
	s.post("/sign-in", form("email", ownerEmail, "password", password)).want(http.StatusOK).has("Get started")
}

func TestAnInvitedPersonSetsAPasswordAndIsIn(t *testing.T) {
	t.Parallel()
	s := open(t)
	if _, err := s.h.Members.Invite(t.Context(), s.owner, "tom@example.com", member.Details{Name: "Tom <b>", Role: member.Admin}, s.h.Now()); err != nil {
		t.Fatal(err)
	}
	link := s.letter(s.owner.Workspace)
	s.get(link).want(http.StatusOK).has("Join Harbour City Cars")
	s.post(link, form("password", "123456789012")).want(http.StatusUnprocessableEntity).has("tried first")
	s.post(link, form("password", password)).want(http.StatusOK).has("Get started")
	s.get(link).want(http.StatusUnauthorized)
}

func TestAWorkspaceIsChosenAndTheTokenChanges(t *testing.T) {
	t.Parallel()
	s := open(t)
	two, err := s.h.Workspaces.Create(t.Context(), workspace.Draft{Name: "Alpine Vans", Mode: workspace.Test}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.h.Workspaces.Create(t.Context(), workspace.Draft{Name: "Strangers", Mode: workspace.Test}, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.h.LetIn(t.Context(), two.ID, ownerEmail, s.h.Now()); err != nil {
		t.Fatal(err)
	}
	s.signIn()
	before := s.cookie()
	s.get("/workspaces").want(http.StatusOK).has("Alpine Vans").has("Harbour City Cars")
	s.post("/workspaces", form("workspace", other.ID)).want(http.StatusNotFound)
	s.post("/workspaces", form("workspace", two.ID)).want(http.StatusOK).has("Alpine Vans")
	if after := s.cookie(); after == before || after == "" {
		t.Error("the session kept its token")
	}
	if _, err := s.h.Sessions.Authenticate(t.Context(), before, s.h.Now()); err == nil {
		t.Error("the token from before still works")
	}
	if _, err := s.h.Members.Found(t.Context(), two.ID, "boss@example.com", "Boss", s.h.Now()); err != nil {
		t.Fatal(err)
	}
	boss := s.owner
	boss.ID, boss.Workspace = "usr_none", two.ID
	if _, err := s.h.Members.Disable(t.Context(), boss, s.owner.ID, 0, s.h.Now()); err != nil {
		t.Fatal(err)
	}
	if at := s.get("/assets").want(http.StatusOK).at; at != "/workspaces" {
		t.Errorf("disabled there: at %s, want /workspaces", at)
	}
	s.post("/workspaces", form("workspace", s.owner.Workspace)).want(http.StatusOK).has("Harbour City Cars")
}

// cookie is the session's token.
func (s *site) cookie() string {
	at, _ := url.Parse(s.h.URL)
	for _, c := range s.http.Jar.Cookies(at) {
		if c.Name == "mp_session" {
			return c.Value
		}
	}
	return ""
}

func TestAStrictWorkspaceSendsPeopleToSetUpTheirPhone(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	yes := true
	if _, err := s.h.Workspaces.Change(t.Context(), s.owner, workspace.Changes{RequireMFA: &yes}, 0, s.h.Now()); err != nil {
		t.Fatal(err)
	}
	if at := s.get("/assets").want(http.StatusOK).at; at != "/account/phone" {
		t.Fatalf("at %s, want /account/phone", at)
	}
	page := s.post("/account/phone", nil).want(http.StatusOK).has("<svg class=\"qr\"")
	secret := regexp.MustCompile(`[A-Z2-7]{32}`).FindString(page.body)
	s.post("/account/phone/confirm", form("code", "000000")).want(http.StatusUnprocessableEntity)
	code, err := totp.GenerateCode(secret, s.h.Now())
	if err != nil {
		t.Fatal(err)
	}
	s.post("/account/phone/confirm", form("code", code)).want(http.StatusOK).has("Keep these codes")
	s.get("/assets").want(http.StatusOK).has("Harbour City Cars")
	s.post("/sign-out", nil)
	s.post("/sign-in/"+s.link(), nil).want(http.StatusOK).has("One more thing")
}
