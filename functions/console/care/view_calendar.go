package care

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/calendar"
	"motorpool/shared/fleet"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
)

// calendarDay is a column of the calendar.
type calendarDay struct {
	Day, Of, Full string // "Mo", "1", "Monday 1 March 2026"
	Today, Rest   bool
}

// calendarRow is one vehicle: its cells, and for a phone the same as a list.
type calendarRow struct {
	Title, To, Block string
	Status           look.Badge
	Cells            []calendarCell
	Items            []calendarItem
	From             time.Time // what ended before is forgotten
}

// calendarCell is one free day, or a run of days on which the same has the
// vehicle.
type calendarCell struct {
	Days  int
	Class string // booking, maintenance, both
	Today bool
	Items []calendarItem // what has it
	Due   []calendarItem // reminders
	Add   string         // where to block it from this day on
	Label string         // "Block Airport Camry on 3 March"
}

// calendarItem is something that holds a vehicle, or is due.
type calendarItem struct {
	Text, Sub, To string
	Class, Icon   string
}

func calendarDays(f look.Frame, first span.Date, days int) (out []calendarDay) {
	today := span.DateOf(f.Now.In(f.Zone))
	for n := range days {
		d := first.Plus(n)
		wd := d.Weekday()
		out = append(out, calendarDay{Day: wd.String()[:2], Of: strconv.Itoa(d.Day), Full: d.Words(), Today: d == today, Rest: wd == time.Saturday || wd == time.Sunday})
	}
	return out
}

// row is an asset in the calendar.
func (v *calendarPageView) row(a *fleet.Asset, k *calendar.Calendar, due []*reminder.Reminder, first span.Date, days int) calendarRow {
	r := calendarRow{Title: a.Title(), To: record.AssetPath(a.ID), Status: record.AssetBadge(a.StatusWith(string(k.Status(v.Now))))}
	if v.Block {
		r.Block = page.With("/maintenance/new", "asset", a.ID)
	}
	begins := func(n int) time.Time { return first.Plus(n).At(0, v.Zone) }
	holds := k.Between(begins(0), begins(days), v.Now)
	for _, h := range holds {
		r.Items = append(r.Items, v.item(h))
	}
	for _, x := range due {
		r.Items = append(r.Items, dueItem(x))
	}
	was := ""
	for n := range days {
		from, until := begins(n), begins(n+1)
		var on []calendar.Hold
		key := ""
		for _, h := range holds {
			if meets(h, from, until, v.Now) {
				on, key = append(on, h), key+h.ID+" "
			}
		}
		day := first.Plus(n)
		marks := marksOn(due, day)
		if key != "" && key == was && len(marks) == 0 && !v.Days[n].Today {
			r.Cells[len(r.Cells)-1].Days++
			continue
		}
		cell := calendarCell{Days: 1, Today: v.Days[n].Today, Due: marks}
		for _, h := range on {
			cell.Items = append(cell.Items, v.item(h))
		}
		cell.Class = classOf(on)
		if len(on) == 0 && v.Block {
			cell.Add, cell.Label = r.Block+"&on="+day.String(), "Block from "+strconv.Itoa(day.Day)+" "+day.Month.String()
		}
		r.Cells = append(r.Cells, cell)
		if was = key; v.Days[n].Today {
			was = "" // today stands alone, so that it is seen
		}
	}
	return r
}

// meets reports whether h has its asset on a day, as of now.
func meets(h calendar.Hold, from, until, now time.Time) bool {
	if h.Late(now) {
		h.Until = time.Time{}
	}
	return h.Meets(from, until)
}

func marksOn(due []*reminder.Reminder, day span.Date) (out []calendarItem) {
	for _, x := range due {
		if x.DueOn() == day {
			out = append(out, dueItem(x))
		}
	}
	return out
}

func dueItem(x *reminder.Reminder) calendarItem {
	return calendarItem{Text: x.Name, Sub: "due on " + x.DueOn().String(), To: record.ReminderPath(x.ID), Class: "due", Icon: "clock"}
}

func (v *calendarPageView) item(h calendar.Hold) calendarItem {
	until := "open"
	if !h.Until.IsZero() {
		until = v.When(h.Until).Text
	}
	i := calendarItem{Text: page.TitleOf(h.Title), Sub: v.When(h.From).Text + " – " + until, Class: string(h.Kind), Icon: "key"}
	if h.Kind == calendar.Maintenance {
		i.To, i.Icon = record.WindowPath(h.ID), "gear"
	}
	if i.Text == "" {
		i.Text = page.TitleOf(string(h.Kind))
	}
	if h.Late(v.Now) {
		i.Sub += ", late"
	}
	return i
}

// classOf is how a cell looks in which these have the vehicle.
func classOf(on []calendar.Hold) string {
	var kinds []string
	for _, h := range on {
		if !slices.Contains(kinds, string(h.Kind)) {
			kinds = append(kinds, string(h.Kind))
		}
	}
	slices.Sort(kinds)
	return strings.Join(kinds, " ")
}
