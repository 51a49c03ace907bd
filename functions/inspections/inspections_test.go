package inspections

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"strings"
	"testing"
	"time"

	"motorpool/functions/fleet"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/attachment"
	blobs "motorpool/shared/blob/embed"
	"motorpool/shared/ident"
	"motorpool/shared/inspection/paper"
	"motorpool/shared/picture/plain"
	"motorpool/shared/table/embed/embedtest"
	"motorpool/shared/workspace"
)

// yard is the product with files of its own, and a client that may do all.
type yard struct {
	*apitest.Client
	t   *testing.T
	app *app.App
	ws  string
	car string

	shots int
}

func now() time.Time { return apitest.Now }

func newYard(t *testing.T) *yard {
	t.Helper()
	tab := embedtest.Open(t, now)
	store, err := blobs.Open(blobs.Options{Dir: t.TempDir(), BaseURL: "https://m.example/files", Key: bytes.Repeat([]byte("k"), 32), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	y := &yard{t: t, app: app.New(app.Ports{Table: tab, Files: store, Studio: plain.New(), Print: paper.Print, NewID: ident.Sortable(now), Now: now, BaseURL: "https://m.example", Box: apitest.Box(t)})}
	w, err := y.app.Workspaces.Create(t.Context(), workspace.Draft{Name: "W", Mode: workspace.Test, TimeZone: "UTC"}, now())
	if err != nil {
		t.Fatal(err)
	}
	y.ws = w.ID
	y.Client = y.as(access.All()...)
	y.car = apitest.Asset(y.t, y.app, access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: y.ws}, `{"type":"car","make":"Toyota","model":"Camry"}`)
	return y
}

func (y *yard) as(grants ...access.Grant) *apitest.Client {
	a := access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: y.ws, Grants: grants}
	return apitest.Serve(y.t, y.app, now, a, Routes, fleet.Routes)
}

func (y *yard) make(path, body string) string {
	y.t.Helper()
	return y.Want(201, "POST", path, body).JSON["id"].(string)
}

// template is a published one with a check, a photo, a damage map and an odometer.
func (y *yard) template() string {
	y.t.Helper()
	id := y.make("/v1/inspection-templates", `{"name":"Return","kind":"return","sections":[{"title":"All","fields":[
		{"key":"lights","label":"Lights","type":"check","required":true,"photo_on_fail":true,"issue_on_fail":true,"severity":"safety"},
		{"key":"front","label":"Front","type":"photo","photos":1,"required":true},
		{"key":"damage","label":"Damage","type":"damage"},{"key":"odometer","label":"Odometer","type":"odometer","required":true},
		{"key":"sign","label":"Customer","type":"signature","signer":"customer"}]}]}`)
	y.Want(200, "POST", "/v1/inspection-templates/"+id+"/publish", "")
	return id
}

// photo uploads one as evidence.
func (y *yard) photo() (id, hash string) {
	y.t.Helper()
	y.shots++ // no two are the same
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 48+y.shots)), nil); err != nil {
		y.t.Fatal(err)
	}
	sum := sha256.Sum256(b.Bytes())
	by := access.Actor{Kind: "user", ID: "usr_1", Workspace: y.ws, Grants: access.All()}
	a, err := y.app.Attachments.Keep(y.t.Context(), by, attachment.Draft{Purpose: attachment.Evidence, Name: "p.jpg", Type: attachment.JPEG, Size: int64(b.Len())}, &b, now())
	if err != nil {
		y.t.Fatal(err)
	}
	return a.ID, hex.EncodeToString(sum[:])
}

func TestAnInspectionGoesItsWayOverHTTP(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.make("/v1/inspections", fmt.Sprintf(`{"asset":%q,"template":%q,"customer":{"name":"Ada","email":"ada@example.com"},"place":{"latitude":"-33.86785","longitude":"151.20732"}}`, y.car, y.template()))
	path := "/v1/inspections/" + id
	file, hash := y.photo()
	y.Want(412, "PATCH", path+"/answers", `{"answers":{"lights":{"choice":"pass"}}}`, "If-Match", `"9"`)
	a := y.Want(200, "PATCH", path+"/answers", fmt.Sprintf(`{"answers":{"lights":{"choice":"fail"},"front":{"photos":[{"file":%q}]},"damage":{"marks":[{"view":"left","x":1,"y":2,"type":"dent"}]}}}`, file), "If-Match", `"1"`)
	if !strings.Contains(a.Body, hash) || !strings.Contains(a.Body, `"latitude":"-33.868"`) {
		t.Errorf("answered: %s", a.Body)
	}
	a = y.Want(422, "POST", path+"/complete", `{}`)
	if !strings.Contains(a.Body, `"field":"answers.lights"`) || !strings.Contains(a.Body, `"field":"answers.odometer"`) || a.JSON["code"] != "inspection.incomplete" {
		t.Errorf("incomplete: %s", a.Body)
	}
	more, _ := y.photo()
	y.Want(200, "PATCH", path+"/answers", fmt.Sprintf(`{"answers":{"lights":{"choice":"fail","photos":[{"file":%q}]},"odometer":{"odometer":48211},"sign":{"signature":{"name":"Ada","lines":[[1,2,3,4]]}}}}`, more))
	a = y.Want(200, "POST", path+"/complete", `{}`)
	report, _ := a.JSON["report"].(map[string]any)
	if a.JSON["state"] != "completed" || report == nil || len(a.JSON["issues"].([]any)) != 1 || a.JSON["reading"] == nil {
		t.Fatalf("completed: %s", a.Body)
	}
	f, _, err := y.app.Attachments.Open(t.Context(), y.ws, report["file"].(string))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	sum := sha256.Sum256(body)
	if err != nil || !bytes.HasPrefix(body, []byte("%PDF")) || hex.EncodeToString(sum[:]) != report["sha256"] || bytes.Count(body, []byte("/Subtype /Image")) != 2 {
		t.Errorf("the PDF has %d bytes and %d pictures, %v", len(body), bytes.Count(body, []byte("/Subtype /Image")), err)
	}
	if a := y.Want(200, "GET", path+"/report", ""); !strings.HasPrefix(a.JSON["url"].(string), "https://m.example/files/") {
		t.Errorf("report: %s", a.Body)
	}
	y.Want(409, "PATCH", path+"/answers", `{"answers":{"lights":{"choice":"pass"}}}`)
	y.Want(200, "POST", path+"/addenda", `{"text":"It was the right one."}`)
	if a := y.Want(201, "POST", path+"/link", ""); !strings.HasPrefix(a.JSON["url"].(string), "https://m.example/inspection/") {
		t.Errorf("link: %s", a.Body)
	}
	y.Want(422, "POST", path+"/dispute", `{"name":"Ada"}`)
	y.Want(200, "POST", path+"/acknowledge", `{"name":"Ada"}`)
	y.Want(409, "POST", path+"/dispute", `{"name":"Ada","comment":"No"}`)
	y.Want(200, "POST", path+"/void", `{"reason":"The wrong vehicle"}`)
	for query, want := range map[string]int{"": 1, "?state=voided": 1, "?state=completed": 0, "?kind=return&order=oldest": 1, "?asset=" + y.car: 1, "?since=2030-01-01T00:00:00Z": 0} {
		if a := y.Want(200, "GET", "/v1/inspections"+query, ""); len(a.JSON["data"].([]any)) != want {
			t.Errorf("%s: %s", query, a.Body)
		}
	}
}

