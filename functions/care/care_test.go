package care

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"motorpool/functions/fleet"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/calendar"
	"motorpool/shared/ident"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
	"motorpool/shared/workspace"
)

// yard is the product with a file of its own, and a client that may do all.
type yard struct {
	*apitest.Client
	t     *testing.T
	table *counting
	app   *app.App
	ws    string
	car   string
}

// counting counts reads.
type counting struct {
	table.Table
	reads int
}

func (c *counting) Get(ctx context.Context, k table.Key) (table.Item, error) {
	c.reads++
	return c.Table.Get(ctx, k)
}

func (c *counting) Query(ctx context.Context, q table.Query) (table.Page, error) {
	c.reads++
	return c.Table.Query(ctx, q)
}

func now() time.Time { return apitest.Now }

func newYard(t *testing.T) *yard {
	t.Helper()
	tab := embedtest.Open(t, now)
	y := &yard{t: t, table: &counting{Table: tab}}
	y.app = app.New(app.Ports{Table: y.table, NewID: ident.Sortable(now), Now: now})
	w, err := y.app.Workspaces.Create(t.Context(), workspace.Draft{Name: "W", Mode: workspace.Test, TimeZone: "UTC"}, now())
	if err != nil {
		t.Fatal(err)
	}
	y.ws = w.ID
	y.Client = y.as(access.Actor{Workspace: y.ws, Grants: access.All()})
	y.car = y.asset()
	return y
}

func (y *yard) as(a access.Actor) *apitest.Client {
	a.Kind, a.ID, a.Name = "user", "usr_1", "Mia"
	return apitest.Serve(y.t, y.app, now, a, Routes, fleet.Routes)
}

func (y *yard) asset() string {
	return apitest.Asset(y.t, y.app, access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: y.ws}, `{"type":"car","make":"Toyota","model":"Camry"}`)
}

func (y *yard) make(path, body string) string {
	y.t.Helper()
	return y.Want(201, "POST", path, body).JSON["id"].(string)
}

func (y *yard) window(more string) string {
	y.t.Helper()
	return y.make("/v1/maintenance-windows", fmt.Sprintf(`{"asset":%q,"starts_at":"2026-03-01T08:00:00Z","reason":"service"%s}`, y.car, more))
}

func (y *yard) booked(asset, id string, from, until time.Time, running bool) {
	y.t.Helper()
	op, err := y.app.Calendar.Hold(y.t.Context(), y.ws, asset, calendar.Hold{ID: id, Kind: calendar.Booking, From: from, Until: until, Running: running}, now())
	if err == nil {
		err = y.table.Write(y.t.Context(), op)
	}
	if err != nil {
		y.t.Fatal(err)
	}
}

func (y *yard) issue(more string) string {
	y.t.Helper()
	return y.make("/v1/issues", fmt.Sprintf(`{"asset":%q,"title":"Scratch","type":"damage"%s}`, y.car, more))
}

func (y *yard) reminder() string {
	y.t.Helper()
	return y.make("/v1/service-reminders", fmt.Sprintf(`{"asset":%q,"name":"Oil","interval_days":100,"last_done":"2026-02-01","recurring":true}`, y.car))
}

func TestAWindowGoesItsWayOverHTTP(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.window(`,"ends_at":"2026-03-03T08:00:00Z"`)
	path := "/v1/maintenance-windows/" + id
	y.Want(412, "PATCH", path, `{"note":"x"}`, "If-Match", `"7"`)
	a := y.Want(200, "PATCH", path, `{"note":"x","ends_at":null}`, "If-Match", `"1"`)
	if a.JSON["note"] != "x" || a.JSON["ends_at"] != nil || a.Header.Get("ETag") != `"2"` {
		t.Errorf("edited: %s", a.Body)
	}
	y.Want(200, "POST", path+"/start", "")
	if got := y.Want(200, "GET", "/v1/assets/"+y.car, "").JSON["status"]; got != "in_maintenance" {
		t.Errorf("in the workshop the asset is %v", got)
	}
	y.Want(200, "POST", path+"/complete", "")
	y.Want(409, "POST", path+"/cancel", "")
	if got := y.Want(200, "GET", "/v1/assets/"+y.car, "").JSON["status"]; got != "unavailable" {
		t.Errorf("afterwards the asset is %v", got)
	}
	if a := y.Want(409, "DELETE", "/v1/assets/"+y.car, ""); !strings.Contains(a.Body, "maintenance windows") {
		t.Errorf("an asset with a history is deleted: %s", a.Body)
	}
}

