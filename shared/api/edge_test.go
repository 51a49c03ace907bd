package api_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/fault"
)

// tokens are authenticators that know one token each.
type tokens map[string]access.Actor

func (k tokens) Authenticate(_ context.Context, token string, _ time.Time) (access.Actor, error) {
	a, ok := k[token]
	if !ok {
		return a, fault.New(fault.Unauthenticated, "auth.key", "This API key is not valid.")
	}
	return a, nil
}

var hello = template.Must(template.New("hello").Parse(`<p>Hello {{.Name}}</p>{{.Missing}}`))

type form struct {
	ID    string   `path:"id"`
	Tab   string   `query:"tab"`
	Name  string   `form:"name"`
	Seats int      `form:"seats"`
	Year  int      `form:"year"`
	Hire  bool     `form:"hire"`
	Tags  []string `form:"tags"`
}

// office is a console of two pages; what the last form said is in got.
func office(t *testing.T, edge *api.Edge) (c *apitest.Client, got *form) {
	got = &form{}
	edge.App, edge.Now = &app.App{}, func() time.Time { return apitest.Now }
	edge.Who = api.Doors(tokens{"mp_test_1": editor}, tokens{"s1": editor}, edge.Now)
	return apitest.At(t, edge, append([]api.Route{
		{Name: "console.hello", Method: "GET", Path: "/hello/{id}", Door: api.SessionDoor, Handle: api.Page(func(_ context.Context, _ *api.Call, in form) (api.Answer, error) {
			if in.ID == "broken" {
				return api.HTML(hello, "hello", struct{ Name string }{in.ID}), nil
			}
			return api.HTML(hello, "hello", map[string]string{"Name": in.ID + in.Tab, "Missing": ""}).With("HX-Trigger", "x"), nil
		})},
		{Name: "console.save", Method: "POST", Path: "/hello/{id}", Door: api.SessionDoor, MaxBody: 200, Handle: api.Page(func(_ context.Context, c *api.Call, in form) (api.Answer, error) {
			*got = in
			return api.Redirect("/hello/"+in.ID).With("Set-Cookie", c.SessionCookie("", time.Time{})), nil
		})},
		{Name: "console.enter", Method: "POST", Path: "/enter", Door: api.OpenDoor, Handle: api.Page(func(_ context.Context, c *api.Call, _ form) (api.Answer, error) {
			return api.Redirect("/").With("Set-Cookie", c.SessionCookie("s1", apitest.Now)), nil
		})},
	}, things...)), got
}

const cookie = "mp_session=s1"

func TestDoorsAskForTheRightProof(t *testing.T) {
	c, _ := office(t, &api.Edge{})
	for _, tt := range []struct {
		name, path, header, value string
		status                    int
	}{
		{"a key", "/v1/things", "Authorization", "Bearer mp_test_1", 200},
		{"a key, scheme in capitals", "/v1/things", "Authorization", "BEARER mp_test_1", 200},
		{"no key", "/v1/things", "X-Nothing", "", 401},
		{"a wrong key", "/v1/things", "Authorization", "Bearer mp_test_2", 401},
		{"no scheme", "/v1/things", "Authorization", "mp_test_1", 401},
		{"another scheme", "/v1/things", "Authorization", "Basic mp_test_1", 401},
		{"nothing after the scheme", "/v1/things", "Authorization", "Bearer ", 401},
		{"a session for a key", "/v1/things", "Cookie", cookie, 401},
		{"a session", "/hello/a", "Cookie", cookie, 200},
		{"no session", "/hello/a", "X-Nothing", "", 401},
		{"an old session", "/hello/a", "Cookie", "mp_session=s0", 401},
		{"a key for a session", "/hello/a", "Authorization", "Bearer mp_test_1", 401},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := c.Want(tt.status, "GET", tt.path, "", tt.header, tt.value)
			asks := a.Header.Get("WWW-Authenticate")
			if want := tt.status == 401 && tt.path == "/v1/things"; (asks == `Bearer realm="motorpool"`) != want {
				t.Errorf("WWW-Authenticate: %q", asks)
			}
		})
	}
}

func TestEachCallerHasARate(t *testing.T) {
	who := editor
	edge := &api.Edge{
		App: &app.App{}, Now: func() time.Time { return apitest.Now }, Rate: api.Rate{PerSecond: 0.001, Burst: 3},
		Who: func(*http.Request, api.Door) (access.Actor, error) { return who, nil },
	}
	c := apitest.At(t, edge, things)
	for left := range 3 {
		a := c.Want(200, "GET", "/v1/things", "")
		if got := a.Header.Get("RateLimit-Remaining"); got != fmt.Sprint(2-left) || a.Header.Get("RateLimit-Limit") != "3" {
			t.Errorf("remaining: %s", got)
		}
	}
	a := c.Want(429, "GET", "/v1/things", "")
	if a.JSON["code"] != "rate.limited" || a.Header.Get("Retry-After") == "" || a.Header.Get("RateLimit-Reset") == "0" {
		t.Errorf("got %s %v", a.Body, a.Header)
	}
	who.ID = "key_2"
	c.Want(200, "GET", "/v1/things", "")
	who.Workspace = "wsp_2"
	c.Want(200, "GET", "/v1/things", "")
}

