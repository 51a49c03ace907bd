package odometer

import (
	"slices"
	"time"

	"motorpool/shared/fault"
)

// Segment is the time of one cluster, from the reading that begins it. The first
// cluster's needs none.
type Segment struct {
	Reading string    `json:"reading"` // begins it
	Start   time.Time `json:"start"`
	After   time.Time `json:"after"` // the last reading of the segment before
	Step    int64     `json:"step"`  // metres: by how much more the total is beyond the dashboard than it was in the segment before. May be negative
}

// Account is where an asset's odometer stands: what every change is made
// against.
type Account struct {
	Segments []Segment `json:"segments,omitempty"` // oldest first
	Last     *Mark     `json:"last,omitempty"`     // the latest actual reading
	Since    int64     `json:"since,omitempty"`    // metres driven after it
	Until    time.Time `json:"until,omitzero"`     // the end of the latest trip
	Version  int64     `json:"-"`
}

// offset is what to add to the dashboard's value of a reading at this instant.
func (a *Account) offset(at time.Time) (metres int64) {
	for _, s := range a.Segments {
		if !s.Start.After(at) {
			metres += s.Step
		}
	}
	return metres
}

// drive counts a trip. It may be earlier than what is counted already: a segment
// that begins after it has a greater step then, because a total goes on from
// what was driven up to the change of clusters.
func (a *Account) drive(t Trip) {
	for i, s := range a.Segments {
		a.Segments[i].Step += t.within(s.After, s.Start)
	}
	if a.Last != nil {
		a.Since += t.within(a.Last.At, t.End)
	}
	if t.End.After(a.Until) {
		a.Until = t.End
	}
}

// begin has r, which replaces what prev showed, begin a segment.
func (a *Account) begin(prev, r *Reading, since int64) error {
	if len(a.Segments) == maxSegments {
		return fault.New(fault.Conflict, "odometer.segments", "This asset has had %d clusters. Check whether all these readings are of one asset.", maxSegments+1)
	}
	a.Segments = append(a.Segments, Segment{Reading: r.ID, Start: r.ReadAt})
	slices.SortFunc(a.Segments, func(x, y Segment) int { return x.Start.Compare(y.Start) })
	a.join(prev, r, since)
	return nil
}

// join has the segment that r begins go on from prev, with what was driven from
// there to r.
func (a *Account) join(prev, r *Reading, since int64) {
	if i := a.segment(r.ID); i >= 0 {
		a.Segments[i].After, a.Segments[i].Step = prev.ReadAt, prev.Metres+since-r.Metres
	}
}

// end takes the segment away that r begins.
func (a *Account) end(r *Reading) {
	if i := a.segment(r.ID); i >= 0 {
		a.Segments = slices.Delete(a.Segments, i, i+1)
	}
}

// correct puts by into the place of r, read at the same instant; next is the
// reading after them.
func (a *Account) correct(r, by, next *Reading) {
	if i := a.segment(r.ID); i >= 0 {
		a.Segments[i].Reading = by.ID
		a.Segments[i].Step += r.Metres - by.Metres
	}
	if next == nil {
		a.Last = by.mark()
	} else if i := a.segment(next.ID); i >= 0 {
		a.Segments[i].Step += by.Metres - r.Metres
	}
}

func (a *Account) segment(reading string) int {
	return slices.IndexFunc(a.Segments, func(s Segment) bool { return s.Reading == reading })
}

// now is what the odometer shows after all that is known.
func (a *Account) now() (Point, bool) {
	if a.Last == nil {
		return Point{}, false
	}
	at := a.Last.At
	if a.Until.After(at) {
		at = a.Until
	}
	return point(at, *a.Last, nil, a.offset(a.Last.At), a.Since), true
}
