package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/calendar"
	"motorpool/shared/fleet"
	"motorpool/shared/issue"
	"motorpool/shared/maintenance"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
	"motorpool/shared/workspace"
)

// cared is a fleet of which one vehicle has everything.
type cared struct {
	*site
	car                             *fleet.Asset
	window, issue, reminder, templ8 string
}

func (s *site) cared() cared {
	s.t.Helper()
	assets, _, _ := s.fill()
	return s.caredFor(assets[0])
}

// caredFor gives a vehicle one of everything that care is.
func (s *site) caredFor(car *fleet.Asset) cared {
	s.t.Helper()
	ctx, now := s.t.Context(), s.h.Now()
	k := cared{site: s, car: car}
	must := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	op, err := s.h.Calendar.Hold(ctx, s.owner.Workspace, k.car.ID, calendar.Hold{ID: "bkg_1", Kind: calendar.Booking, From: now.AddDate(0, 0, -1), Until: now.AddDate(0, 0, 1), Running: true, Title: "Anna Berg"}, now)
	must(err)
	must(s.h.Calendar.Table.Write(ctx, op))
	w, err := s.h.Maintenance.Plan(ctx, s.owner, k.car.ID, maintenance.Details{StartsAt: now.AddDate(0, 0, 2), EndsAt: now.AddDate(0, 0, 4), Reason: "service", Vendor: "Northside Auto"}, nil, now)
	must(err)
	i, err := s.h.Issues.Report(ctx, s.owner, k.car.ID, issue.Details{Title: "Brakes grind", Type: "mechanical", Severity: issue.Safety, Due: span.DateOf(now)}, now)
	must(err)
	r, err := s.h.Reminders.Schedule(ctx, s.owner, k.car.ID, reminder.Details{Name: "Oil and filter", IntervalDays: 10, LastDone: span.DateOf(now.AddDate(0, 0, -8)), Recurring: true}, now)
	must(err)
	t, err := s.h.Reminders.CreateTemplate(ctx, s.owner, reminder.TemplateDetails{Name: "Tyres", IntervalDays: 365, IntervalDistance: 20_000_000}, now)
	must(err)
	k.window, k.issue, k.reminder, k.templ8 = w.ID, i.ID, r.ID, t.ID
	return k
}

func (k cared) pages() []string {
	of := "?asset=" + k.car.ID
	return []string{
		"/calendar", "/calendar?view=month", "/maintenance", "/maintenance" + of, "/maintenance/new" + of, "/maintenance/" + k.window, "/maintenance/" + k.window + "/edit",
		"/issues", "/issues" + of, "/issues/new" + of, "/issues/" + k.issue, "/issues/" + k.issue + "/edit", "/issues?sort=due", "/issues?sort=severity",
		"/reminders", "/reminders" + of, "/reminders/new" + of, "/reminders/" + k.reminder, "/reminders/" + k.reminder + "/edit",
		"/reminder-templates", "/reminder-templates/new", "/reminder-templates/" + k.templ8, "/assets/" + k.car.ID + "/timeline", "/assets/" + k.car.ID + "/timeline?kind=odometer",
	}
}

func TestEveryPageOfCareIsThereAndOnlyForItsOwners(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().cared()
	for _, path := range k.pages() {
		k.get(path).want(http.StatusOK).has("<!doctype html>", "<h1>").lacks("ZgotmplZ", "<style", " style=", "onclick")
	}
	for _, path := range []string{"/maintenance/mtw_9", "/issues/iss_9", "/reminders/rem_9", "/reminder-templates/rmt_9", "/assets/ast_9/timeline", "/issues?asset=ast_9"} {
		k.get(path).want(http.StatusNotFound)
	}
}

func TestTheCalendarShowsWhatHoldsAVehicle(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().cared()
	k.get("/calendar?view=month").want(http.StatusOK).has("Anna Berg", "Service, Northside Auto", "/maintenance/"+k.window, "/reminders/"+k.reminder, "On booking", `aria-current="date"`, "/maintenance/new?asset="+k.car.ID)
	k.get("/calendar?status=on_booking").want(http.StatusOK).has("C-001").lacks("C-002")
	k.get("/calendar?status=in_maintenance").want(http.StatusOK).has("Nothing matches")
	k.get("/assets?status=on_booking").want(http.StatusOK).has("C-001", "On booking").lacks("C-002")
	k.get("/assets/"+k.car.ID).want(http.StatusOK).has("On booking", "/assets/"+k.car.ID+"/timeline")
}

