package imports

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"motorpool/functions/exports"
	"motorpool/functions/fleet"
	"motorpool/functions/locations"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/attachment"
	"motorpool/shared/blob/embed"
	"motorpool/shared/ident"
	"motorpool/shared/queue"
	"motorpool/shared/table/embed/embedtest"
	"motorpool/shared/workspace"
)

// jobs is the queue of jobs as a list that the test works through.
type jobs struct{ sent []queue.Message }

func (j *jobs) Send(_ context.Context, msgs ...queue.Message) error {
	j.sent = append(j.sent, msgs...)
	return nil
}

func (j *jobs) Serve(context.Context, queue.Handler) error { return nil }

// desk is the product, and a client of it that may do all.
type desk struct {
	*apitest.Client
	*app.App
	t     *testing.T
	jobs  *jobs
	actor access.Actor
	at    time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, jobs: &jobs{}, at: apitest.Now}
	now := func() time.Time { return d.at }
	tab := embedtest.Open(t, now)
	files, err := embed.Open(embed.Options{Dir: t.TempDir(), BaseURL: "http://files.example", Key: bytes.Repeat([]byte("k"), 32), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	d.App = app.New(app.Ports{
		Table: tab, Jobs: d.jobs, Files: files, Box: apitest.Box(t), Now: now, NewID: ident.Sortable(now),
		Random: bytes.NewReader(bytes.Repeat([]byte("r"), 4096)), BaseURL: "http://desk.example", Log: slog.New(slog.DiscardHandler),
	})
	w, err := d.Workspaces.Create(t.Context(), workspace.Draft{Name: "Harbour", Mode: workspace.Live, TimeZone: "UTC"}, d.at)
	if err != nil {
		t.Fatal(err)
	}
	if d.actor, _, err = d.LetIn(t.Context(), w.ID, "mia@harbour.example", d.at); err != nil {
		t.Fatal(err)
	}
	d.at = d.at.Add(time.Second)
	d.Client = d.of(d.actor)
	return d
}

func (d *desk) of(actor access.Actor) *apitest.Client {
	return apitest.Serve(d.t, d.App, func() time.Time { return d.at }, actor, Routes, exports.Routes, fleet.Routes, locations.Routes)
}

// work does all jobs, and those that they order.
func (d *desk) work() {
	d.t.Helper()
	for len(d.jobs.sent) > 0 {
		m := d.jobs.sent[0]
		d.jobs.sent = d.jobs.sent[1:]
		var j struct{ Kind string }
		if err := json.Unmarshal(m.Body, &j); err != nil {
			d.t.Fatal(err)
		}
		run := d.Imports.RunJob
		if j.Kind == "export" {
			run = d.Exports.RunJob
		}
		if err := run(d.t.Context(), m.Body, d.at); err != nil {
			d.t.Fatalf("%s: %v", m.Body, err)
		}
	}
}

// upload brings a file in.
func (d *desk) upload(file string) string {
	d.t.Helper()
	a, err := d.Attachments.Keep(d.t.Context(), d.actor, attachment.Draft{Purpose: attachment.Import, Name: "fleet.csv", Type: attachment.CSV}, strings.NewReader(file), d.at)
	if err != nil {
		d.t.Fatal(err)
	}
	return a.ID
}

const file = "VIN,Type,Make,Model,Year,Location,Category\n" +
	"1T1BF3EK50X123456,car,Toyota,Camry,2025,SYD,Small SUV\n" +
	"SERIAL-77,trailer,Krone,Box,2020,Nowhere,Small SUV\n"

func TestAnImportFromTheFileToTheFleet(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.Want(201, "POST", "/v1/locations", `{"name":"Sydney Airport","code":"SYD","time_zone":"UTC"}`)
	d.Want(201, "POST", "/v1/categories", `{"name":"Small SUV"}`)
	id := d.Want(201, "POST", "/v1/imports", `{"kind":"assets","file":"`+d.upload(file)+`"}`).JSON["id"].(string)
	path := "/v1/imports/" + id
	d.work()
	if a := d.Want(200, "GET", path, ""); a.JSON["state"] != "mapping" || !strings.Contains(a.Body, `"field":"home_location"`) || a.JSON["rows"] != 2.0 {
		t.Errorf("got %s", a.Body)
	}
	d.Want(409, "POST", path+"/apply", "")
	d.Want(422, "PUT", path+"/mapping", `{"columns":["vin"]}`)
	d.Want(200, "PUT", path+"/mapping", `{"columns":["vin","type","make","model","year","home_location","categories"]}`)
	d.Want(200, "POST", path+"/check", "")
	d.Want(409, "POST", path+"/check", "")
	d.work()
	if a := d.Want(200, "GET", path, ""); a.JSON["state"] != "checked" || !strings.Contains(a.Body, `"expected":{"created":1,"updated":0,"unchanged":0,"failed":1,"warned":1}`) {
		t.Errorf("got %s", a.Body)
	}
	if a := d.Want(200, "GET", path+"/rows?outcome=failed", ""); !strings.Contains(a.Body, `"row":3`) || !strings.Contains(a.Body, `"column":"Location"`) {
		t.Errorf("got %s", a.Body)
	}
	d.Want(200, "POST", path+"/apply", "")
	d.work()
	if a := d.Want(200, "GET", path, ""); a.JSON["state"] != "applied" || a.JSON["has_error_file"] != true || a.JSON["rows_done"] != 2.0 {
		t.Errorf("got %s", a.Body)
	}
	if a := d.Want(200, "GET", path+"/errors-file", ""); !strings.HasPrefix(a.JSON["url"].(string), "http://files.example/") {
		t.Errorf("got %s", a.Body)
	}
	if a := d.Want(200, "GET", "/v1/assets", ""); !strings.Contains(a.Body, "1T1BF3EK50X123456") {
		t.Errorf("got %s", a.Body)
	}
	d.Want(409, "POST", path+"/cancel", "")
	if a := d.Want(200, "GET", "/v1/imports", ""); !strings.Contains(a.Body, id) {
		t.Errorf("got %s", a.Body)
	}
	if a := d.Want(200, "GET", "/v1/imports/fields?kind=assets", ""); !strings.Contains(a.Body, `"name":"vin"`) {
		t.Errorf("got %s", a.Body)
	}
}

func TestAnExportFromTheListToTheFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if a := d.Want(200, "GET", "/v1/exports/lists", ""); !strings.Contains(a.Body, `"name":"assets"`) {
		t.Errorf("got %s", a.Body)
	}
	id := d.Want(201, "POST", "/v1/exports", `{"list":"assets","columns":["vin","status"],"bom":true}`).JSON["id"].(string)
	d.Want(409, "GET", "/v1/exports/"+id+"/link", "")
	d.work()
	if a := d.Want(200, "GET", "/v1/exports/"+id, ""); a.JSON["state"] != "ready" {
		t.Errorf("got %s", a.Body)
	}
	if a := d.Want(200, "GET", "/v1/exports/"+id+"/link", ""); a.JSON["expires_at"] != "2026-03-02T09:00:01Z" {
		t.Errorf("got %s", a.Body)
	}
	if a := d.Want(200, "GET", "/v1/exports", ""); !strings.Contains(a.Body, id) {
		t.Errorf("got %s", a.Body)
	}
	for _, bad := range []string{`{"list":"secrets"}`, `{"list":"assets","columns":["nothing"]}`, `{"list":"assets","filters":{"x":"y"}}`} {
		d.Want(422, "POST", "/v1/exports", bad)
	}
}

func TestStrangersFindNothingAndViewersChangeNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	path := "/v1/imports/" + d.Want(201, "POST", "/v1/imports", `{"kind":"assets","file":"`+d.upload(file)+`"}`).JSON["id"].(string)
	export := "/v1/exports/" + d.Want(201, "POST", "/v1/exports", `{"list":"assets"}`).JSON["id"].(string)
	d.work()
	elsewhere := d.actor
	elsewhere.Workspace = "wsp_00000000000000000000000009"
	bound := d.actor
	bound.ID, bound.Locations = "usr_00000000000000000000000009", []string{"loc_00000000000000000000000009"}
	for who, c := range map[string]*apitest.Client{"another workspace": d.of(elsewhere), "somebody of one location": d.of(bound)} {
		for _, r := range []struct{ method, path, body string }{
			{"GET", path, ""},
			{"GET", path + "/rows", ""},
			{"GET", path + "/errors-file", ""},
			{"PUT", path + "/mapping", `{"columns":[]}`},
			{"POST", path + "/check", ""},
			{"POST", path + "/apply", ""},
			{"POST", path + "/cancel", ""},
			{"GET", export, ""},
			{"GET", export + "/link", ""},
		} {
			if a := c.Do(r.method, r.path, r.body); a.Status != 404 {
				t.Errorf("%s: %s %s: got %d %s", who, r.method, r.path, a.Status, a.Body)
			}
		}
	}
	viewer := d.actor
	viewer.Grants = []access.Grant{access.ViewAssets}
	for _, r := range []struct{ method, path, body string }{
		{"POST", "/v1/imports", `{"kind":"assets","file":"att_1"}`}, {"PUT", path + "/mapping", `{"columns":[]}`}, {"POST", path + "/apply", ""}, {"POST", "/v1/exports", `{"list":"assets"}`},
	} {
		if a := d.of(viewer).Do(r.method, r.path, r.body); a.Status != 403 {
			t.Errorf("a viewer: %s %s: got %d", r.method, r.path, a.Status)
		}
	}
	for _, body := range []string{`{"kind":"people","file":"att_1"}`, `{"kind":"assets","file":"att_00000000000000000000000009"}`, `{"kind":"assets"}`} {
		d.Want(422, "POST", "/v1/imports", body)
	}
	used := d.Want(200, "GET", path, "").JSON["file"].(string)
	d.Want(409, "POST", "/v1/imports", `{"kind":"assets","file":"`+used+`"}`)
}
