package care

import (
	"fmt"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/odometer"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

func TestWhatIsDueDuringABookingIsATaskAndPlansAWindow(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.booked(y.car, "bkg_1", now().AddDate(0, 0, -1), now().AddDate(0, 0, 4), true)
	id := y.make("/v1/service-reminders", fmt.Sprintf(`{"asset":%q,"name":"Oil","due_on":"2026-03-04","auto_window":true}`, y.car))
	for range 2 { // the second does nothing
		if err := y.app.Reminders.Remind(t.Context(), y.ws, now()); err != nil {
			t.Fatal(err)
		}
	}
	r := y.Want(200, "GET", "/v1/service-reminders/"+id, "").JSON
	if r["state"] != "due_soon" || r["window"] == nil || r["task"] == nil {
		t.Fatalf("due: %v", r)
	}
	w := y.Want(200, "GET", "/v1/maintenance-windows/"+r["window"].(string), "").JSON
	if w["starts_at"] != "2026-03-06T08:00:00Z" || w["reminder"] != id || w["state"] != "planned" {
		t.Errorf("the nearest day on which the vehicle is free: %v", w)
	}
	i := y.Want(200, "GET", "/v1/issues/"+r["task"].(string), "").JSON
	if i["title"] != "Contact the customer: Oil" || i["due"] != "2026-03-04" {
		t.Errorf("the task: %v", i)
	}
	if n := len(y.Want(200, "GET", "/v1/issues", "").JSON["data"].([]any)); n != 1 {
		t.Errorf("%d tasks", n)
	}
}

// told publishes everything that rests in a partition, as the stream does.
func (y *yard) told(pk string) {
	y.t.Helper()
	page, err := y.table.Query(y.t.Context(), table.Query{PK: pk, Prefix: "EVENT#"})
	if err != nil {
		y.t.Fatal(err)
	}
	var batch []outbox.Stored
	for _, it := range page.Items {
		e, err := outbox.Read(it.Key.PK, it.Key.SK, it.Doc)
		if err != nil {
			y.t.Fatal(err)
		}
		batch = append(batch, e)
	}
	for range 2 { // a stream may say it twice
		if err := y.app.Heard(y.t.Context(), batch, now()); err != nil {
			y.t.Fatal(err)
		}
	}
}

func TestRemindersHearOfOdometersAndOfRegistrations(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.make("/v1/service-reminders", fmt.Sprintf(`{"asset":%q,"name":"Oil","due_odometer":60000000}`, y.car))
	read := func(value int64) {
		t.Helper()
		if _, _, err := y.app.Odometer.Record(t.Context(), access.Actor{Kind: "user", ID: "usr_1", Workspace: y.ws, Grants: access.All()}, y.car, odometer.Draft{Value: value}, now()); err != nil {
			t.Fatal(err)
		}
		y.told("WS#" + y.ws + "#ODO#" + y.car)
	}
	read(59_500)
	if got := y.Want(200, "GET", "/v1/service-reminders/"+id, "").JSON["state"]; got != "due_soon" {
		t.Errorf("500 km before: %v", got)
	}
	y.Want(200, "PATCH", "/v1/assets/"+y.car, `{"registration":{"plate":"A 1","expires":"2027-02-28"}}`)
	y.told("WS#" + y.ws + "#AST#" + y.car)
	if a := y.Want(200, "GET", "/v1/service-reminders?kind=registration", ""); strings.Count(a.Body, `"due_on":"2027-02-28"`) != 1 {
		t.Errorf("followed: %s", a.Body)
	}
}

func TestTemplatesOverHTTP(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	path := "/v1/service-reminder-templates"
	id := y.make(path, `{"name":"Tyres","interval_days":365,"recurring":true}`)
	if a := y.Want(200, "POST", path+"/"+id+"/apply", ""); !strings.Contains(a.Body, `"scheduled":1,"more":false`) {
		t.Errorf("applied: %s", a.Body)
	}
	if a := y.Want(200, "POST", path+"/"+id+"/apply", ""); !strings.Contains(a.Body, `"scheduled":0`) {
		t.Errorf("applied again: %s", a.Body)
	}
	y.Want(412, "PATCH", path+"/"+id, `{"warn_days":7}`, "If-Match", `"7"`)
	y.Want(200, "PATCH", path+"/"+id, `{"warn_days":7}`)
	y.Want(422, "POST", path, `{"name":"Never"}`)
	if n := len(y.Want(200, "GET", path, "").JSON["data"].([]any)); n != 1 {
		t.Errorf("%d templates", n)
	}
	y.Want(204, "DELETE", path+"/"+id, "")
	y.Want(404, "GET", path+"/"+id, "")
}
