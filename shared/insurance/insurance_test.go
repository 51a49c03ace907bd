package insurance

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/money"
	"motorpool/shared/span"
)

var moment = time.Date(2026, 11, 14, 6, 20, 0, 0, time.UTC)

// TestAClaimMovesAsTheMatrixSays: testdata/moves.txt has every pair.
func TestAClaimMovesAsTheMatrixSays(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/moves.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	to := strings.Fields(lines[0])
	pairs := 0
	for _, line := range lines[1:] {
		row := strings.Fields(line)
		for n, said := range row[1:] {
			c := &Claim{Stage: Stage(row[0]), Story: Story{Settled: money.Amount{Currency: "AUD"}}}
			err := c.Move(Stage(to[n]), moment)
			if (err == nil) != (said == "yes") || err != nil && c.Stage != Stage(row[0]) {
				t.Errorf("%s to %s: %v, want %s", row[0], to[n], err, said)
			}
			pairs++
		}
	}
	if want := len(Stages) * len(Stages); pairs != want {
		t.Errorf("%d pairs of %d", pairs, want)
	}
}

func TestASettledClaimSaysWhatWasPaid(t *testing.T) {
	t.Parallel()
	c := &Claim{Stage: Approved}
	if err := c.Move(Settled, moment); err == nil || c.Stage != Approved {
		t.Error("settled for nobody knows what")
	}
	c.Settled = money.Amount{Currency: "AUD"} // nothing was paid
	if err := c.Move(Settled, moment); err != nil || c.SettledAt != moment {
		t.Errorf("%v, %v", err, c.SettledAt)
	}
	if err := c.Tell(Story{IncidentOn: span.Date{Year: 2026, Month: 11, Day: 1}}, span.DateOf(moment)); err == nil {
		t.Error("what was paid is gone")
	}
}

func TestAPolicyIsInForceByTheDay(t *testing.T) {
	t.Parallel()
	p := &Policy{Terms: Terms{Start: on("2026-07-01"), End: on("2027-06-30"), Assets: []string{"ast_1"}}}
	for _, tt := range []struct {
		cancelled, day string
		want           State
	}{
		{"", "2026-06-30", Scheduled},
		{"", "2026-07-01", Active},
		{"", "2027-06-30", Active},
		{"", "2027-07-01", Expired},
		{"2026-12-31", "2026-12-31", Active},
		{"2026-12-31", "2027-01-01", Cancelled},
		{"2026-06-30", "2026-07-01", Cancelled},
		{"2026-12-31", "2028-01-01", Cancelled},
	} {
		p.CancelledOn = on(tt.cancelled)
		if got := p.State(on(tt.day)); got != tt.want {
			t.Errorf("cancelled %q, on %s: got %s, want %s", tt.cancelled, tt.day, got, tt.want)
		}
		if got := p.Covers("ast_1", on(tt.day)); got != (tt.want == Active) || p.Covers("ast_2", on(tt.day)) {
			t.Errorf("cancelled %q, on %s: covers %t", tt.cancelled, tt.day, got)
		}
	}
	p.CancelledOn = span.Date{}
	for _, day := range []string{"", "2026-06-29", "2027-06-30", "2027-07-01"} {
		if p.Cancel(on(day), moment) == nil {
			t.Errorf("cancelled on %q", day)
		}
	}
	if err := p.Cancel(on("2026-06-30"), moment); err != nil {
		t.Error(err)
	}
}

func on(s string) span.Date {
	d, _ := span.ParseDate(s)
	return d
}

// TestAnEndIsToldOncePerThreshold, whatever days the tick runs on: what was missed
// is made good by one telling, and nothing is told twice.
func TestAnEndIsToldOncePerThreshold(t *testing.T) {
	t.Parallel()
	end := on("2027-06-30")
	p := &Policy{Terms: Terms{Start: on("2026-07-01"), End: end}}
	play := func(days []int) (told []int, over int) {
		var was sent
		for _, d := range days {
			left, isOver, tell, now := due(p, was, end.Plus(-d))
			if !tell {
				continue
			}
			was = now
			if isOver {
				over++
			} else {
				told = append(told, left)
			}
		}
		return told, over
	}
	for _, tt := range []struct{ days, told []int }{
		{[]int{60, 31, 30, 29, 8, 7, 6, 1, 0, -1, -2}, []int{30, 7, 0}},
		{[]int{12, 12, 11, 5, 4, -1, -1}, []int{12, 5}},
		{[]int{3, 0, -1}, []int{3, 0}},
	} {
		if told, over := play(tt.days); !slices.Equal(told, tt.told) || over != 1 {
			t.Errorf("%v: told %v and %d times that it is over, want %v", tt.days, told, over, tt.told)
		}
	}
	if told, over := play([]int{-31, -40}); len(told)+over != 0 {
		t.Error("an end of long ago is told")
	}
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOf(rapid.IntRange(-60, 90)).Draw(t, "days")
		slices.Sort(days)
		slices.Reverse(days)
		if told, over := play(days); len(told) > len(daysBefore) || over > 1 {
			t.Fatalf("%v: told %v, over %d", days, told, over)
		}
	})
}

func TestARenewedPolicyIsToldAnew(t *testing.T) {
	t.Parallel()
	p := &Policy{Terms: Terms{Start: on("2026-07-01"), End: on("2027-06-30")}}
	_, _, _, was := due(p, sent{}, on("2027-06-30"))
	p.End = on("2028-06-30")
	if _, _, tell, _ := due(p, was, on("2027-07-01")); tell {
		t.Error("told a year before its end")
	}
	if days, _, tell, _ := due(p, was, on("2028-06-23")); !tell || days != 7 {
		t.Errorf("told %t, %d days", tell, days)
	}
	p.CancelledOn = on("2028-01-01")
	if _, _, tell, _ := due(p, was, on("2028-06-23")); tell {
		t.Error("a cancelled policy is told to end")
	}
}
