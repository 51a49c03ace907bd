package span

import "testing"

func TestDaysAreCountedByTheCalendar(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from string
		days int
		want string
	}{
		{"2026-02-28", 1, "2026-03-01"},
		{"2024-02-28", 1, "2024-02-29"},
		{"2026-01-01", -1, "2025-12-31"},
		{"2025-11-14", 180, "2026-05-13"},
		{"2026-10-04", 1, "2026-10-05"},
	} {
		d, err := ParseDate(tt.from)
		if got := d.Plus(tt.days).String(); got != tt.want || err != nil {
			t.Errorf("%s and %d days: got %s, %v, want %s", tt.from, tt.days, got, err, tt.want)
		}
	}
}
