// Package odometer knows how far each asset has been driven.
//
// There are two kinds of value. An actual one was read off the dashboard by
// somebody; an estimated one is the last actual and the trips since, as the
// tracking device reported them. What a device says of its own odometer is not
// looked at. What holds at all times:
//
//   - from one actual reading to the next in time, the value does not fall,
//     unless the cluster was replaced between them: then a new segment begins;
//   - the total goes on through all segments, and never falls either;
//   - an estimate is the last actual and the accepted trips since, in whatever
//     order those arrived;
//   - a reading that an issued invoice stands on is superseded, never deleted.
//
// Distances are whole metres. People read and type whole kilometres or miles,
// in the unit of the asset. Which trips are accepted is for tracking to say,
// and what a distance costs for billing.
package odometer

import (
	"strconv"
	"time"

	"motorpool/shared/fault"
)

// Sources are where an actual reading may come from.
var Sources = []string{"manual", "inspection", "booking_start", "booking_end", "import"}

// State says whether a reading still counts.
type State string

// The states of a reading.
const (
	Valid      State = "valid"
	Superseded State = "superseded" // another reading stands in its place
)

// Draft is what somebody says that an odometer showed.
type Draft struct {
	Value    int64     // in the asset's unit, as on the dashboard
	ReadAt   time.Time // zero: now
	Source   string    // empty: manual
	SourceID string    // the inspection or import it came with
	Booking  string
	Note     string
	Replaced bool // the cluster was replaced: a new segment begins, and the note says why
	Confirm  bool // whoever says it has looked twice at a jump
}

// Reading is one actual value.
type Reading struct {
	ID           string    `json:"id"`
	Workspace    string    `json:"workspace"`
	Asset        string    `json:"asset"`
	State        State     `json:"state"`
	Value        int64     `json:"value"` // as it was typed, in Unit
	Unit         string    `json:"unit"`  // the asset's when it was typed
	Metres       int64     `json:"metres"`
	ReadAt       time.Time `json:"read_at"` // whole seconds
	Source       string    `json:"source"`
	SourceID     string    `json:"source_id,omitempty"`
	Booking      string    `json:"booking,omitempty"`
	User         string    `json:"user,omitempty"` // who said it
	Note         string    `json:"note,omitempty"`
	Replaced     bool      `json:"replaced,omitempty"` // begins a segment
	SupersededBy string    `json:"superseded_by,omitempty"`
	Created      time.Time `json:"created"`
	Version      int64     `json:"-"`
}

// Mark is the part of a reading that sums need.
type Mark struct {
	ID     string    `json:"id"`
	Metres int64     `json:"metres"`
	At     time.Time `json:"at"`
}

func (r *Reading) mark() *Mark {
	if r == nil {
		return nil
	}
	return &Mark{r.ID, r.Metres, r.ReadAt}
}

const (
	day         = int64(24 * 60 * 60) // seconds
	jumpPerDay  = 2_000_000           // metres a day that nobody is believed to drive without a second look
	maxSegments = 50
)

// fits says whether r may stand between its neighbours in time; either may be
// nil. Prev is the last reading at r's instant or before it, next the first
// after it. Times are said in zone.
func (r *Reading) fits(prev, next *Reading, confirmed bool, zone *time.Location) error {
	switch {
	case prev != nil && prev.ReadAt.Equal(r.ReadAt):
		return fault.New(fault.Conflict, "odometer.same_instant", "There is a reading of %s at this very second. Supersede it if it is wrong.", prev.shown()).At("read_at")
	case prev != nil && !r.Replaced && r.Metres < prev.Metres:
		return fault.New(fault.Conflict, "odometer.lower", "On %s the odometer showed %s already, which is more. Look again; if the cluster was replaced, say so.",
			moment(prev.ReadAt, zone), prev.shown()).At("value")
	case next != nil && !next.Replaced && r.Metres > next.Metres:
		return fault.New(fault.Conflict, "odometer.higher", "On %s, later, the odometer showed %s, which is less. Look again at the value and the time.",
			moment(next.ReadAt, zone), next.shown()).At("value")
	case confirmed:
		return nil
	case prev != nil && !r.Replaced && jumps(prev, r), next != nil && !next.Replaced && jumps(r, next):
		return fault.New(fault.Conflict, "odometer.jump", "That would be more than 2,000 km a day. Look again at the value, and confirm it if it is right.").At("confirm")
	}
	return nil
}

// jumps reports whether more was driven from one reading to the next than
// anybody drives: on average more than 2,000 km a day, where what was read
// within a day counts as a day.
func jumps(from, to *Reading) bool {
	seconds := max(to.ReadAt.Unix()-from.ReadAt.Unix(), day)
	return (to.Metres-from.Metres)*day > jumpPerDay*seconds
}

func moment(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2 January 2006, 15:04 MST")
}

// shown is r's value as people write it: "48,210 km".
func (r *Reading) shown() string {
	s := strconv.FormatInt(r.Value, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s + " " + r.Unit
}

// Trip is a distance that a device saw an asset drive. It is spread evenly over
// its time, so that a sum up to any instant has its share.
type Trip struct {
	Device string    `json:"device"`
	Serial string    `json:"serial"`
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Metres int64     `json:"metres"`
}

// within is what was driven of t after from, up to and including to. Neighbouring
// spans add up to the whole, to the metre.
func (t Trip) within(from, to time.Time) int64 { return max(t.until(to)-t.until(from), 0) }

func (t Trip) until(at time.Time) int64 {
	switch {
	case !at.After(t.Start):
		return 0
	case !at.Before(t.End):
		return t.Metres
	}
	return t.Metres * (at.Unix() - t.Start.Unix()) / (t.End.Unix() - t.Start.Unix())
}

// driven is what all the trips add up to, after from and up to to.
func driven(trips []Trip, from, to time.Time) (sum int64) {
	for _, t := range trips {
		sum += t.within(from, to)
	}
	return sum
}

// Point is what an odometer shows at an instant, or is believed to.
type Point struct {
	At        time.Time
	Metres    int64 // on the dashboard
	Total     int64 // through all clusters the asset has had
	Estimated bool  // there were trips since the last actual reading
	Last      Mark  // that reading
}

// point is the value at an instant after the reading prev, with what was driven
// since. An estimate never runs past next, the actual reading that follows.
func point(at time.Time, prev Mark, next *Mark, offset, since int64) Point {
	p := Point{At: at, Metres: prev.Metres + since, Estimated: since > 0, Last: prev}
	if next != nil {
		p.Metres = min(p.Metres, next.Metres)
	}
	p.Total = p.Metres + offset
	return p
}
