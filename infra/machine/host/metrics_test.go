package host

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"motorpool/shared/webhook"
)

// TestTheProductIsMeasured: the business counts into what /metrics shows.
func TestTheProductIsMeasured(t *testing.T) {
	h, err := Open(Config{Addr: "127.0.0.1:0", Data: t.TempDir(), Clock: RealClock(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if h.App.Webhooks.Meter != webhook.Meter(h.metrics) {
		t.Error("nobody counts deliveries")
	}
}

func TestWhatIsCountedCanBeScraped(t *testing.T) {
	m := newMetrics()
	m.Attempted(30*time.Millisecond, false)
	m.Attempted(15*time.Second, true)
	m.Attempted(15*time.Second, true)
	m.GaveUp()
	m.Disabled()
	m.Published(3)
	w := httptest.NewRecorder()
	m.handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	for _, want := range []string{
		`motorpool_delivery_attempt_seconds_count{outcome="succeeded"} 1`,
		`motorpool_delivery_attempt_seconds_count{outcome="failed"} 2`,
		`motorpool_delivery_attempt_seconds_bucket{outcome="succeeded",le="0.05"} 1`,
		`motorpool_deliveries_given_up_total 1`,
		`motorpool_endpoints_disabled_total 1`,
		`motorpool_events_published_total 3`,
	} {
		if !strings.Contains(w.Body.String(), want+"\n") {
			t.Errorf("/metrics does not say %s", want)
		}
	}
}
