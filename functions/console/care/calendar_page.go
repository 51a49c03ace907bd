package care

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
	"motorpool/shared/span"
)

// CalendarPage shows who has which vehicle when, and what blocks it.
var CalendarPage = api.Route{
	Name:    "console.calendar_page",
	Method:  http.MethodGet,
	Path:    "/calendar",
	Summary: "The fleet's calendar",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(calendarPage),
}

type calendarPageInput struct {
	From     string `query:"from"`
	View     string `query:"view"` // weeks, or month
	Category string `query:"category"`
	Location string `query:"location"`
	Status   string `query:"status"`
	Q        string `query:"q"`
	Cursor   string `query:"cursor"`
}

type calendarPageView struct {
	look.Frame
	Views               []look.Tab
	Before, After, Here string
	Span                string // "1 March – 14 March 2026"
	Filters             []look.Field
	Hidden              []look.Option
	Filtered            bool
	Clear               string
	Days                []calendarDay
	Rows                []calendarRow
	Cut                 bool // more is due than can be marked
	Block               bool // this reader may block vehicles
	Pager               look.Pager
	Empty               look.Empty
}

var calendarTemplate = look.Page(files, "calendar_page")

// calendarSize is how many vehicles a page of the calendar has.
const calendarSize = 50

func calendarPage(ctx context.Context, c *api.Call, in calendarPageInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Calendar", Section: "calendar"})
	if err != nil {
		return api.Answer{}, err
	}
	first, days := in.span(f)
	v := calendarPageView{Frame: f, Days: calendarDays(f, first, days), Block: f.May(access.ManageCare)}
	in.lead(&v, first, days)
	if v.Filters, err = in.filters(ctx, c); err != nil {
		return api.Answer{}, err
	}
	filter := fleet.AssetFilter{Q: page.Trim(in.Q), Status: fleet.Status(in.Status), At: c.Now, Category: in.Category, Location: in.Location}
	batch, next, err := c.Fleet.Assets(ctx, c.Actor, filter, in.Cursor, calendarSize)
	if err != nil {
		return api.Answer{}, err
	}
	due, cut, err := c.Reminders.Due(ctx, c.Actor.Workspace, first, first.Plus(days-1))
	if err != nil {
		return api.Answer{}, err
	}
	v.Cut = cut
	calendarOf := c.Calendar.Stroll(c.Actor.Workspace)
	for _, a := range batch {
		k, err := calendarOf(ctx, a.ID)
		if err != nil {
			return api.Answer{}, err
		}
		v.Rows = append(v.Rows, v.row(a, k, due[a.ID], first, days))
	}
	v.Filtered = in.Q+in.Status+in.Category+in.Location != ""
	v.Pager = page.Pager(look.Count(len(batch), "vehicle", "vehicles"), in.Cursor, next, "/calendar", in.pairs(first)...)
	v.Empty = record.NoAssets(v.Filtered, next != "", false)
	return page.Show(calendarTemplate, v)
}

// span is the first day that is shown, and how many days are: the month or the
// two weeks, from the day on which weeks begin here, that the day asked for is in.
func (in calendarPageInput) span(f look.Frame) (span.Date, int) {
	day, err := span.ParseDate(in.From)
	if err != nil || day.IsZero() {
		day = span.DateOf(f.Now.In(f.Zone))
	}
	if in.View == "month" {
		first := span.Date{Year: day.Year, Month: day.Month, Day: 1}
		next := span.DateOf(time.Date(day.Year, day.Month+1, 1, 0, 0, 0, 0, time.UTC))
		return first, first.Until(next)
	}
	return day.Plus(-int(day.Weekday()-f.Weeks+7) % 7), 14
}

// pairs are the parameters of this calendar's address, at a day.
func (in calendarPageInput) pairs(day span.Date) []string {
	return []string{"from", day.String(), "view", in.View, "q", in.Q, "status", in.Status, "category", in.Category, "location", in.Location}
}

// lead fills in the ways from here.
func (in calendarPageInput) lead(v *calendarPageView, first span.Date, days int) {
	to := func(day span.Date) string { return page.With("/calendar", in.pairs(day)...) }
	v.Before, v.After = to(first.Plus(-1)), to(first.Plus(days))
	if in.View != "month" {
		v.Before = to(first.Plus(-days))
	}
	v.Here = to(span.Date{})
	last := first.Plus(days - 1)
	v.Span = strconv.Itoa(first.Day) + " " + first.Month.String() + " – " + strconv.Itoa(last.Day) + " " + last.Month.String() + " " + strconv.Itoa(last.Year)
	for _, view := range []struct{ name, text string }{{"", "Two weeks"}, {"month", "Month"}} {
		other := in
		other.View = view.name
		v.Views = append(v.Views, look.Tab{Text: view.text, To: page.With("/calendar", other.pairs(first)...), Current: in.View == view.name})
	}
	v.Hidden = []look.Option{{Text: "from", Value: first.String()}, {Text: "view", Value: in.View}}
	v.Clear = page.With("/calendar", "from", first.String(), "view", in.View)
}

func (in calendarPageInput) filters(ctx context.Context, c *api.Call) ([]look.Field, error) {
	categories, err := record.AllCategories(ctx, c)
	if err != nil {
		return nil, err
	}
	places, err := record.AllLocations(ctx, c)
	if err != nil {
		return nil, err
	}
	like := record.AssetListInput{Q: in.Q, Status: in.Status, Category: in.Category, Location: in.Location}
	var out []look.Field
	for _, f := range like.Filters(categories, places) {
		if f.Name == "status" {
			f.Options = f.Options[:len(f.Options)-1] // archived vehicles are nobody's
		}
		if f.Name != "type" {
			out = append(out, f)
		}
	}
	return out, nil
}
