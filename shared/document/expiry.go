package document

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"motorpool/shared/form"
	"motorpool/shared/span"
)

// Settings say who is told before documents expire, type by type.
type Settings struct {
	Said
	Version   int64     `json:"-"`
	UpdatedAt time.Time `json:"updated_at,omitzero"`
}

// Said is what people say of the notices. All of it may be edited.
type Said struct {
	Rules    map[string]Rule `json:"rules" doc:"By type of document"`
	LiveOnly bool            `json:"live_bookings_only" doc:"Tell only people and companies that have a live booking"`
}

// Rule says when and to whom it is told that a document of a type expires.
type Rule struct {
	On         bool     `json:"on"`
	DaysBefore []int    `json:"days_before" nullable:"false" doc:"At most 10, from 0 to 365; 0 is the last day" example:"[30,7,0]"`
	Recipients []string `json:"recipients" nullable:"false" doc:"customer, manager and location" example:"[\"customer\",\"manager\"]"`
}

// Recipients are those who can be told.
var Recipients = []string{"customer", "manager", "location"}

// maxDaysBefore is how long before its last day a document is looked at.
const maxDaysBefore = 365

// Defaults are the settings of a workspace that has said nothing.
func Defaults() Settings {
	s := Settings{Said: Said{Rules: map[string]Rule{}, LiveOnly: true}}
	for _, typ := range Types {
		r := Rule{On: typ != "proof_of_address" && typ != "other", DaysBefore: []int{30, 7, 0}, Recipients: []string{"customer", "manager"}}
		if typ == "registration" || typ == "insurance" {
			r.Recipients = []string{"manager", "location"}
		}
		s.Rules[typ] = r
	}
	return s
}

func (s Said) check() error {
	c := &form.Complaints{Noun: "document"}
	for typ, r := range s.Rules {
		if !slices.Contains(Types, typ) {
			c.Add("rules", "There is no type of document %.40q.", typ)
			continue
		}
		at := "rules." + typ
		for i, n := range r.DaysBefore {
			if n < 0 || n > maxDaysBefore || slices.Contains(r.DaysBefore[:i], n) {
				c.Add(fmt.Sprintf("%s.days_before[%d]", at, i), "Give each number of days once, from 0 to %d.", maxDaysBefore)
			}
		}
		if len(r.DaysBefore) > 10 || r.On && len(r.DaysBefore) == 0 {
			c.Add(at+".days_before", "Give 1 to 10 numbers of days.")
		}
		for i, who := range r.Recipients {
			if !slices.Contains(Recipients, who) || slices.Contains(r.Recipients[:i], who) {
				c.Add(fmt.Sprintf("%s.recipients[%d]", at, i), "Choose from customer, manager and location, each once.")
			}
		}
		if r.On && len(r.Recipients) == 0 {
			c.Add(at+".recipients", "Choose at least one recipient, or switch this type off.")
		}
	}
	return c.Err()
}

// Sent is what one owner's people were told already.
type Sent struct {
	Last    span.Date            `json:"last,omitzero"` // the day of the last digest
	Told    map[string]span.Date `json:"told,omitempty"`
	Version int64                `json:"-"`
}

// A Notice is one document's threshold that has come: days left until its last
// day, below zero once it is over.
type Notice struct {
	Document *Document
	Days     int
	key      string
}

// Due is what there is to tell today of one owner's documents, and which of them
// are over and nobody was told as an event yet. It is told of each document:
//
//   - the latest threshold that has come, and none of those before it, so that
//     an outage is made good with one letter and not with three;
//   - only thresholds that came after the paper was handed in: who has just
//     handed it in knows;
//   - each once, by the day it expires: a paper that is good for longer begins a
//     new chain;
//   - nothing on a day on which there was a digest already.
func Due(docs []*Document, settings Settings, sent Sent, today span.Date) (notices, over []Notice) {
	for _, d := range docs {
		p := d.Paper
		if p.Expires.IsZero() || d.State != Submitted && d.State != Verified {
			continue
		}
		if key := told(d, "over"); d.State == Verified && p.Over(today) && days(p.Expires, today) <= maxDaysBefore && sent.Told[key].IsZero() {
			over = append(over, Notice{d, days(today, p.Expires), key})
		}
		rule := settings.Rules[d.Type]
		if !rule.On || sent.Last == today {
			continue
		}
		if n, ok := threshold(rule, p, today); ok && !toldSince(d, rule, sent, n) {
			notices = append(notices, Notice{d, days(today, p.Expires), told(d, fmt.Sprint(n))})
		}
	}
	return notices, over
}

// lapse is for how long after its last day it is told that a document expires,
// if nobody could be told before.
const lapse = 60

// threshold is the latest one of a rule that has come, and came after the paper.
func threshold(r Rule, p Submission, today span.Date) (least int, ok bool) {
	left, given := days(today, p.Expires), days(span.DateOf(p.At), p.Expires)
	if left < -lapse {
		return 0, false
	}
	for _, n := range r.DaysBefore {
		if left <= n && n < given && (!ok || n < least) {
			least, ok = n, true
		}
	}
	return least, ok
}

// toldSince reports whether this threshold or a later one was told.
func toldSince(d *Document, r Rule, sent Sent, n int) bool {
	return slices.ContainsFunc(r.DaysBefore, func(m int) bool { return m <= n && !sent.Told[told(d, fmt.Sprint(m))].IsZero() })
}

// told names one thing to tell of a paper that expires on its day.
func told(d *Document, what string) string {
	return d.ID + "/" + d.Paper.Expires.String() + "/" + what
}

// days is how many days there are from one to another.
func days(from, to span.Date) int {
	at := func(d span.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
	return int(at(to).Sub(at(from)) / (24 * time.Hour))
}

// join returns s with what an earlier log has told.
func (s Sent) join(earlier Sent) Sent {
	if s.Last.Before(earlier.Last) {
		s.Last = earlier.Last
	}
	s.Told = maps.Clone(s.Told)
	for key, on := range earlier.Told {
		if s.Told == nil {
			s.Told = map[string]span.Date{}
		}
		s.Told[key] = on
	}
	return s
}

// note returns s with what is told today, and without what nobody asks for any more.
func (s Sent) note(notices, over []Notice, today span.Date) Sent {
	next := Sent{Last: s.Last, Told: map[string]span.Date{}, Version: s.Version}
	for key, on := range s.Told {
		if days(on, today) <= 2*maxDaysBefore {
			next.Told[key] = on
		}
	}
	for _, n := range slices.Concat(notices, over) {
		next.Told[n.key] = today
	}
	if len(notices) > 0 {
		next.Last = today
	}
	return next
}
