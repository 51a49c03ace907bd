package inspection_test

import (
	"testing"

	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

// TestWhatIsVoidedDoesNotCount: its damages are not those that the next one is
// compared with, and it is told.
func TestWhatIsVoidedDoesNotCount(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	tpl := y.template(inspection.Return, damage)
	dent := func(x int) answers {
		return answers{"damage": {Marks: []inspection.Mark{{View: "left", Type: "dent", X: x, Y: 500}}}}
	}
	first, second, third := y.begin(tpl), y.begin(tpl), y.begin(tpl)
	y.say(first, dent(100))
	y.complete(first)
	y.say(second, dent(900))
	if i := y.complete(second); i.Before != first || len(i.Gone) != 1 || i.Damages[0].Status != "new" {
		t.Fatalf("the second: before %s, gone %v, %v", i.Before, i.Gone, i.Damages)
	}
	if i := must(y.Cancel(t.Context(), y.mia, second, "The wrong car", 0, now))(t); i.State != inspection.Voided || i.Void.Reason != "The wrong car" || i.Void.By != y.mia.ID {
		t.Errorf("voided: %+v", i.Void)
	}
	if _, err := y.Cancel(t.Context(), y.mia, second, "Again", 0, now); fault.CodeOf(err) != "inspection.voided" {
		t.Errorf("twice: %v", err)
	}
	y.say(third, dent(120))
	if i := y.complete(third); i.Before != first || i.Damages[0].Status != "pre_existing" || i.Damages[0].Since != first {
		t.Errorf("the third: before %s, %v", i.Before, i.Damages)
	}
	if n := y.told("inspection.voided"); n != 1 {
		t.Errorf("told %d times", n)
	}
}

// TestAnInspectionIsStampedWithWhenWhereAndWhat is specification A, 2.11: time,
// place, booking and vehicle; the place only to about a hundred metres.
func TestAnInspectionIsStampedWithWhenWhereAndWhat(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	o := inspection.Order{
		Asset: y.car, Template: y.template(inspection.Handover, lights), Booking: "bkg_00000000000000000000000001", Device: "Pixel 9",
		Place: &inspection.Place{Latitude: "-33.86882", Longitude: "151.20929"}, StartedAt: now.Add(-1),
	}
	id := must(y.Begin(t.Context(), y.mia, o, now))(t).ID
	y.say(id, answers{"lights": {Choice: "pass"}})
	i := y.complete(id)
	if i.Asset != y.car || i.Booking != o.Booking || i.Device != "Pixel 9" || *i.Place != (inspection.Place{Latitude: "-33.869", Longitude: "151.209"}) ||
		i.Started.IsZero() || !i.Completed.Equal(now) || !i.Arrived.Equal(now) || i.Inspector.ID != y.mia.ID {
		t.Errorf("got %+v at %+v", i, i.Place)
	}
}
