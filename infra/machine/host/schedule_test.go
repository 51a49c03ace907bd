package host

import (
	"testing"
	"time"

	"motorpool/shared/api"
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
		got, err := following(api.Tick{Schedule: tt.expression}, at)
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

// TestSchedulesFollowTheClocksOfTheirZone walks days on which clocks change. AWS:
// a time that is missing is left out, one that is there twice is used once.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
func TestSchedulesFollowTheClocksOfTheirZone(t *testing.T) {
	for _, tt := range []struct {
		name, schedule, zone, from string
		want                       []string
	}{
		{"no zone is UTC", "cron(0 3 * * ? *)", "", "2026-10-03T00:00:00Z", []string{"2026-10-03T03:00:00Z", "2026-10-04T03:00:00Z"}},
		{"Sydney, clocks forward at 2", "cron(30 2 * * ? *)", "Australia/Sydney", "2026-10-02T20:00:00Z", []string{"2026-10-04T15:30:00Z", "2026-10-05T15:30:00Z"}},
		{"Sydney, after the change", "cron(0 3 * * ? *)", "Australia/Sydney", "2026-10-02T20:00:00Z", []string{"2026-10-03T16:00:00Z", "2026-10-04T16:00:00Z"}},
		{"Sydney, clocks back at 3", "cron(30 2 * * ? *)", "Australia/Sydney", "2026-04-03T20:00:00Z", []string{"2026-04-04T15:30:00Z", "2026-04-05T16:30:00Z"}},
		{"Sydney, in the second of two hours", "cron(30 2 * * ? *)", "Australia/Sydney", "2026-04-04T16:10:00Z", []string{"2026-04-05T16:30:00Z"}},
		{"New York, every hour of a long day", "cron(0 0-3 1 11 ? 2026)", "America/New_York", "2026-11-01T00:00:00Z", []string{"2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z", "2026-11-01T07:00:00Z", "2026-11-01T08:00:00Z", "9999-12-31T00:00:00Z"}},
		{"Lord Howe, half an hour forward", "cron(15 2 * * ? *)", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", []string{"2026-10-04T15:15:00Z"}},
		{"a rate knows no zone", "rate(1 day)", "Australia/Sydney", "2026-10-03T00:00:00Z", []string{"2026-10-04T00:00:00Z", "2026-10-05T00:00:00Z"}},
	} {
		at, err := time.Parse(time.RFC3339, tt.from)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range tt.want {
			if at, err = following(api.Tick{Schedule: tt.schedule, Zone: tt.zone}, at); err != nil || at.UTC().Format(time.RFC3339) != want {
				t.Fatalf("%s, %d: got %s, %v; want %s", tt.name, i+1, at.UTC().Format(time.RFC3339), err, want)
			}
		}
	}
	if at, err := following(api.Tick{Schedule: "rate(1 day)", Zone: "Australia/Nowhere"}, time.Now()); err == nil {
		t.Errorf("a zone that there is not: got %s", at)
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