func TestAVehicleIsBlockedOverABookingOnlyKnowingly(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().cared()
	day := func(n int) string { return k.h.Now().AddDate(0, 0, n).Format("2006-01-02T15:04") }
	fields := url.Values{"asset": {k.car.ID}, "starts_at": {day(0)}, "ends_at": {day(6)}, "reason": {"repair"}}
	k.post("/maintenance", fields).want(http.StatusUnprocessableEntity).has("The vehicle is taken then.", `value="bkg_1"`, `value="`+k.window+`"`, "Anna Berg")
	fields["acknowledge"] = []string{"bkg_1", k.window}
	made := k.post("/maintenance", fields).want(http.StatusOK)
	made.has("The vehicle is blocked.", "Lies over", "bkg_1")
	path := "/maintenance/" + made.after("/maintenance/")
	k.post(path+"/move", url.Values{"to": {"in_progress"}}).want(http.StatusOK).has("The work has begun.", "In progress")
	k.post(path+"/move", url.Values{"to": {"completed"}}).want(http.StatusOK).has("Completed. What was left", "Completed")
	k.post(path+"/move", url.Values{"to": {"cancelled"}}).want(http.StatusConflict)
	k.post("/maintenance", url.Values{"asset": {k.car.ID}, "starts_at": {"soon"}, "reason": {"repair"}}).want(http.StatusUnprocessableEntity).has("Give a day and a time.")
}

func TestAnIssueGoesItsWayInTheConsole(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().cared()
	made := k.post("/issues", url.Values{"asset": {k.car.ID}, "title": {"<b>Scratch"}, "type": {"damage"}, "severity": {"safety"}, "odometer": {"48,210"}, "charge_customer": {"true"}, "estimated_cost": {"AUD 420"}}).want(http.StatusOK)
	made.has("The issue is reported.", "IS000002 &lt;b&gt;Scratch", "48,210 km", "This may endanger somebody.", "Switch booking off", "Block the vehicle", "Charge the customer", "AUD 420.00").lacks("<b>Scratch")
	path := "/issues/" + made.after("/issues/")
	k.post(path, url.Values{"title": {"Scratch"}, "type": {"damage"}, "severity": {"low"}, "odometer": {"48210"}, "version": {"1"}}).want(http.StatusOK).has("Saved.").lacks("This may endanger")
	k.post(path, url.Values{"title": {"Late"}, "type": {"damage"}, "version": {"1"}}).want(http.StatusConflict)
	for _, to := range []string{"in_progress", "resolved", "open", "in_progress", "resolved", "closed"} {
		k.post(path+"/move", url.Values{"to": {to}}).want(http.StatusOK)
	}
	k.post(path+"/move", url.Values{"to": {"dismissed"}}).want(http.StatusConflict)
	k.get("/issues?sort=severity").want(http.StatusOK).has("Brakes grind").lacks("Scratch")
	k.get("/issues?state=closed").want(http.StatusOK).has("Scratch").lacks("Brakes grind")
	k.post("/issues", url.Values{"asset": {k.car.ID}, "title": {""}, "type": {"damage"}}).want(http.StatusUnprocessableEntity).has(`id="f-title-wrong"`)
}

func TestAReminderAndItsTemplateInTheConsole(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().cared()
	path := "/reminders/" + k.reminder
	k.post(path, url.Values{"name": {"Oil"}, "kind": {"service"}, "interval_days": {"20"}, "last_done": {k.h.Now().AddDate(0, 0, -8).Format(time.DateOnly)}, "recurring": {"true"}, "assignees": {k.owner.ID}, "version": {"1"}}).
		want(http.StatusOK).has("Saved.", "20 days")
	k.post(path+"/complete", nil).want(http.StatusOK).has("The next one is scheduled", "Completed", "Scheduled")
	k.post(path+"/skip", nil).want(http.StatusConflict)
	k.post("/reminder-templates/"+k.templ8+"/apply", nil).want(http.StatusOK).has("Applied.")
	if n := strings.Count(k.get("/reminders").want(http.StatusOK).body, ">Tyres<"); n != 6 {
		t.Errorf("%d of 6 vehicles have new tyres to come", n)
	}
	k.post("/reminder-templates/"+k.templ8+"/delete", nil).want(http.StatusOK).has("The template is deleted")
	k.post("/reminders", url.Values{"asset": {k.car.ID}, "name": {"Never"}, "kind": {"service"}}).want(http.StatusUnprocessableEntity).has(`id="f-due_on-wrong"`)
}