func TestLogHasNoSecrets(t *testing.T) {
	var log bytes.Buffer
	edge := &api.Edge{Log: slog.New(slog.NewJSONHandler(&log, nil))}
	var seen []string
	edge.Observe = func(route string, status int, _ time.Duration) { seen = append(seen, fmt.Sprint(route, status)) }
	c, _ := office(t, edge)
	c.Do("POST", "/v1/things/thg_1?dry=true", `{"name":"hunter2"}`, "Authorization", "Bearer mp_test_1", "Request-Id", "r-1")
	c.Do("GET", "/v1/things?cursor=hunter2", "", "Authorization", "Bearer mp_test_hunter2", "Cookie", "mp_session=hunter2")
	c.Do("GET", "/v1/things/secret/break", "", "Authorization", "Bearer mp_test_1")
	c.Do("GET", "/nowhere/hunter2", "")
	text := log.String()
	if strings.Contains(strings.ReplaceAll(text, errSecret.Error(), ""), "hunter2") || strings.Contains(text, "mp_test_") {
		t.Errorf("a secret is in the log:\n%s", text)
	}
	for _, want := range []string{`"route":"things.put"`, `"actor":"key_1"`, `"workspace":"wsp_1"`, `"status":201`, `"request":"r-1"`, `"ms":`, errSecret.Error()} {
		if !strings.Contains(text, want) {
			t.Errorf("the log lacks %s:\n%s", want, text)
		}
	}
	if got := strings.Join(seen, " "); got != "things.put201 things.list401 things.break500 none404" {
		t.Errorf("observed: %s", got)
	}
}

func TestPagesAreGuarded(t *testing.T) {
	c, _ := office(t, &api.Edge{})
	a := c.Want(200, "GET", "/hello/a?tab=b", "", "Cookie", cookie)
	csp := a.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("CSP lacks %s: %s", want, csp)
		}
	}
	if a.Body != "<p>Hello ab</p>" || a.Header.Get("HX-Trigger") != "x" || a.Header.Get("Referrer-Policy") != "same-origin" || a.Header.Get("Cache-Control") != "no-store" || strings.Contains(csp, "unsafe") {
		t.Errorf("got %q %v", a.Body, a.Header)
	}
	a = c.Want(500, "GET", "/hello/broken", "", "Cookie", cookie)
	if strings.Contains(a.Body, "Hello") || !strings.Contains(a.Header.Get("Content-Type"), "text/html") {
		t.Errorf("a template that fails sent half a page: %q", a.Body)
	}
}

func (f form) post() string {
	return url.Values{"name": {f.Name}, "seats": {fmt.Sprint(f.Seats)}, "hire": {"on"}, "tags": f.Tags}.Encode()
}

func TestFormsAreReadAndAnsweredWithARedirect(t *testing.T) {
	c, got := office(t, &api.Edge{})
	want := form{ID: "a", Tab: "x", Name: "Ute & Söhne", Seats: 5, Hire: true, Tags: []string{"p", "q"}}
	post := func(body string, headers ...string) apitest.Answer {
		return c.Do("POST", "/hello/a?tab=x&name=no", body, append(headers, "Cookie", cookie, "Content-Type", "application/x-www-form-urlencoded")...)
	}
	a := post(want.post())
	if a.Status != 303 || a.Header.Get("Location") != "/hello/a" || !reflect.DeepEqual(*got, want) {
		t.Errorf("got %d %v %+v", a.Status, a.Header, *got)
	}
	if a := post(want.post(), "HX-Request", "true"); a.Status != 204 || a.Header.Get("HX-Redirect") != "/hello/a" {
		t.Errorf("htmx: got %d %v", a.Status, a.Header)
	}
	a = post("seats=many&year=MMXX")
	if a.Status != 422 || !strings.Contains(a.Body, "seats: Give a whole number.") || !strings.Contains(a.Body, "year: Give a whole number.") {
		t.Errorf("got %d %s", a.Status, a.Body)
	}
	for body, status := range map[string]int{"seats=%zz": 422, "name=%E2%80%AEevil": 422, "tags=a&tags=b%E2%80%8B": 422, "name=%ff": 422, "name=" + strings.Repeat("x", 300): 413} {
		if a := post(body); a.Status != status {
			t.Errorf("%s: got %d %s", body, a.Status, a.Body)
		}
	}
}