func TestWhoMayWhat(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	tpl := y.template()
	id := y.make("/v1/inspections", fmt.Sprintf(`{"asset":%q,"template":%q,"customer":{"name":"Ada","email":"ada@example.com"}}`, y.car, tpl))
	y.Want(200, "PATCH", "/v1/inspections/"+id+"/answers", `{"answers":{"sign":{"signature":{"name":"Ada"}}}}`)
	viewer, inspector := y.as(access.ViewAssets), y.as(access.ViewAssets, access.DoInspections)
	a := viewer.Want(200, "GET", "/v1/inspections/"+id, "")
	if strings.Contains(a.Body, "Ada") || strings.Contains(a.Body, "ada@") || !strings.Contains(a.Body, `"redacted":["customer","answers.sign.signature"]`) {
		t.Errorf("what identifies the customer is shown: %s", a.Body)
	}
	viewer.Want(403, "POST", "/v1/inspections", fmt.Sprintf(`{"asset":%q,"template":%q}`, y.car, tpl))
	viewer.Want(403, "PATCH", "/v1/inspections/"+id+"/answers", `{"answers":{}}`)
	inspector.Want(403, "POST", "/v1/inspections/"+id+"/void", `{"reason":"x"}`)
	inspector.Want(403, "POST", "/v1/inspection-templates", `{"name":"x","kind":"return","sections":[]}`)
	inspector.Want(403, "POST", "/v1/inspection-templates/"+tpl+"/retire", "")
	y.as(access.EditAssets).Want(403, "GET", "/v1/inspections/"+id, "")
	stranger := apitest.Serve(t, y.app, now, access.Actor{Kind: "user", ID: "usr_2", Workspace: "wsp_2", Grants: access.All()}, Routes)
	for _, path := range []string{"/v1/inspections/" + id, "/v1/inspection-templates/" + tpl, "/v1/inspection-templates/" + tpl + "/editions/1", "/v1/inspections/" + id + "/report"} {
		stranger.Want(404, "GET", path, "")
	}
}

func TestTemplatesGoTheirWayOverHTTP(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	a := y.Want(201, "POST", "/v1/inspection-templates/starters", "")
	if len(a.JSON["data"].([]any)) != 2 {
		t.Errorf("starters: %s", a.Body)
	}
	y.Want(409, "POST", "/v1/inspection-templates/starters", "")
	id := y.template()
	path := "/v1/inspection-templates/" + id
	y.Want(409, "POST", path+"/publish", "")
	y.Want(412, "PATCH", path, `{"name":"Other"}`, "If-Match", `"9"`)
	if a := y.Want(200, "PATCH", path, `{"name":"Other"}`); a.JSON["changed"] != true || a.JSON["edition"] != 1.0 {
		t.Errorf("edited: %s", a.Body)
	}
	if a := y.Want(200, "GET", path+"/editions/1", ""); a.JSON["name"] != "Return" {
		t.Errorf("the edition changed: %s", a.Body)
	}
	y.Want(200, "POST", path+"/publish", "")
	if a := y.Want(422, "PATCH", path, `{"sections":[{"title":"","fields":[{"key":"A","label":"","type":"text"}]}]}`); !strings.Contains(a.Body, "sections[0].fields[0].key") {
		t.Errorf("bad: %s", a.Body)
	}
	y.Want(200, "POST", path+"/retire", "")
	y.Want(409, "PATCH", path, `{"name":"Again"}`)
	if a := y.Want(200, "GET", "/v1/inspection-templates?state=published&kind=return", ""); len(a.JSON["data"].([]any)) != 1 {
		t.Errorf("published: %s", a.Body)
	}
}
