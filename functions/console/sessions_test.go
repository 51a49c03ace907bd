package console_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"motorpool/functions"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apikey"
	"motorpool/shared/member"
)

const planted = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

// TestASessionCannotBeFixed plants a token before somebody signs in, and looks
// whether the one they have changes whenever what it opens does.
func TestASessionCannotBeFixed(t *testing.T) {
	s := still(t)
	s.must(s.h.Identities.SetPassword(t.Context(), s.owner.ID, password))
	tokens := map[string]bool{planted: true}
	fresh := func(when string) {
		t.Helper()
		if tokens[s.cookie()] {
			t.Errorf("%s: the token stayed", when)
		}
		for old := range tokens {
			s.elsewhere().bring(old).get("/assets").lacks("Harbour City Cars")
		}
		tokens[s.cookie()] = true
	}
	s.bring(planted)
	s.post("/sign-in", form("email", ownerEmail, "password", password)).want(http.StatusOK)
	fresh("signed in")
	s.post("/sign-in", form("email", ownerEmail, "password", password)).want(http.StatusOK)
	fresh("signed in again") // and the session that the browser had has ended
	s.post(s.asked(), nil).want(http.StatusOK)
	fresh("signed in by a link")
	s.found("Alpine Vans", ownerEmail)
	s.wait(time.Second)
	s.post("/workspaces", form("workspace", s.owner.Workspace)).want(http.StatusOK)
	fresh("in another workspace")
	page := s.post("/account/phone", nil).want(http.StatusOK)
	secret := regexp.MustCompile(`[A-Z2-7]{32}`).FindString(page.body)
	s.post("/account/phone/confirm", form("code", s.code(secret))).want(http.StatusOK)
	fresh("after a code")
	s.post("/account/password", form("old", password, "password", "four deaf cats")).want(http.StatusOK).has("You have a new password")
	fresh("with a new password")
}

func TestANewPasswordEndsTheOtherSessions(t *testing.T) {
	s := still(t)
	s.secured()
	there := s.elsewhere()
	there.post("/sign-in", form("email", ownerEmail, "password", password)).want(http.StatusOK)
	s.post("/account/password", form("old", "wrong wrong wrong", "password", "four deaf cats")).want(http.StatusUnprocessableEntity).has("This is not your password.")
	there.get("/").want(http.StatusOK).has("Get started")
	s.post("/account/password", form("old", password, "password", "four deaf cats")).want(http.StatusOK)
	if at := there.get("/").at; at != "/sign-in" {
		t.Errorf("the other session is at %s", at)
	}
	s.get("/").want(http.StatusOK).has("Get started")
}

func TestPeopleSeeAndEndTheirSessions(t *testing.T) {
	s := still(t)
	s.secured()
	one, two := s.elsewhere(), s.elsewhere()
	one.from, two.from = "198.51.100.1", "198.51.100.2"
	for _, there := range []*site{one, two} {
		there.post("/sign-in", form("email", ownerEmail, "password", password)).want(http.StatusOK)
	}
	page := s.get("/account").want(http.StatusOK).has("198.51.100.1", "198.51.100.2", "This browser", "Harbour City Cars", ownerEmail)
	ends := regexp.MustCompile(`action="(/account/sessions/[^"]+/end)"`).FindAllStringSubmatch(page.body, -1)
	if len(ends) != 2 {
		t.Fatalf("%d sessions to end, want 2", len(ends))
	}
	eve, _ := s.hire("eve@example.com", member.Admin)
	eve.post(ends[0][1], nil).want(http.StatusNotFound)
	one.get("/").has("Get started")
	s.post(ends[0][1], nil).want(http.StatusOK).has("That browser is signed out.")
	if at := one.get("/").at; at != "/sign-in" {
		t.Errorf("at %s", at)
	}
	two.get("/").has("Get started")
	s.post("/account/sessions/end", nil).want(http.StatusOK).has("Everywhere else you are signed out.")
	if at := two.get("/").at; at != "/sign-in" {
		t.Errorf("at %s", at)
	}
	s.get("/").has("Get started")
}

