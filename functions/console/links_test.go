package console_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func (s *site) asked() string {
	s.t.Helper()
	s.post("/sign-in/link", form("email", ownerEmail)).want(http.StatusOK)
	return s.letter("")
}

// TestALinkCannotBeReplayed: one press lets in, whoever presses and wherever.
func TestALinkCannotBeReplayed(t *testing.T) {
	s := still(t)
	link := s.asked()
	phone, thief := s.elsewhere(), s.elsewhere()
	phone.get(link).want(http.StatusOK).has("You sign in as " + ownerEmail)
	phone.post(link, nil).want(http.StatusOK).has("Get started") // a link that was asked for on a desk may be followed on a phone
	for _, late := range []*site{thief, s, phone} {
		late.get(link).want(http.StatusUnauthorized).has("This link works no more")
		late.post(link, nil).want(http.StatusUnauthorized)
	}
}

// TestALinkLetsInOneOfThoseWhoPressAtOnce: a thief who is as fast as its owner
// has the link or has nothing.
func TestALinkLetsInOneOfThoseWhoPressAtOnce(t *testing.T) {
	s := still(t)
	link := s.asked()
	var in atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		browser := s.elsewhere()
		all.Go(func() {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.h.URL+link, nil)
			if err != nil {
				t.Error(err)
				return
			}
			req.Header.Set("Origin", s.h.URL)
			res, err := browser.http.Do(req)
			if err != nil {
				t.Error(err)
				return
			}
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				in.Add(1)
			}
		})
	}
	all.Wait()
	if in.Load() != 1 {
		t.Errorf("%d came in", in.Load())
	}
}

func TestALinkWorksForAnHour(t *testing.T) {
	s := still(t)
	first := s.asked()
	s.wait(time.Hour - time.Second)
	s.elsewhere().post(first, nil).want(http.StatusOK)
	second := s.asked()
	s.wait(time.Hour)
	s.elsewhere().post(second, nil).want(http.StatusUnauthorized)
}

// TestALinkIsForOnePurpose takes the token of each kind of link to the other doors.
func TestALinkIsForOnePurpose(t *testing.T) {
	s := still(t)
	token := func(link string) string { return link[strings.LastIndex(link, "/")+1:] }
	in := token(s.asked())
	s.post("/forgotten", form("email", ownerEmail))
	reset := token(s.letter(""))
	for path, tok := range map[string]string{"/reset/": in, "/invitation/": in, "/sign-in/": reset} {
		s.elsewhere().post(path+tok, form("password", "another good one")).want(http.StatusUnauthorized)
	}
	s.elsewhere().post("/sign-in/code", form("ticket", in, "code", "000000")).want(http.StatusUnauthorized)
	s.elsewhere().bring(in).get("/assets").want(http.StatusOK).lacks("Harbour City Cars") // a link is no session
}

// TestLettersLeadWhereWeAre asks for links under the name of another house.
func TestLettersLeadWhereWeAre(t *testing.T) {
	s := still(t)
	for _, path := range []string{"/sign-in/link", "/forgotten"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.h.URL+path, strings.NewReader(form("email", ownerEmail).Encode()))
		s.must(err)
		r.Host = "evil.example"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-Host", "evil.example")
		res, err := s.http.Do(r)
		s.must(err)
		res.Body.Close()
		if link := s.letter(""); !strings.HasPrefix(link, "/") || strings.HasPrefix(link, "//") || strings.Contains(link, "evil") {
			t.Errorf("%s: the letter leads to %s, want a path", path, link)
		}
	}
}

// TestSigningInLeadsToOurPagesOnly tries to be sent elsewhere after it.
func TestSigningInLeadsToOurPagesOnly(t *testing.T) {
	s := still(t)
	s.secured()
	for _, query := range []string{"?next=https://evil.example", "?next=//evil.example", "?to=/%5cevil.example", "?did=https://evil.example"} {
		if v := s.elsewhere().post("/sign-in"+query, form("email", ownerEmail, "password", password, "next", "https://evil.example")).want(http.StatusOK); v.at != "/" {
			t.Errorf("%s: at %s", query, v.at)
		}
		s.elsewhere().get("/sign-in" + query).lacks("evil.example")
	}
	quiet := s.elsewhere()
	quiet.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, path := range []string{"//evil.example", "//evil.example/assets", "/%5cevil.example", "/assets//evil.example"} {
		if to := quiet.get(path).header.Get("Location"); to != "" && to != "/sign-in" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//")) {
			t.Errorf("%s leads to %s", path, to)
		}
	}
}
