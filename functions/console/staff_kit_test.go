package console_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"motorpool/infra/machine/host"
	"motorpool/shared/access"
	"motorpool/shared/location"
	"motorpool/shared/member"
	"motorpool/shared/workspace"
)

// still opens a site whose clock stands still until wait.
func still(t *testing.T) *site {
	t.Helper()
	t.Parallel()
	return openOn(t, host.TestClock(time.Now()))
}

// wait lets time go by.
func (s *site) wait(d time.Duration) {
	s.t.Helper()
	s.must(s.h.Advance(s.t.Context(), s.h.Now().Add(d)))
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// elsewhere is another browser on the same site, that nobody has signed in with.
func (s *site) elsewhere() *site {
	jar, _ := cookiejar.New(nil) // never fails
	other := *s
	other.http = &http.Client{Jar: jar, Timeout: s.http.Timeout}
	return &other
}

// bring sets the browser's session cookie.
func (s *site) bring(token string) *site {
	at, _ := url.Parse(s.h.URL)
	s.http.Jar.SetCookies(at, []*http.Cookie{{Name: "mp_session", Value: token, Path: "/"}})
	return s
}

// secured gives the owner a password, and comes in with it.
func (s *site) secured() *site {
	s.t.Helper()
	s.must(s.h.Identities.SetPassword(s.t.Context(), s.owner.ID, password))
	s.post("/sign-in", form("email", ownerEmail, "password", password)).want(http.StatusOK)
	return s
}

// enrolled gives the owner a password and an app, whose secret it returns with the
// recovery codes.
func (s *site) enrolled() (secret string, recovery []string) {
	s.t.Helper()
	s.secured()
	page := s.post("/account/phone", nil).want(http.StatusOK)
	secret = secretOf(page)
	page = s.post("/account/phone/confirm", form("code", s.code(secret))).want(http.StatusOK).has("Keep these codes")
	for _, m := range regexp.MustCompile(`<li>([a-z0-9]{10})</li>`).FindAllStringSubmatch(page.body, -1) {
		recovery = append(recovery, m[1])
	}
	return secret, recovery
}

// secretOf is what the page tells an app.
func secretOf(v view) string { return regexp.MustCompile(`[A-Z2-7]{32}`).FindString(v.body) }

// code is what the app shows now.
func (s *site) code(secret string) string {
	s.t.Helper()
	code, err := totp.GenerateCode(secret, s.h.Now())
	s.must(err)
	return code
}

// ticket gives the password, and returns what is needed to give a code.
func (s *site) ticket() string {
	s.t.Helper()
	page := s.post("/sign-in", form("email", ownerEmail, "password", password)).want(http.StatusOK).has("One more thing")
	_, rest, _ := strings.Cut(page.body, `name="ticket" value="`)
	ticket, _, _ := strings.Cut(rest, `"`)
	return ticket
}

// hire invites somebody, who accepts in a browser of their own.
func (s *site) hire(email, role string, locations ...string) (*site, *member.Member) {
	s.t.Helper()
	m, err := s.h.Members.Invite(s.t.Context(), s.owner, email, member.Details{Name: strings.ToUpper(email[:1]) + strings.Split(email[1:], "@")[0], Role: role, Locations: locations}, s.h.Now())
	s.must(err)
	other := s.elsewhere()
	other.post(s.letter(s.owner.Workspace), form("password", password)).want(http.StatusOK)
	return other, m
}

func (s *site) role(name string, grants ...access.Grant) string {
	s.t.Helper()
	r, err := s.h.Members.CreateRole(s.t.Context(), s.owner, member.RoleDetails{Name: name, Grants: grants}, s.h.Now())
	s.must(err)
	return r.ID
}

func (s *site) place(name string) string {
	s.t.Helper()
	l, err := s.h.Locations.Create(s.t.Context(), s.owner, location.Details{Name: name, Code: strings.ToUpper(name[:3])}, s.h.Now())
	s.must(err)
	return l.ID
}

// found makes another workspace, of which the owner is an Admin too, or somebody else is.
func (s *site) found(name, email string) *workspace.Workspace {
	s.t.Helper()
	w, err := s.h.Workspaces.Create(s.t.Context(), workspace.Draft{Name: name, Mode: workspace.Test}, s.h.Now())
	s.must(err)
	_, _, err = s.h.LetIn(s.t.Context(), w.ID, email, s.h.Now())
	s.must(err)
	return w
}

// call asks the API with a key.
func (s *site) call(key, path string) int {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.h.URL+path, nil)
	s.must(err)
	r.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(r)
	s.must(err)
	res.Body.Close()
	return res.StatusCode
}

const nobody = "usr_00000000000000000000000099"