// TestDisabledInOneWorkspaceIsOutOfThatOneOnly: sessions and keys.
func TestDisabledInOneWorkspaceIsOutOfThatOneOnly(t *testing.T) {
	s := still(t)
	s.signIn()
	tom, m := s.hire("tom@example.com", member.Admin)
	two := s.found("Alpine Vans", "tom@example.com")
	s.wait(time.Minute)
	_, here, err := s.h.Keys.Create(t.Context(), access.Actor{Kind: "user", ID: m.ID, Workspace: s.owner.Workspace, Grants: access.All()}, apikey.Request{Name: "Toms"}, s.h.Now())
	s.must(err)
	_, there, err := s.h.Keys.Create(t.Context(), access.Actor{Kind: "user", ID: m.ID, Workspace: two.ID, Grants: access.All()}, apikey.Request{Name: "Toms"}, s.h.Now())
	s.must(err)
	in := tom.elsewhere()
	in.post("/sign-in", form("email", "tom@example.com", "password", password)).want(http.StatusOK).has("Choose a workspace")
	in.post("/workspaces", form("workspace", two.ID)).want(http.StatusOK).has("Alpine Vans")
	if s.call(here, "/v1/assets") != 200 || s.call(there, "/v1/assets") != 200 {
		t.Fatal("the keys do not work")
	}
	s.wait(time.Minute)
	s.post("/settings/users/"+m.ID+"/disable", nil).want(http.StatusOK).has("The user is disabled")
	if at := tom.get("/assets").at; at != "/workspaces" {
		t.Errorf("here: at %s, want the chooser", at)
	}
	tom.get("/workspaces").has("Alpine Vans").lacks("Harbour City Cars")
	in.get("/assets").want(http.StatusOK).has("Alpine Vans")
	if got := s.call(here, "/v1/assets"); got != 401 {
		t.Errorf("the key here: got %d", got)
	}
	if got := s.call(there, "/v1/assets"); got != 200 {
		t.Errorf("the key there: got %d", got)
	}
	s.wait(time.Minute)
	s.post("/settings/users/"+m.ID+"/enable", nil).want(http.StatusOK)
	if at := tom.get("/assets").at; at != "/workspaces" {
		t.Errorf("after they were enabled: at %s", at)
	}
	if got := s.call(here, "/v1/assets"); got != 401 {
		t.Errorf("the key after they were enabled: got %d", got)
	}
}

// TestEveryFormIsRefusedFromOtherSites posts every form there is as a browser would
// from another site; signing in is one of them.
func TestEveryFormIsRefusedFromOtherSites(t *testing.T) {
	s := still(t)
	s.secured()
	forms := 0
	for _, r := range functions.Routes() {
		if r.Door == api.KeyDoor || r.Method == http.MethodGet || r.Method == "" {
			continue
		}
		forms++
		path := regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(r.Path, "x")
		for _, from := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
			req, err := http.NewRequestWithContext(t.Context(), r.Method, s.h.URL+path, strings.NewReader("email="+ownerEmail))
			s.must(err)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set(from[0], from[1])
			res, err := s.http.Do(req)
			s.must(err)
			res.Body.Close()
			if res.StatusCode != http.StatusForbidden || len(res.Cookies()) > 0 {
				t.Errorf("%s with %s %s: got %d", r.Name, from[0], from[1], res.StatusCode)
			}
		}
	}
	if forms < 50 {
		t.Errorf("%d forms were tried", forms)
	}
}

// TestProvingWhoOneIsIsCounted: an open form that is not must be harmless to post
// as often as one likes.
func TestProvingWhoOneIsIsCounted(t *testing.T) {
	t.Parallel()
	harmless := "account_name inspection_judge phone_begin session_end session_end_all sign_out upload_take workspace_enter"
	for _, r := range functions.Routes() {
		name, console := strings.CutPrefix(r.Name, "console.")
		if console && r.Door == api.OpenDoor && r.Method == http.MethodPost && r.Attempt == strings.Contains(" "+harmless+" ", " "+name+" ") {
			t.Errorf("%s: counted is %v", r.Name, r.Attempt)
		}
	}
}

// TestNoPageCanBeFramed: not those that are refused either.
func TestNoPageCanBeFramed(t *testing.T) {
	s := still(t)
	quiet := s.elsewhere()
	quiet.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s.signIn()
	for _, v := range []view{
		s.get("/"), s.get("/settings/users"), s.get("/settings/roles"), s.get("/account"), s.get("/account/phone"), s.get("/workspaces"), s.get("/settings/users/usr_x"),
		quiet.get("/sign-in"), quiet.get("/sign-in/link"), quiet.get("/forgotten"), quiet.get("/invitation/x"), quiet.get("/reset/x"), quiet.get("/sign-in/x"),
		quiet.get("/assets"), quiet.post("/sign-in", form("email", "x@example.com", "password", "x")), quiet.get("/account"),
	} {
		if csp := v.header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") || !strings.Contains(csp, "form-action 'self'") ||
			v.header.Get("Cache-Control") != "no-store" || v.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", v.at, v.header)
		}
	}
}

// TestTheCookieIsForOurPagesAlone signs in through a proxy that speaks TLS.
func TestTheCookieIsForOurPagesAlone(t *testing.T) {
	s := still(t)
	s.must(s.h.Identities.SetPassword(t.Context(), s.owner.ID, password))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.h.URL+"/sign-in", strings.NewReader(form("email", ownerEmail, "password", password).Encode()))
	s.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-Proto", "https")
	res, err := http.DefaultTransport.RoundTrip(r)
	s.must(err)
	res.Body.Close()
	c := res.Cookies()[0]
	if len(res.Cookies()) != 1 || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || len(c.Value) < 26 {
		t.Errorf("got %+v", c)
	}
}
