package api_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"motorpool/shared/api"
	"motorpool/shared/app"
)

// TestAnAddressMayAttemptSoOften: whatever it says of itself, unless it is a proxy
// on the machine that says for whom it asks.
func TestAnAddressMayAttemptSoOften(t *testing.T) {
	t.Parallel()
	edge := &api.Edge{App: &app.App{}, Now: time.Now, Log: slog.New(slog.DiscardHandler), Doors: api.Rate{PerSecond: 0.001, Burst: 2}}
	h := edge.Handler([]api.Route{
		{Name: "console.try", Method: "POST", Path: "/try", Door: api.OpenDoor, Attempt: true, Handle: api.Page(func(context.Context, *api.Call, form) (api.Answer, error) { return api.Redirect("/"), nil })},
		{Name: "console.free", Method: "POST", Path: "/free", Door: api.OpenDoor, Handle: api.Page(func(context.Context, *api.Call, form) (api.Answer, error) { return api.Redirect("/"), nil })},
	})
	for _, tt := range []struct {
		path, from, says string
		status           int
	}{
		{"/try", "192.0.2.1:1", "", 303},
		{"/try", "192.0.2.1:2", "198.51.100.1", 303}, // what a stranger says is not believed
		{"/try", "192.0.2.1:3", "198.51.100.2", 429},
		{"/free", "192.0.2.1:3", "", 303},
		{"/try", "192.0.2.2:1", "", 303},
		{"/try", "127.0.0.1:1", "10.0.0.1, 198.51.100.9", 303},
		{"/try", "127.0.0.1:1", "10.0.0.2, 198.51.100.9", 303}, // the proxy wrote the last one
		{"/try", "[::1]:1", "10.0.0.3, 198.51.100.9", 429},
		{"/try", "127.0.0.1:1", "nonsense", 303},
		{"/try", "[2001:db8::1]:1", "", 303},
		{"/try", "[2001:db8::2]:1", "", 303},
		{"/try", "[2001:db8::3]:1", "", 429}, // one customer has them all
		{"/try", "[2001:db8:0:1::1]:1", "", 303},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, tt.path, strings.NewReader(""))
		r.RemoteAddr = tt.from
		if tt.says != "" {
			r.Header.Set("X-Forwarded-For", tt.says)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.status || tt.status == 429 && w.Header().Get("Retry-After") == "" {
			t.Errorf("%s from %s for %q: got %d, want %d", tt.path, tt.from, tt.says, w.Code, tt.status)
		}
	}
}
