package span

import (
	"encoding/json"
	"testing"
	"time"
)

func TestDatesAreDaysThatExist(t *testing.T) {
	t.Parallel()
	for in, ok := range map[string]bool{
		"": true, "2026-03-01": true, "2024-02-29": true, "0001-01-01": true, "9999-12-31": true,
		"2026-02-29": false, "2026-13-01": false, "2026-3-1": false, "0000-01-01": false, "01/03/2026": false,
		"2026-03-01T00:00:00Z": false, " 2026-03-01": false, "20260301": false, "10000-01-01": false,
	} {
		d, err := ParseDate(in)
		if (err == nil) != ok {
			t.Errorf("%q: got %v, %v; want it taken: %v", in, d, err, ok)
		}
		if err == nil && d.String() != in {
			t.Errorf("%q is written back as %q", in, d)
		}
	}
}

func TestDatesInJSON(t *testing.T) {
	t.Parallel()
	type doc struct {
		On Date `json:"on,omitzero"`
	}
	for _, in := range []string{`{"on":"2026-03-01"}`, `{}`} {
		var d doc
		if err := json.Unmarshal([]byte(in), &d); err != nil {
			t.Fatal(err)
		}
		if out, err := json.Marshal(d); string(out) != in || err != nil {
			t.Errorf("%s came back as %s, %v", in, out, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"on":"2026-02-30"}`), new(doc)); err == nil {
		t.Error("30 February was taken")
	}
}

func TestDatesAreInOrder(t *testing.T) {
	t.Parallel()
	sydney := time.FixedZone("AEDT", 11*60*60)
	d := DateOf(time.Date(2026, 3, 1, 1, 0, 0, 0, sydney))
	if want := (Date{2026, 3, 1}); d != want {
		t.Errorf("one in the morning in Sydney is %v, want %v", d, want)
	}
	if !(Date{2025, 12, 31}).Before(d) || d.Before(d) || d.Before(Date{2026, 2, 28}) {
		t.Error("days are not ordered by the calendar")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"", "2026-03-01", "2024-02-29", "x", "2026-02-30"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q was read as %v", s, d)
		}
	})
}