func TestABookingHasToBeAcknowledged(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.booked(y.car, "bkg_1", now(), now().AddDate(0, 0, 3), true)
	body := fmt.Sprintf(`{"asset":%q,"starts_at":"2026-03-02T08:00:00Z","reason":"repair"}`, y.car)
	if a := y.Want(409, "POST", "/v1/maintenance-windows", body); a.JSON["code"] != "calendar.taken" || !strings.Contains(a.Body, `"field":"acknowledge"`) || !strings.Contains(a.Body, "bkg_1") {
		t.Errorf("over a booking: %s", a.Body)
	}
	y.Want(201, "POST", "/v1/maintenance-windows", strings.Replace(body, "{", `{"acknowledge":["bkg_1"],`, 1))
}

func TestAnIssueGoesItsWayOverHTTP(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	path := "/v1/issues/" + y.issue(`,"severity":"safety"`)
	if a := y.Want(200, "GET", path, ""); !strings.Contains(a.Body, `"offers":["disable_booking","create_window"]`) || a.JSON["number"] != "IS000001" {
		t.Errorf("reported as %s", a.Body)
	}
	y.Want(200, "PATCH", path, `{"estimated_cost":{"minor":100,"currency":"AUD"},"due":"2026-03-09"}`)
	for _, verb := range []string{"start", "resolve", "reopen", "start", "resolve", "close"} {
		y.Want(200, "POST", path+"/"+verb, "")
	}
	if a := y.Want(200, "GET", path, ""); a.JSON["state"] != "closed" || strings.Contains(a.Body, "offers") {
		t.Errorf("closed: %s", a.Body)
	}
	y.Want(409, "POST", path+"/dismiss", "")
	if a := y.Want(200, "GET", "/v1/issues?state=closed&asset="+y.car, ""); !strings.Contains(a.Body, "IS000001") {
		t.Errorf("listed: %s", a.Body)
	}
}

func TestAReminderGoesItsWayOverHTTP(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	path := "/v1/service-reminders/" + y.reminder()
	if a := y.Want(200, "GET", path, ""); a.JSON["due_on"] != "2026-05-12" || a.JSON["warn_days"] != float64(14) {
		t.Errorf("scheduled as %s", a.Body)
	}
	y.Want(200, "PATCH", path, `{"warn_days":90}`)
	if err := y.app.Reminders.Remind(t.Context(), y.ws, now()); err != nil {
		t.Fatal(err)
	}
	if a := y.Want(200, "GET", "/v1/service-reminders?state=due_soon", ""); !strings.Contains(a.Body, `"name":"Oil"`) {
		t.Errorf("due soon: %s", a.Body)
	}
	y.Want(422, "POST", path+"/complete", `{"done_on":"2026-03-02"}`)
	y.Want(200, "POST", path+"/complete", `{}`)
	y.Want(409, "POST", path+"/skip", "")
	if a := y.Want(200, "GET", "/v1/service-reminders", ""); !strings.Contains(a.Body, `"due_on":"2026-06-09"`) {
		t.Errorf("the next one: %s", a.Body)
	}
}

func TestATimelineIsEverythingThatHappened(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.window("")
	y.issue("")
	y.reminder()
	got, cursor := []string{}, ""
	for {
		a := y.Want(200, "GET", "/v1/assets/"+y.car+"/timeline?limit=2&cursor="+cursor, "")
		for _, e := range a.JSON["data"].([]any) {
			got = append(got, e.(map[string]any)["action"].(string))
		}
		if cursor, _ = a.JSON["next_cursor"].(string); cursor == "" {
			break
		}
	}
	if want := "service_reminder.created issue.created maintenance_window.created asset.created"; strings.Join(got, " ") != want {
		t.Errorf("got %v", got)
	}
	if a := y.Want(200, "GET", "/v1/assets/"+y.car+"/history", ""); strings.Contains(a.Body, "issue.created") {
		t.Errorf("the asset's own history has more: %s", a.Body)
	}
}

