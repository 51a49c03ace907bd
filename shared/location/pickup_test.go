package location

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/form"
	"motorpool/shared/span"
)

func date(s string) span.Date {
	d, err := span.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func clock(s string) span.Clock {
	c, err := span.ParseClock(s)
	if err != nil {
		panic(err)
	}
	return c
}

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

var sydney = zone("Australia/Sydney")

// wall is the instant at which a clock in Sydney shows s: "2026-03-02 09:00".
func wall(s string) time.Time {
	day, at, _ := strings.Cut(s, " ")
	return date(day).At(clock(at), sydney)
}

func from(opens, closes string) Opening { return Opening{clock(opens), clock(closes)} }

// shop is one: nine to five, Saturdays until noon, closed on Sundays, at
// Christmas, and from 30 December to 1 January.
func shop() Calendar {
	day := []Opening{from("09:00", "17:00")}
	return Calendar{
		Week{Monday: day, Tuesday: day, Wednesday: day, Thursday: day, Friday: day, Saturday: []Opening{from("09:00", "12:00")}},
		[]Closure{
			{From: date("2020-12-25"), To: date("2020-12-26"), Yearly: true, Label: "Christmas"},
			{From: date("2020-12-30"), To: date("2021-01-01"), Yearly: true, Label: "New Year"},
			{From: date("2026-03-09"), Label: "Stocktaking"},
		},
	}
}

func TestTheLeadTimeCountsBusinessDays(t *testing.T) {
	t.Parallel()
	three := clock("15:00")
	for _, tt := range []struct {
		name string
		lead int
		now  string
		want string
	}{
		{"three business days", 3, "2026-03-02 10:00", "2026-03-05"},
		{"today, late in the evening, before the first business day", 1, "2026-03-01 23:59", "2026-03-03"},
		{"the minute before the cut-off", 3, "2026-03-02 14:59", "2026-03-05"},
		{"at the cut-off today is not counted", 3, "2026-03-02 15:00", "2026-03-06"},
		{"Sunday is no business day, so Friday, Saturday, Monday", 3, "2026-03-20 10:00", "2026-03-24"},
		{"asked on a Sunday", 1, "2026-03-22 10:00", "2026-03-24"},
		{"stocktaking on Monday the 9th", 2, "2026-03-06 10:00", "2026-03-10"},
		{"over the year's end: 29, 2, 4", 3, "2026-12-29 10:00", "2027-01-05"},
		{"over Christmas: 24, 28, 29, then New Year", 3, "2026-12-24 10:00", "2027-01-02"},
		{"Saturday after the cut-off", 1, "2026-03-21 15:00", "2026-03-24"},
	} {
		r := PickupRule{LeadTimeDays: tt.lead, CutOff: &three}
		if got, ok := r.Earliest(shop(), sydney, wall(tt.now)); !ok || got != date(tt.want) {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	shut := Calendar{Closures: []Closure{{From: date("2026-01-01"), To: date("2036-01-01")}}}
	if got, ok := (PickupRule{LeadTimeDays: 1}).Earliest(shut, sydney, wall("2026-03-02 10:00")); ok {
		t.Errorf("what is closed for ten years opens on %s", got)
	}
}

func TestAPickupIsAllowedOrItIsSaidWhyNot(t *testing.T) {
	t.Parallel()
	three := clock("15:00")
	rule := PickupRule{LeadTimeDays: 3, CutOff: &three, MinNotice: Length{24, "hours"}, MaxAdvance: Length{4, "weeks"}}
	for _, tt := range []struct {
		name string
		ask  Ask
		code string
		says string
	}{
		{"the first day", Ask{At: wall("2026-03-05 09:00")}, "", ""},
		{"the day before the first", Ask{At: wall("2026-03-04 16:00")}, "lead_time", "The first day is Thursday 5 March 2026"},
		{"staff sets the lead time aside", Ask{At: wall("2026-03-02 16:00"), IgnoreLead: true}, "", ""},
		{"yesterday", Ask{At: wall("2026-03-01 16:00")}, "past", "past"},
		{"a Sunday", Ask{At: wall("2026-03-08 10:00")}, "closed", "Closed on Sundays."},
		{"a closed day", Ask{At: wall("2026-03-09 10:00")}, "closed", "Closed: Stocktaking."},
		{"at opening", Ask{At: wall("2026-03-06 09:00")}, "", ""},
		{"a minute before opening", Ask{At: wall("2026-03-06 08:59")}, "hours", "closed at that time"},
		{"at closing", Ask{At: wall("2026-03-06 17:00")}, "hours", "closed at that time"},
		{"the last day", Ask{At: wall("2026-03-30 16:59")}, "", ""},
		{"the day after the last", Ask{At: wall("2026-03-31 09:00")}, "too_far", "at most 4 weeks"},
		{"24 hours after the booking before", Ask{At: wall("2026-03-11 11:00"), Free: wall("2026-03-10 11:00")}, "", ""},
		{"a minute less", Ask{At: wall("2026-03-11 10:59"), Free: wall("2026-03-10 11:00")}, "notice", "It is free from 11:00 on Wednesday 11 March 2026"},
		{"staff cannot set the notice aside", Ask{At: wall("2026-03-11 10:59"), Free: wall("2026-03-10 11:00"), IgnoreLead: true}, "notice", "24 hours"},
	} {
		tt.ask.Now = wall("2026-03-02 10:00")
		got := rule.Pickup(shop(), sydney, false, tt.ask)
		if got.OK != (tt.code == "") || got.Code != tt.code || !strings.Contains(got.Reason, tt.says) {
			t.Errorf("%s: got %+v, want %q %q", tt.name, got, tt.code, tt.says)
		}
	}
	free := PickupRule{}.Pickup(Calendar{}, sydney, false, Ask{Now: wall("2026-03-02 10:00"), At: wall("2036-03-02 03:00")})
	if !free.OK {
		t.Errorf("no rule and no hours: got %+v", free)
	}
	late := PickupRule{}.Pickup(shop(), sydney, true, Ask{Now: wall("2026-03-02 10:00"), At: wall("2026-03-03 22:00")})
	if !late.OK || !late.AfterHours {
		t.Errorf("after hours, for the fee: got %+v", late)
	}
}

func TestANightShiftIsOpenAcrossMidnight(t *testing.T) {
	t.Parallel()
	night := Calendar{Week{Friday: []Opening{from("08:00", "12:00"), from("20:00", "03:00")}}, nil}
	holiday := Calendar{night.Hours, []Closure{{From: date("2026-03-07")}}}
	for _, tt := range []struct {
		at          string
		open, given bool // on the Saturday being a holiday
	}{
		{"2026-03-06 07:59", false, false},
		{"2026-03-06 08:00", true, true},
		{"2026-03-06 12:00", false, false},
		{"2026-03-06 23:59", true, true},
		{"2026-03-07 02:59", true, false},
		{"2026-03-07 03:00", false, false},
	} {
		if got := night.Open(wall(tt.at), sydney); got != tt.open {
			t.Errorf("%s: got %v", tt.at, got)
		}
		if got := holiday.Open(wall(tt.at), sydney); got != tt.given {
			t.Errorf("%s, before a holiday: got %v", tt.at, got)
		}
	}
	if night.OpenOn(date("2026-03-07")) {
		t.Error("the end of Friday's night makes Saturday a business day")
	}
}

// TestClocksMayBePutForwardAndBack: in Sydney 2026-10-04 has 23 hours and
// 2026-04-05 has 25.
func TestClocksMayBePutForwardAndBack(t *testing.T) {
	t.Parallel()
	always := Calendar{}
	for _, tt := range []struct{ now, last string }{
		{"2026-10-03 12:00", "2026-10-04 13:00"}, // 24 hours pass
		{"2026-04-04 12:00", "2026-04-05 11:00"},
	} {
		r := PickupRule{MaxAdvance: Length{24, "hours"}, MinNotice: Length{1, "days"}}
		ask := Ask{Now: wall(tt.now), At: wall(tt.last)}
		if got := r.Pickup(always, sydney, false, ask); !got.OK {
			t.Errorf("%s to %s: got %+v", tt.now, tt.last, got)
		}
		ask.At = ask.At.Add(time.Second)
		if got := r.Pickup(always, sydney, false, ask); got.Code != "too_far" {
			t.Errorf("a second after %s: got %+v", tt.last, got)
		}
		ask = Ask{Now: wall(tt.now), Free: wall(tt.now), At: wall(tt.last).Add(-time.Second)}
		if got := r.Pickup(always, sydney, false, ask); got.Code != "notice" {
			t.Errorf("a second before %s: got %+v", tt.last, got)
		}
	}
	days := PickupRule{MaxAdvance: Length{1, "days"}}
	if got := days.Pickup(always, sydney, false, Ask{Now: wall("2026-10-03 00:00"), At: wall("2026-10-04 23:59")}); !got.OK {
		t.Errorf("the last minute of a short day: got %+v", got)
	}
}

func drawCalendar(t *rapid.T) Calendar {
	var cal Calendar
	for day := range 7 {
		if rapid.IntRange(0, 2).Draw(t, "openings") == 0 {
			continue
		}
		opens := span.Clock(rapid.IntRange(0, 23).Draw(t, "opens") * 60)
		closes := span.Clock(rapid.IntRange(1, 24).Draw(t, "closes") * 60)
		if opens != closes {
			*cal.Hours.On(time.Weekday(day)) = []Opening{{opens, closes}}
		}
	}
	for day := range 7 { // what overlaps with the next day is refused before it gets here
		d, c := Details{Hours: cal.Hours}, &form.Complaints{Noun: "location"}
		if d.checkHours(c); c.Err() != nil {
			*cal.Hours.On(time.Weekday(day)) = nil
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "closures") {
		first := date("2026-03-25").Plus(rapid.IntRange(0, 30).Draw(t, "first"))
		cal.Closures = append(cal.Closures, Closure{From: first, To: first.Plus(rapid.IntRange(0, 3).Draw(t, "more")), Yearly: rapid.Bool().Draw(t, "yearly")})
	}
	return cal
}

// TestADayMayBeChosenIfSomeTimeOfItMay compares Days with Pickup at every hour,
// over the end of daylight saving, in whole hours of rules.
func TestADayMayBeChosenIfSomeTimeOfItMay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cal, after := drawCalendar(t), rapid.Bool().Draw(t, "after hours")
		cutOff := span.Clock(rapid.IntRange(0, 24).Draw(t, "cut-off") * 60)
		r := PickupRule{
			LeadTimeDays: rapid.IntRange(0, 4).Draw(t, "lead"), CutOff: &cutOff,
			MinNotice:  Length{rapid.IntRange(0, 3).Draw(t, "notice"), rapid.SampledFrom(Units[:2]).Draw(t, "unit")},
			MaxAdvance: Length{rapid.IntRange(0, 20).Draw(t, "advance"), rapid.SampledFrom(Units).Draw(t, "unit")},
		}
		ask := Ask{Now: wall("2026-03-29 00:00").Add(time.Duration(rapid.IntRange(0, 14*24).Draw(t, "now")) * time.Hour)}
		if rapid.Bool().Draw(t, "before") {
			ask.Free = ask.Now.Add(time.Duration(rapid.IntRange(-48, 72).Draw(t, "free")) * time.Hour)
		}
		first := span.DateOf(ask.Now.In(sydney)).Plus(-1)
		for _, day := range r.Days(cal, sydney, after, ask, first, first.Plus(8)) {
			some := false
			for at := day.Date.At(0, sydney); at.Before(day.Date.At(span.Midnight, sydney)); at = at.Add(time.Hour) {
				ask.At = at
				got := r.Pickup(cal, sydney, after, ask)
				some = some || got.OK
				if got.OK && (at.Before(day.From) || !at.Before(day.To)) {
					t.Fatalf("%s is possible, and not within %s to %s", at, day.From, day.To)
				}
			}
			if some != day.OK || day.OK == (day.Reason != "") {
				t.Fatalf("%s: Days says %+v, some time of it may be chosen: %v", day.Date, day, some)
			}
		}
	})
}

func TestALaterAskIsNeverServedEarlier(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cal := drawCalendar(t)
		r := PickupRule{LeadTimeDays: rapid.IntRange(1, 10).Draw(t, "lead")}
		now := wall("2026-03-29 00:00").Add(time.Duration(rapid.IntRange(0, 1000).Draw(t, "now")) * time.Hour)
		a, ok := r.Earliest(cal, sydney, now)
		b, more := r.Earliest(cal, sydney, now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "later"))*time.Hour))
		if ok && more && b.Before(a) || ok && !cal.OpenOn(a) {
			t.Fatalf("asked at %s: %s, asked later: %s", now, a, b)
		}
	})
}