func TestATimelineIsGroupedFilteredAndPaged(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().cared()
	path := "/assets/" + k.car.ID
	k.post(path+"/odometer", url.Values{"value": {"48210"}}).want(http.StatusOK)
	k.get(path+"/timeline").want(http.StatusOK).has("Added to the fleet", "Issue created", "Maintenance window created", "Service reminder created", "48,210 km", "/issues/"+k.issue)
	k.get(path+"/timeline?kind=issue").want(http.StatusOK).has("Issue created").lacks("Added to the fleet", "48,210 km")
	for range 60 {
		if _, err := k.h.Issues.Report(t.Context(), k.owner, k.car.ID, issue.Details{Title: "Scratch", Type: "damage"}, k.h.Now()); err != nil {
			t.Fatal(err)
		}
	}
	k.get(path + "/timeline").want(http.StatusOK).has("Older").lacks("Added to the fleet")
}

// TestTheCareOfAFleetInTheBrowser holds the pages of care against the rules of
// accessibility, on a desk and on a phone.
func TestTheCareOfAFleetInTheBrowser(t *testing.T) {
	s := open(t)
	src := axe(t)
	b := s.browse()
	b.expected = []string{"422"}
	b.enter(s.link())
	k := s.cared()
	for _, theme := range []string{"light", "dark"} {
		b.theme(theme)
		for n, path := range k.pages() {
			b.desk()
			b.open(path)
			b.accessible(src, path+" ("+theme+")")
			if theme == "light" {
				b.phone()
				b.fits(path)
				b.accessible(src, path+" (phone)")
			}
			if n == 0 {
				b.shoot("calendar-" + theme)
			}
		}
	}
	b.phone()
	b.open("/calendar")
	if got := eval[string](b, `getComputedStyle(document.querySelector(".calendar")).display + " " + getComputedStyle(document.querySelector(".agenda")).display`); got != "none block" {
		t.Errorf("on a phone the grid and the list are %s", got)
	}
	b.desk()
	b.open("/calendar")
	b.click(".calendar tbody tr:last-child .car a.small")
	b.sees("Block a vehicle")
	b.fill("#f-starts_at", "2031-03-01T08:00")
	b.press("Block the vehicle")
	b.sees("The vehicle is blocked.")
	b.press("Start") // years too early, over all that is planned until then
	b.sees("Start all the same")
	eval[bool](b, `document.querySelectorAll("input[name=acknowledge]").forEach(x => x.checked = true); true`)
	b.press("Start all the same")
	b.sees("The work has begun.")
	b.open("/issues/" + k.issue)
	b.press("Switch booking off")
	b.sees("Booking is switched off.")
}

// TestAVehicleIsChosenByItsNameAndNoneIsUnasked: nobody knows identifiers, and
// who forgets to choose does not block, report or inspect the wrong vehicle.
func TestAVehicleIsChosenByItsNameAndNoneIsUnasked(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().cared()
	none, chosen := `<option value="">Choose a vehicle</option>`, `<option value="`+k.car.ID+`" selected>`
	for _, path := range []string{"/maintenance/new", "/issues/new", "/reminders/new"} {
		k.get(path).want(http.StatusOK).has(`<option value="" selected>Choose a vehicle</option>`, `<option value="`+k.car.ID+`">`, `action="`+path+`" role="search"`).lacks("ast_…", chosen)
		k.get(path+"?q=C-001").want(http.StatusOK).has(chosen, none).lacks("C-002")
		k.get(path + "?q=zzz").want(http.StatusOK).has("Nothing was found.")
		k.get(path + "?asset=" + k.car.ID).want(http.StatusOK).has(chosen).lacks(`role="search"`)
	}
	for path, form := range map[string]url.Values{
		"/maintenance": {"starts_at": {"2031-03-01T08:00"}, "reason": {"repair"}},
		"/issues":      {"title": {"Scratch"}, "type": {"damage"}},
		"/reminders":   {"name": {"Oil"}, "kind": {"service"}, "interval_days": {"10"}},
	} {
		for _, asset := range []string{"", "ast_9"} {
			form.Set("asset", asset)
			k.post(path, form).want(http.StatusUnprocessableEntity).has(`id="f-asset-wrong"`, "Choose the vehicle.")
		}
	}
	k.get("/devices?car=C-001").want(http.StatusOK).has(chosen, "In none yet").lacks("ast_…")
	k.get("/devices").want(http.StatusOK).lacks(chosen)
	form := k.get("/reminder-templates/new").want(http.StatusOK)
	if n := strings.Count(form.body, "Where no category is ticked"); n != 1 {
		t.Errorf("what no category means is said %d times", n)
	}
}