// TestFormsOfOtherSitesAreRefused sends what a browser would send along.
func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	c, got := office(t, &api.Edge{})
	for site, status := range map[string]int{"cross-site": 403, "same-site": 403, "same-origin": 303, "none": 303} {
		for _, path := range []string{"/hello/a", "/enter"} {
			*got = form{}
			a := c.Do("POST", path, "name=x", "Cookie", cookie, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", site)
			if a.Status != status || status == 403 && got.Name != "" {
				t.Errorf("%s from %s: got %d", path, site, a.Status)
			}
		}
	}
	c.Want(403, "POST", "/hello/a", "", "Cookie", cookie, "Origin", "https://evil.example")
}

func TestProblemsOfPagesAreShownAsPages(t *testing.T) {
	var seen *api.Problem
	c, _ := office(t, &api.Edge{ErrorPage: func(w http.ResponseWriter, r *http.Request, p *api.Problem) {
		seen = p
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	}})
	c.Want(303, "GET", "/hello/a", "")
	if seen == nil || seen.Status != 401 || seen.Code != "auth.session" || seen.Request == "" {
		t.Errorf("got %+v", seen)
	}
	if a := c.Want(401, "GET", "/v1/things", ""); a.JSON == nil {
		t.Errorf("a program got a page: %s", a.Body)
	}
	c.Want(303, "GET", "/nowhere", "", "Accept", "text/html,*/*;q=0.8")
	if seen.Code != "route.not_found" {
		t.Errorf("got %+v", seen)
	}
	c.Want(404, "GET", "/v1/nowhere", "", "Accept", "text/html")
	c.Want(404, "GET", "/nowhere", "", "Accept", "application/json")
}

func TestSessionCookieIsOnlyForOurPages(t *testing.T) {
	c, _ := office(t, &api.Edge{})
	enter := func(headers ...string) string {
		return c.Want(303, "POST", "/enter", "", headers...).Header.Get("Set-Cookie")
	}
	if got := enter(); got != "mp_session=s1; Path=/; Expires=Sun, 01 Mar 2026 09:00:00 GMT; HttpOnly; SameSite=Lax" {
		t.Errorf("got %s", got)
	}
	if got := enter("X-Forwarded-Proto", "https"); !strings.HasSuffix(got, "; HttpOnly; Secure; SameSite=Lax") {
		t.Errorf("over https: %s", got)
	}
	a := c.Want(303, "POST", "/hello/a", "", "Cookie", cookie)
	if got := a.Header.Get("Set-Cookie"); !strings.Contains(got, "mp_session=;") || !strings.Contains(got, "Max-Age=0") {
		t.Errorf("signing out: %s", got)
	}
}

func TestActorSurvivesAnAuthorizer(t *testing.T) {
	want := access.Actor{Kind: "api_key", ID: "key_1", Name: "CRM; 'x' é", Workspace: "wsp_1", Grants: access.All(), Locations: []string{"loc_1", "loc_2"}}
	m := api.ActorContext(want)
	if got, ok := api.ActorFrom(m); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	for _, missing := range []string{"type", "workspace"} {
		m := api.ActorContext(want)
		delete(m, missing)
		if _, ok := api.ActorFrom(m); ok {
			t.Errorf("an actor without %s was let in", missing)
		}
	}
	if _, ok := api.ActorFrom(nil); ok {
		t.Error("nobody was let in")
	}
}

func TestPanicIsLoggedAndAbortIsNot(t *testing.T) {
	var log bytes.Buffer
	edge := &api.Edge{App: &app.App{}, Now: time.Now, Log: slog.New(slog.NewTextHandler(&log, nil))}
	h := edge.Handler([]api.Route{{Name: "x.raw", Path: "/x/{how}", Door: api.OpenDoor, Handle: api.Raw(func(w http.ResponseWriter, r *http.Request, _ *api.Call) {
		if r.PathValue("how") == "late" {
			fmt.Fprint(w, "half an ")
		}
		if r.PathValue("how") == "abort" {
			panic(http.ErrAbortHandler)
		}
		panic(errors.New("boom"))
	})}})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/x/late", nil))
	if w.Body.String() != "half an " || !strings.Contains(log.String(), "boom") || !strings.Contains(log.String(), "edge_test.go") {
		t.Errorf("got %q, log %s", w.Body.String(), log.String())
	}
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("recovered %v", v)
		}
	}()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/x/abort", nil))
}

// TestBodyThatBreaksOffIsTold sends less than was announced.
func TestBodyThatBreaksOffIsTold(t *testing.T) {
	h := serve(t).Handler()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/v1/things/t", iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(`{"name":"U"}`))))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 400 || !strings.Contains(w.Body.String(), `"request.incomplete"`) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}
