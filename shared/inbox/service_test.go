package inbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/inbox"
	"motorpool/shared/signature"
	"motorpool/shared/table/embed/embedtest"
)

var (
	start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	we    = access.Actor{Workspace: "wsp_we"}
	they  = access.Actor{Workspace: "wsp_they"}
)

// endpoints are the keys of the endpoints that tests pretend to have, by workspace and URL.
type endpoints map[string][]signature.Key

func (e endpoints) KeysFor(_ context.Context, workspace, url string, _ time.Time) ([]signature.Key, error) {
	if strings.Contains(url, "broken") {
		return nil, errors.New("no key service")
	}
	return e[workspace+" "+url], nil
}

// newService makes a service in a file whose clock the test moves.
func newService(t *testing.T) (*inbox.Service, *atomic.Pointer[time.Time]) {
	t.Helper()
	now := new(atomic.Pointer[time.Time])
	now.Store(&start)
	tbl := embedtest.Open(t, func() time.Time { return *now.Load() })
	return &inbox.Service{
		Table: tbl, NewID: ident.Counting(), NewToken: ident.Secret, Secrets: endpoints{}, BaseURL: "https://motorpool.example",
	}, now
}

func create(t *testing.T, s *inbox.Service) *inbox.Inbox {
	t.Helper()
	i, err := s.Create(t.Context(), we, inbox.Settings{}, start)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func snapshot(body string, headers ...string) inbox.Request {
	r := httptest.NewRequest(http.MethodPost, "/inbox/x?a=1", strings.NewReader(body))
	for n := 0; n+1 < len(headers); n += 2 {
		r.Header.Add(headers[n], headers[n+1])
	}
	return inbox.Snapshot(r)
}

func TestATestURLKeepsWhatItReceives(t *testing.T) {
	s, _ := newService(t)
	i := create(t, s)
	if i.URL != "https://motorpool.example/inbox/"+i.Token || len(i.Token) < 26 || i.Status != 200 || !i.Expires.Equal(start.Add(7*24*time.Hour)) {
		t.Errorf("got %+v", i)
	}
	body := "{\"n\": 9007199254740993 }\x00\xff"
	if _, err := s.Receive(t.Context(), i.Token, snapshot(body, "X-A", "1", "Cookie", "secret"), start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	got, next, err := s.Requests(t.Context(), we, i.ID, "", 10)
	if err != nil || next != "" || len(got) != 1 {
		t.Fatalf("got %d requests, next %q, %v", len(got), next, err)
	}
	r := got[0]
	if string(r.Body) != body || r.Method != "POST" || r.Query != "a=1" || r.Header.Get("X-A") != "1" || r.Answered != 200 || !r.At.Equal(start.Add(time.Minute)) {
		t.Errorf("got %+v", r)
	}
	if r.Header.Get("Cookie") != "(not kept)" {
		t.Errorf("a cookie is kept: %v", r.Header)
	}
	if i, err = s.Get(t.Context(), we, i.ID); err != nil || i.Received != 1 || !i.Last.Equal(start.Add(time.Minute)) {
		t.Errorf("got %+v, %v", i, err)
	}
}

func TestTheOldestRequestGoesFirst(t *testing.T) {
	s, _ := newService(t)
	i := create(t, s)
	for n := range inbox.MaxRequests + 7 {
		if _, err := s.Receive(t.Context(), i.Token, snapshot(fmt.Sprint(n)), start.Add(time.Duration(n)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	var bodies []string
	for cursor, more := "", true; more; more = cursor != "" {
		page, next, err := s.Requests(t.Context(), we, i.ID, cursor, 33)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page {
			bodies = append(bodies, string(r.Body))
		}
		cursor = next
	}
	if len(bodies) != inbox.MaxRequests || bodies[0] != "106" || bodies[len(bodies)-1] != "7" {
		t.Errorf("got %d: %v", len(bodies), bodies)
	}
}

func TestWhatIsTooLargeIsCutAndSaysSo(t *testing.T) {
	s, _ := newService(t)
	i := create(t, s)
	for _, tt := range []struct {
		body, header int
		bodyCut      bool
		headerCut    bool
	}{
		{256 << 10, 2000, false, false},
		{inbox.MaxBody, 0, false, false},
		{inbox.MaxBody + 1, 0, true, false},
		{1 << 20, inbox.MaxHeader, true, true},
		{inbox.MaxBody, inbox.MaxHeader / 2, false, true}, // \u003c takes six bytes
	} {
		in := snapshot(strings.Repeat("x", tt.body), "X-Long", strings.Repeat("<", tt.header), "A-First", "1")
		if _, err := s.Receive(t.Context(), i.Token, in, start.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		got, _, err := s.Requests(t.Context(), we, i.ID, "", 1)
		if err != nil {
			t.Fatal(err)
		}
		r := got[0]
		if len(r.Body) != min(tt.body, inbox.MaxBody) || r.BodyCut != tt.bodyCut || r.Size != int64(tt.body) || r.HeaderCut != tt.headerCut || r.Header.Get("A-First") != "1" {
			t.Errorf("%d bytes: kept %d of %d, cut %t, header cut %t", tt.body, len(r.Body), r.Size, r.BodyCut, r.HeaderCut)
		}
	}
}

func TestItShowsWhetherTheSignatureVerifies(t *testing.T) {
	s, _ := newService(t)
	i, bare := create(t, s), create(t, s)
	secret, err := signature.NewSecret(bytes.NewReader(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	other, err := signature.NewSecret(strings.NewReader(strings.Repeat("o", 32)))
	if err != nil {
		t.Fatal(err)
	}
	s.Secrets = endpoints{"wsp_we " + i.URL: {secret.Key()}}
	signed := func(by signature.Secret, at time.Time, body string) []string {
		h := signature.Sign([]signature.Secret{by}, "dlv_1", at, []byte(body))
		return []string{"webhook-id", h.ID, "webhook-timestamp", h.Timestamp, "webhook-signature", h.Signature}
	}
	for _, tt := range []struct {
		name    string
		token   string
		body    string
		headers []string
		want    string
	}{
		{"by the endpoint", i.Token, "{}", signed(secret, start, "{}"), inbox.Verified},
		{"by another secret", i.Token, "{}", signed(other, start, "{}"), inbox.Mismatch},
		{"other bytes", i.Token, "{ }", signed(secret, start, "{}"), inbox.Mismatch},
		{"long ago", i.Token, "{}", signed(secret, start.Add(-time.Hour), "{}"), inbox.Mismatch},
		{"unsigned", i.Token, "{}", nil, inbox.Unsigned},
		{"no endpoint", bare.Token, "{}", signed(secret, start, "{}"), inbox.NoEndpoint},
		{"too large", i.Token, strings.Repeat(" ", inbox.MaxBody+1), signed(secret, start, "{}"), inbox.Unknown},
	} {
		if _, err := s.Receive(t.Context(), tt.token, snapshot(tt.body, tt.headers...), start); err != nil {
			t.Fatal(err)
		}
		id := map[string]string{i.Token: i.ID, bare.Token: bare.ID}[tt.token]
		got, _, err := s.Requests(t.Context(), we, id, "", 1)
		if err != nil || got[0].Signature.State != tt.want || got[0].Signature.Why == "" {
			t.Errorf("%s: got %+v, %v", tt.name, got[0].Signature, err)
		}
	}
}

func TestItAnswersWhatItIsTold(t *testing.T) {
	s, _ := newService(t)
	i := create(t, s)
	status, delay := 503, 20*time.Millisecond
	if _, err := s.Change(t.Context(), we, i.ID, inbox.Settings{Status: &status, Delay: &delay}); err != nil {
		t.Fatal(err)
	}
	w, began := httptest.NewRecorder(), time.Now()
	s.Serve(w, httptest.NewRequest("PUT", "/", strings.NewReader("x")), i.Token, start)
	if w.Code != 503 || time.Since(began) < delay {
		t.Errorf("got %d after %s", w.Code, time.Since(began))
	}
	for n, bad := range []inbox.Settings{{Status: new(199)}, {Status: new(600)}, {Delay: new(31 * time.Second)}, {Delay: new(-time.Second)}, {Name: new(strings.Repeat("x", 101))}} {
		if _, err := s.Change(t.Context(), we, i.ID, bad); fault.KindOf(err) != fault.Invalid {
			t.Errorf("bad settings %d: got %v", n, err)
		}
	}
	w = httptest.NewRecorder()
	s.Serve(w, httptest.NewRequest("POST", "/", nil), "no-such-token", start)
	if w.Code != http.StatusNotFound {
		t.Errorf("an unknown token: got %d", w.Code)
	}
}

func TestAnotherWorkspacesInboxIsNotFound(t *testing.T) {
	s, _ := newService(t)
	i := create(t, s)
	_, errGet := s.Get(t.Context(), they, i.ID)
	_, errChange := s.Change(t.Context(), they, i.ID, inbox.Settings{Status: new(500)})
	_, _, errRequests := s.Requests(t.Context(), they, i.ID, "", 10)
	_, errNone := s.Get(t.Context(), we, "inb_00000000000000000000000099")
	_, errOdd := s.Get(t.Context(), we, "GUARD")
	for n, err := range []error{errGet, errChange, errRequests, errNone, errOdd} {
		if fault.CodeOf(err) != "inbox.not_found" || err.Error() != errNone.Error() {
			t.Errorf("%d: got %v", n, err)
		}
	}
	if list, err := s.List(t.Context(), they); err != nil || len(list) != 0 {
		t.Errorf("they see %d inboxes, %v", len(list), err)
	}
	if got, err := s.Find(t.Context(), i.Token); err != nil || got.ID != i.ID {
		t.Errorf("whoever knows the token finds %v, %v", got, err)
	}
}

func TestABrowserWantsThePage(t *testing.T) {
	r := httptest.NewRequest("GET", "/inbox/x", nil)
	if inbox.WantsPage(r) {
		t.Error("a sender is taken for a browser")
	}
	r.Header.Set("Accept", "text/html,application/xhtml+xml")
	if !inbox.WantsPage(r) {
		t.Error("a browser is taken for a sender")
	}
	r.Method = "POST"
	if inbox.WantsPage(r) {
		t.Error("a form that is posted is no look")
	}
}