// TestTheCareOfAnotherLocationsVehiclesIsNotSeen by who works at one location:
// neither in lists, nor in the choice of vehicles, nor by id.
func TestTheCareOfAnotherLocationsVehiclesIsNotSeen(t *testing.T) {
	s := still(t)
	north, south := s.place("North"), s.place("South")
	ours, theirs := s.car(north, "Kia", "NEAR01"), s.car(south, "Mazda", "FAR001")
	for _, a := range []*fleet.Asset{ours, theirs} {
		_, err := s.h.Reminders.Schedule(t.Context(), s.owner, a.ID, reminder.Details{Name: "Oil", IntervalDays: 10, LastDone: span.DateOf(s.h.Now())}, s.h.Now())
		s.must(err)
		_, err = s.h.Issues.Report(t.Context(), s.owner, a.ID, issue.Details{Title: "Scratch", Type: "damage"}, s.h.Now())
		s.must(err)
		s.post("/devices", url.Values{"provider": {"acme"}, "serial": {"D" + a.ID[len(a.ID)-6:]}, "asset": {a.ID}}).want(http.StatusOK)
	}
	ned, _ := s.hire("ned@example.com", s.role("Everything", access.All()...), north)
	for _, path := range []string{"/reminders", "/issues", "/devices", "/maintenance/new", "/issues/new", "/reminders/new", "/inspections"} {
		ned.get(path).want(http.StatusOK).lacks("Mazda", "FAR001", theirs.ID)
	}
	for _, path := range []string{"/reminders", "/issues", "/devices"} {
		ned.get(path).want(http.StatusOK).has("Kia")
	}
	for _, path := range []string{"/inspections?asset=", "/issues?asset=", "/reminders?asset=", "/maintenance?asset="} {
		ned.get(path + theirs.ID).want(http.StatusNotFound).lacks("Mazda")
		ned.get(path + ours.ID).want(http.StatusOK)
	}
	for _, tab := range []string{"/odometer", "/journeys"} {
		ned.get("/assets/" + theirs.ID + tab).want(http.StatusNotFound).lacks("Mazda")
	}
	ned.get("/issues/new?asset="+theirs.ID).want(http.StatusOK).lacks("Mazda", `selected>Mazda`)
	ned.post("/issues", url.Values{"asset": {theirs.ID}, "title": {"Scratch"}, "type": {"damage"}}).want(http.StatusUnprocessableEntity).has("Choose the vehicle.").lacks("Mazda")
}

// TestAWindowSaysThatItsHourIsNoneOrOver: an hour that the clocks leave out
// became another one without a word.
func TestAWindowSaysThatItsHourIsNoneOrOver(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().cared()
	zone := "Australia/Sydney"
	_, err := k.h.Workspaces.Change(t.Context(), k.owner, workspace.Changes{TimeZone: &zone}, 0, k.h.Now())
	k.must(err)
	window := url.Values{"asset": {k.car.ID}, "starts_at": {"2030-10-06T02:30"}, "ends_at": {"2030-10-06T05:00"}, "reason": {"repair"}}
	k.post("/maintenance", window).want(http.StatusUnprocessableEntity).has(`id="f-starts_at-wrong"`, "There is no such hour: the clocks are put forward then.", "03:30")
	past := func(n int) string { return k.h.Now().AddDate(0, 0, n).Format("2006-01-02T15:04") }
	window.Set("starts_at", past(-9))
	window.Set("ends_at", past(-8))
	k.post("/maintenance", window).want(http.StatusOK).has("This time is over.")
	k.get("/maintenance/" + k.window).want(http.StatusOK).lacks("This time is over.")
}