func TestTheCalendarShowsWhoHasWhichCar(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	for i := range 30 {
		id := y.asset()
		y.booked(id, fmt.Sprint("bkg_", i), now().AddDate(0, 0, i), now().AddDate(0, 0, i+1), i == 0)
	}
	y.table.reads = 0
	a := y.Want(200, "GET", "/v1/calendar?until=2026-03-11T09:00:00Z&limit=50", "")
	if y.table.reads > 6 {
		t.Errorf("31 vehicles took %d reads", y.table.reads)
	}
	if n := strings.Count(a.Body, `"kind":"booking"`); n != 10 || len(a.JSON["data"].([]any)) != 31 {
		t.Errorf("%d bookings are shown: %s", n, a.Body)
	}
	for status, want := range map[string]int{"on_booking": 1, "reserved": 0, "unavailable": 30, "in_maintenance": 0} {
		if got := len(y.Want(200, "GET", "/v1/assets?status="+status, "").JSON["data"].([]any)); got != want {
			t.Errorf("%d are %s, want %d", got, status, want)
		}
	}
	y.Want(422, "GET", "/v1/calendar?from=2026-03-02T09:00:00Z&until=2026-03-01T09:00:00Z", "")
	y.Want(422, "GET", "/v1/calendar?from=2026-03-02T09:00:00Z&until=2027-03-01T09:00:00Z", "")
}

func TestStrangersAndOtherLocationsSeeNothing(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	window, issue, reminder := y.window(""), y.issue(""), y.reminder()
	for who, actor := range map[string]access.Actor{
		"a stranger":        {Workspace: "wsp_00000000000000000000000009", Grants: access.All()},
		"somebody far away": {Workspace: y.ws, Grants: access.All(), Locations: []string{"loc_9"}},
	} {
		c := y.as(actor)
		for path, verbs := range map[string]string{
			"/v1/maintenance-windows/" + window: "start complete cancel", "/v1/issues/" + issue: "start resolve reopen close dismiss",
			"/v1/service-reminders/" + reminder: "skip",
		} {
			for _, a := range []apitest.Answer{c.Do("GET", path, ""), c.Do("PATCH", path, `{"note":"mine"}`), c.Do("PATCH", path, `{"title":"mine"}`)} {
				if a.Status != 404 && a.JSON["code"] != "request.unknown_field" && a.JSON["code"] != "request.invalid" {
					t.Errorf("%s, %s: %d %s", who, path, a.Status, a.Body)
				}
			}
			for _, verb := range strings.Fields(verbs) {
				c.Want(404, "POST", path+"/"+verb, "")
			}
		}
		c.Want(404, "GET", "/v1/assets/"+y.car+"/timeline", "")
		for _, path := range []string{"/v1/maintenance-windows", "/v1/issues", "/v1/issues?state=open", "/v1/service-reminders", "/v1/calendar"} {
			if data := c.Want(200, "GET", path, "").JSON["data"].([]any); len(data) != 0 {
				t.Errorf("%s sees %d at %s", who, len(data), path)
			}
		}
	}
}

func TestEachRouteAsksForItsGrant(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	c := y.as(access.Actor{Workspace: y.ws})
	for _, r := range Routes {
		if a := c.Do(r.Method, strings.ReplaceAll(r.Path, "{id}", "x"), ""); a.Status != 403 {
			t.Errorf("%s without a grant: %d", r.Name, a.Status)
		}
		if want := map[bool]access.Grant{true: access.ViewAssets, false: access.ManageCare}[r.Method == "GET"]; r.Allow != want {
			t.Errorf("%s allows %s", r.Name, r.Allow)
		}
	}
}
