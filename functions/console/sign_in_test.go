package console_test

import (
	"net/http"
	"testing"
)

func TestALinkSignsInOnceAndOnlyByTheButton(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := "/sign-in/" + s.link()
	for range 3 { // mail scanners open links
		s.get(link).want(http.StatusOK).has("Press the button")
	}
	if at := s.get("/assets").want(http.StatusOK).at; at != "/sign-in" {
		t.Errorf("a stranger is at %s, want /sign-in", at)
	}
	s.post(link, nil).want(http.StatusOK).has("Get started")
	s.post(link, nil).want(http.StatusUnauthorized).has("This link works no more")
	s.post("/sign-out", nil).want(http.StatusOK).has("You are signed out.")
	if at := s.get("/").want(http.StatusOK).at; at != "/sign-in" {
		t.Errorf("after signing out: at %s, want /sign-in", at)
	}
}

func TestOtherSitesCannotPostOurForms(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.h.URL+"/settings/webhooks/test-urls", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://evil.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	res, err := s.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("got %d, want 403", res.StatusCode)
	}
	s.get("/settings/webhooks/test-urls").has("No test URLs")
}
