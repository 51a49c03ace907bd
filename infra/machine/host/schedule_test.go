package host

import (
	"testing"
	"time"
)

func TestFollowingReadsEventBridgeExpressions(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 30, 15, 0, time.UTC) // a Sunday
	for _, tt := range []struct {
		expression string
		want       string // empty: refused
	}{
		{"rate(5 minutes)", "2026-03-01T09:35:15Z"},
		{"rate(1 hour)", "2026-03-01T10:30:15Z"},
		{"rate(1 day)", "2026-03-02T09:30:15Z"},
		{"cron(0 3 * * ? *)", "2026-03-02T03:00:00Z"},
		{"cron(31 9 * * ? *)", "2026-03-01T09:31:00Z"},
		{"cron(0 0 ? * 2#1 *)", "2026-03-02T00:00:00Z"},
		{"cron(0 0 L * ? *)", "2026-03-31T00:00:00Z"},
		{"rate(0 hours)", ""},
		{"rate(1 fortnight)", ""},
		{"every hour", ""},
		{"cron(nonsense)", ""},
	} {
		got, err := following(tt.expression, at)
		if tt.want == "" {
			if err == nil {
				t.Errorf("%s: got %s, want an error", tt.expression, got)
			}
			continue
		}
		if err != nil || got.Format(time.RFC3339) != tt.want {
			t.Errorf("%s: got %s, %v; want %s", tt.expression, got.Format(time.RFC3339), err, tt.want)
		}
	}
}

func TestTheTestClockTakesDurationsDaysAndInstants(t *testing.T) {
	for in, want := range map[string]time.Duration{"36h": 36 * time.Hour, "5s": 5 * time.Second, "30d": 720 * time.Hour, "1.5h": 90 * time.Minute} {
		if got, err := parseAdvance(in); err != nil || got != want {
			t.Errorf("%s: got %s, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", "d", "tomorrow", "3 days"} {
		if got, err := parseAdvance(in); err == nil {
			t.Errorf("%q: got %s, want an error", in, got)
		}
	}
}
