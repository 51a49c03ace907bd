package console_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"motorpool/infra/machine/host"
	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/inbox"
	"motorpool/shared/location"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// A site is the whole product, running on the embedded adapters, and a browser
// of somebody who has signed in.
type site struct {
	t     *testing.T
	h     *host.Host
	owner access.Actor
	http  *http.Client
	from  string // the address that the proxy before the site says requests come from; empty: none does
}

const ownerEmail = "owner@motorpool.example"

// open starts a site with an empty workspace. Its clock is the real one.
func open(t *testing.T) *site { t.Helper(); return openOn(t, host.RealClock()) }

func openOn(t *testing.T, clock *host.Clock) *site {
	t.Helper()
	h, err := host.Open(host.Config{Addr: "127.0.0.1:0", Data: t.TempDir(), Clock: clock, AllowPrivate: true, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	w, err := h.Workspaces.First(ctx, workspace.Draft{Name: "Harbour City Cars", Mode: workspace.Test, TimeZone: "Australia/Sydney"}, h.Now())
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil) // never fails
	s := &site{t: t, h: h, http: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
	if s.owner, _, err = h.LetIn(ctx, w.ID, ownerEmail, h.Now()); err != nil {
		t.Fatal(err)
	}
	return s
}

// signIn takes a link to a session, as a person does.
func (s *site) signIn() *site {
	s.t.Helper()
	s.post("/sign-in/"+s.link(), nil).want(http.StatusOK)
	return s
}

func (s *site) link() string {
	s.t.Helper()
	_, link, err := s.h.LetIn(s.t.Context(), s.owner.Workspace, ownerEmail, s.h.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	return link
}

// A view is a page as it came back.
type view struct {
	t      *testing.T
	status int
	at     string // where redirects led
	header http.Header
	body   string
}

func (s *site) get(path string) view {
	s.t.Helper()
	return s.do(http.MethodGet, path, nil)
}

func (s *site) post(path string, form url.Values) view {
	s.t.Helper()
	return s.do(http.MethodPost, path, form)
}

// add posts the form of a new asset, with what every asset needs unless the
// values have it.
func (s *site) add(form url.Values) view {
	s.t.Helper()
	n := s.h.Now()
	home, err := s.h.Locations.Create(s.t.Context(), s.owner, location.Details{Name: "Depot"}, n)
	if err != nil {
		s.t.Fatal(err)
	}
	category, err := s.h.Fleet.CreateCategory(s.t.Context(), s.owner, fleet.CategoryDetails{Name: "All cars"}, n)
	if err != nil {
		s.t.Fatal(err)
	}
	for name, value := range map[string]string{"vin": "SER-1", "year": "2024", "home_location": home.ID, "categories": category.ID} {
		if !form.Has(name) {
			form.Set(name, value)
		}
	}
	return s.post("/assets", form)
}

func (s *site) do(method, path string, form url.Values) view {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.h.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", s.h.URL)
	}
	if s.from != "" {
		r.Header.Set("X-Forwarded-For", s.from)
	}
	return s.send(r)
}

func (s *site) send(r *http.Request) view {
	s.t.Helper()
	res, err := s.http.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return view{s.t, res.StatusCode, res.Request.URL.RequestURI(), res.Header, string(b)}
}

// want stops the test unless the page came with this status.
func (v view) want(status int) view {
	v.t.Helper()
	if v.status != status {
		v.t.Fatalf("%s: got %d, want %d\n%s", v.at, v.status, status, v.body)
	}
	return v
}

// has reports what of these texts the page lacks.
func (v view) has(texts ...string) view {
	v.t.Helper()
	for _, text := range texts {
		if !strings.Contains(v.body, text) {
			v.t.Errorf("%s: lacks %q", v.at, text)
		}
	}
	return v
}

// lacks reports what of these texts the page has.
func (v view) lacks(texts ...string) view {
	v.t.Helper()
	for _, text := range texts {
		if strings.Contains(v.body, text) {
			v.t.Errorf("%s: has %q", v.at, text)
		}
	}
	return v
}

// after is the part of the page's address behind a prefix: the id of what was made.
func (v view) after(prefix string) string {
	v.t.Helper()
	id, ok := strings.CutPrefix(v.at, prefix)
	if !ok {
		v.t.Fatalf("got %s, want %s…", v.at, prefix)
	}
	id, _, _ = strings.Cut(id, "?")
	return id
}

// fill makes a believable workspace: a fleet, an endpoint that works and one
// that fails, with deliveries of both.
func (s *site) fill() (assets []*fleet.Asset, endpoints []*webhook.Endpoint, test *inbox.Inbox) {
	s.t.Helper()
	ctx, now := s.t.Context(), s.h.Now()
	must := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	test, err := s.h.Inboxes.Create(ctx, s.owner, inbox.Settings{}, now)
	must(err)
	broken, err := s.h.Inboxes.Create(ctx, s.owner, inbox.Settings{}, now)
	must(err)
	status := http.StatusServiceUnavailable
	_, err = s.h.Inboxes.Change(ctx, s.owner, broken.ID, inbox.Settings{Status: &status})
	must(err)
	for _, r := range []webhook.Registration{
		{URL: test.URL, Description: "Operations inbox"},
		{URL: broken.URL, Description: "CRM sync", Events: []string{"asset.archived", "category.*"}, RateLimit: 20, Headers: map[string]string{"X-Team": "crm"}, Asymmetric: true},
	} {
		e, _, err := s.h.Webhooks.Register(ctx, s.owner, r, now)
		must(err)
		endpoints = append(endpoints, e)
	}
	var small, suv *fleet.Category
	small, err = s.h.Fleet.CreateCategory(ctx, s.owner, fleet.CategoryDetails{Name: "Small", Description: "City cars for a day or a year"}, now)
	must(err)
	suv, err = s.h.Fleet.CreateCategory(ctx, s.owner, fleet.CategoryDetails{Name: "Small SUV", Parent: small.ID, ShowOnWebsite: true}, now)
	must(err)
	places := s.h.Fleet.Locations
	s.h.Fleet.Locations = nil // these are nowhere, and some are open for booking: as it was before there were locations
	for i, d := range fleetOf(small.ID, suv.ID) {
		a, err := s.h.Fleet.Create(ctx, s.owner, d, now)
		must(err)
		if i%3 != 2 {
			a, err = s.h.Fleet.SwitchBooking(ctx, s.owner, a.ID, true, 0, now)
			must(err)
		}
		assets = append(assets, a)
	}
	s.h.Fleet.Locations = places
	return assets, endpoints, test
}

func fleetOf(small, suv string) []fleet.AssetDetails {
	var out []fleet.AssetDetails
	for i, v := range []struct{ make, model, variant, colour, category string }{
		{"Toyota", "Corolla", "Ascent Sport", "Glacier White", small},
		{"Mazda", "CX-3", "Touring", "Soul Red", suv},
		{"Hyundai", "i30", "Active", "Amazon Grey", small},
		{"Kia", "Stonic", "GT-Line", "Signal Red", suv},
		{"Toyota", "Yaris Cross", "GXL Hybrid", "Mineral Blue", suv},
		{"MG", "MG4", "Excite 51", "Dover White", small},
	} {
		out = append(out, fleet.AssetDetails{
			Type: "car", Make: v.make, Model: v.model, Variant: v.variant, Colour: v.colour, Year: 2024 + i%3, Number: fmt.Sprintf("C-%03d", i+1),
			VIN: fmt.Sprintf("6T1BF3EK50X12345%d", i), Registration: fleet.Registration{Plate: fmt.Sprintf("CHC %02dA", i+10), State: "NSW"},
			Categories: []string{v.category}, PrimaryCategory: v.category, Transmission: "automatic", Seats: 5, Tags: []string{"airport"},
		})
	}
	return out
}

// until waits for what happens by itself in another goroutine.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); {
		if done() {
			return
		}
		select {
		case <-t.Context().Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("still waiting for %s", what)
}
