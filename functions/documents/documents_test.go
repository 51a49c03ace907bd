package documents

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/audit"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

const (
	workspace = "wsp_00000000000000000000000000"
	jordan    = `{"type":"person","id":"per_00000000000000000000000001"}`
	camry     = `{"type":"asset","id":"ast_00000000000000000000000001"}`
)

// desk is the product with a file of its own, and a client that may do all.
type desk struct {
	*apitest.Client
	t     *testing.T
	table table.Table
	app   *app.App
}

// everybody is there: who owns documents is not what these tests are about.
type everybody struct{}

func (everybody) Refer(_ context.Context, actor access.Actor, o document.Owner) (document.Owner, table.Op, error) {
	if !strings.HasSuffix(o.ID, "1") {
		return o, table.Op{}, fault.New(fault.NotFound, "person.not_found", "There is no such person here.")
	}
	return o, table.Check(table.Key{PK: "WS#" + actor.Workspace + "#OWNER", SK: o.ID}, 0), nil
}

func (everybody) Edits(access.Actor, document.Owner) error { return nil }

func (everybody) Identifiers(_ context.Context, _ string, o document.Owner) ([]string, error) {
	return []string{o.ID}, nil
}

func (everybody) Sees(_ context.Context, actor access.Actor, o document.Owner) (bool, error) {
	return o.Type != "asset" || actor.At("loc_1"), nil
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	now := func() time.Time { return apitest.Now }
	tab := embedtest.Open(t, now)
	ids := ident.Sortable(now)
	told, noted := &outbox.Service{Table: tab, NewID: ids}, &audit.Service{Table: tab, NewID: ids}
	a := &app.App{Events: told, Audit: noted, Documents: &document.Service{
		Table: tab, NewID: ids, NewToken: ident.Secret, Events: told, Audit: noted, Owners: everybody{}, BaseURL: "https://x.example",
		Zone: func(context.Context, string) (*time.Location, error) { return time.UTC, nil },
	}}
	k := &desk{t: t, table: tab, app: a}
	k.Client = k.as(access.All()...)
	return k
}

func (k *desk) as(grants ...access.Grant) *apitest.Client {
	return k.of(access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants})
}

func (k *desk) of(actor access.Actor) *apitest.Client {
	return apitest.Serve(k.t, k.app, func() time.Time { return apitest.Now }, actor, Routes)
}

func (k *desk) licence() string {
	k.t.Helper()
	return k.Want(201, "POST", "/v1/documents", `{"owner":`+jordan+`,"type":"licence","number":"20931187","expires":"2027-05-10","name":"JORDAN A SMITH","birth_date":"1994-08-23","address":"12 Harbour Street"}`).JSON["id"].(string)
}

func TestADocumentsLife(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	asked := k.Want(201, "POST", "/v1/document-requests", `{"owner":`+jordan+`,"type":"licence","message":"Both sides, please.","sides":["front","back"]}`)
	p := "/v1/documents/" + asked.JSON["id"].(string)
	if url := asked.JSON["upload_url"].(string); !strings.HasPrefix(url, "https://x.example/upload/") || asked.JSON["upload_until"] != "2026-03-08T09:00:00Z" || asked.JSON["state"] != "requested" {
		t.Errorf("asked: %s", asked.Body)
	}
	if again := k.Want(200, "GET", p, ""); strings.Contains(again.Body, "upload_url") {
		t.Errorf("the link is told again: %s", again.Body)
	}
	in := k.Want(200, "POST", p+"/submit", `{"number":"20931187","expires":"2027-05-10"}`, "If-Match", `"1"`)
	if in.JSON["state"] != "submitted" || in.JSON["valid"] != false || in.Header.Get("ETag") != `"2"` {
		t.Errorf("handed in: %s", in.Body)
	}
	no := k.Want(200, "POST", p+"/reject", `{"reason":"Too dark."}`)
	if no.JSON["state"] != "rejected" || no.JSON["rejection_reason"] != "Too dark." {
		t.Errorf("rejected: %s", no.Body)
	}
	k.Want(200, "POST", p+"/request", `{}`)
	k.Want(200, "POST", p+"/submit", `{"number":"20931187","expires":"2027-05-10"}`)
	k.Want(412, "POST", p+"/verify", "", "If-Match", `"2"`)
	yes := k.Want(200, "POST", p+"/verify", "")
	if yes.JSON["state"] != "verified" || yes.JSON["valid"] != true || len(yes.JSON["earlier"].([]any)) != 1 {
		t.Errorf("verified: %s", yes.Body)
	}
	if h := k.Want(200, "GET", p+"/history", ""); len(h.JSON["data"].([]any)) != 6 || strings.Contains(h.Body, "20931187") {
		t.Errorf("history: %s", h.Body)
	}
}

func TestWhoMayNotSeeWhatIdentifiesPeople(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	id := k.licence()
	k.Want(201, "POST", "/v1/documents", `{"owner":`+camry+`,"type":"registration","number":"CAM014","expires":"2027-05-10"}`)
	blind := k.as(access.ViewPeople, access.EditPeople)
	for name, body := range map[string]string{
		"one":    blind.Want(200, "GET", "/v1/documents/"+id, "").Body,
		"list":   blind.Want(200, "GET", "/v1/documents?owner=per_00000000000000000000000001", "").Body,
		"queue":  blind.Want(200, "GET", "/v1/documents", "").Body,
		"verify": blind.Want(200, "POST", "/v1/documents/"+id+"/verify", "").Body,
		"anew":   blind.Want(200, "POST", "/v1/documents/"+id+"/submit", `{"number":"777","expires":"2027-05-10"}`).Body,
		"past":   blind.Want(200, "GET", "/v1/documents/"+id, "").Body,
	} {
		for _, secret := range []string{"20931187", "JORDAN", "1994-08-23", "Harbour", "777"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s shows %s: %s", name, secret, body)
			}
		}
		if !strings.Contains(body, `"redacted":["number"`) {
			t.Errorf("%s does not say what is left out: %s", name, body)
		}
	}
	if body := blind.Want(200, "GET", "/v1/documents?owner=ast_00000000000000000000000001", "").Body; !strings.Contains(body, "CAM014") {
		t.Errorf("an asset's papers identify nobody: %s", body)
	}
	if a := blind.Do("GET", "/v1/documents?q=2093", ""); a.Status != 403 || a.JSON["code"] != "document.pii" {
		t.Errorf("searched by number: %d %s", a.Status, a.Body)
	}
	if n := len(k.Want(200, "GET", "/v1/documents?q=777", "").JSON["data"].([]any)); n != 1 {
		t.Errorf("found %d by number, want 1", n)
	}
	if a := blind.Do("GET", "/v1/documents/"+id+"/files/att_1", ""); a.Status != 403 {
		t.Errorf("a file: %d", a.Status)
	}
}

func TestBadInputChangesNothing(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	id := k.licence()
	p, owner := "/v1/documents/"+id, `"owner":`+jordan
	before := k.stored(id)
	for _, tt := range []struct {
		method, path, body string
		status             int
		code               string
	}{
		{"POST", "/v1/documents", ``, 422, ""},
		{"POST", "/v1/documents", `{"type":"licence","number":"1","expires":"2027-05-10"}`, 422, ""},
		{"POST", "/v1/documents", `{` + owner + `,"number":"1","expires":"2027-05-10"}`, 422, ""},
		{"POST", "/v1/documents", `{` + owner + `,"type":"diploma","number":"1","expires":"2027-05-10"}`, 422, "document.type"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"registration","number":"1","expires":"2027-05-10"}`, 422, "document.type"},
		{"POST", "/v1/documents", `{"owner":{"type":"booking","id":"bkg_1"},"type":"other","number":"1"}`, 422, ""},
		{"POST", "/v1/documents", `{"owner":{"type":"person","id":"per_1"},"type":"other","number":"1"}`, 422, "document.owner"},
		{"POST", "/v1/documents", `{"owner":{"type":"person","id":"per_00000000000000000000000002"},"type":"other","number":"1"}`, 422, "document.owner"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","expires":"2027-05-10"}`, 422, "document.number"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","number":"1"}`, 422, "document.expires"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","number":"1","expires":"2027-02-30"}`, 422, ""},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","number":"1#2","expires":"2027-05-10"}`, 422, "document.number"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","number":"1","expires":"2027-05-10","issuing_country":"Australia"}`, 422, "document.issuing_country"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","number":"1","expires":"2027-05-10","issued":"2028-01-01"}`, 422, "document.issued"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","number":"1","expires":"2027-05-10","birth_date":"2030-01-01"}`, 422, "document.birth_date"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","expires":"2027-05-10","files":[{"attachment":"x","side":"front"}]}`, 422, "document.files"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","expires":"2027-05-10","files":[{"attachment":"att_00000000000000000000000001","side":"front"}]}`, 422, "document.files"},
		{"POST", "/v1/documents", `{` + owner + `,"type":"licence","number":"1","expires":"2027-05-10","state":"verified"}`, 422, ""},
		{"POST", "/v1/document-requests", `{` + owner + `,"type":"licence","sides":["top"]}`, 422, "document.sides"},
		{"POST", "/v1/document-requests", `{` + owner + `,"type":"licence","message":"` + strings.Repeat("x", 501) + `"}`, 422, "document.message"},
		{"POST", p + "/reject", `{}`, 422, ""},
		{"POST", p + "/reject", `{"reason":" "}`, 422, "document.reason"},
		{"POST", p + "/submit", `{}`, 422, "document.expires"},
		{"POST", "/v1/documents/doc_x/verify", ``, 404, "document.not_found"},
		{"GET", p + "/files/att_1", ``, 404, "document.no_file"},
		{"GET", "/v1/documents?state=lost", ``, 422, ""},
		{"GET", "/v1/documents?type=diploma", ``, 422, ""},
		{"GET", "/v1/documents?cursor=x", ``, 422, "cursor.invalid"},
		{"PATCH", "/v1/document-settings", `{"rules":{"diploma":{"on":true,"days_before":[1],"recipients":["manager"]}}}`, 422, "document.rules"},
		{"PATCH", "/v1/document-settings", `{"rules":{"licence":{"on":true,"days_before":[-1],"recipients":["manager"]}}}`, 422, "document.rules"},
		{"PATCH", "/v1/document-settings", `{"rules":{"licence":{"on":true,"days_before":[1],"recipients":[]}}}`, 422, "document.rules"},
	} {
		a := k.Do(tt.method, tt.path, tt.body)
		if a.Status != tt.status || tt.code != "" && a.JSON["code"] != tt.code {
			t.Errorf("%s %s %s: got %d %s, want %d %s", tt.method, tt.path, tt.body, a.Status, a.Body, tt.status, tt.code)
		}
	}
	if k.stored(id) != before {
		t.Error("the store has changed")
	}
}

// stored is everything that tests can touch, to see that nothing has changed.
func (k *desk) stored(id string) string {
	k.t.Helper()
	var all []string
	for _, q := range []table.Query{
		{PK: "WS#" + workspace + "#EVT", Index: true},
		{PK: "WS#" + workspace + "#AUDIT", Index: true},
		{PK: "WS#" + workspace + "#DOC#" + id},
		{PK: "WS#" + workspace + "#DOC#submitted", Index: true},
		{PK: "WS#" + workspace + "#DOCNUMBER"},
		{PK: "WS#" + workspace + "#DOCSETTINGS"},
	} {
		q.Limit = table.MaxPage
		page, err := k.table.Query(k.t.Context(), q)
		if err != nil {
			k.t.Fatal(err)
		}
		for _, it := range page.Items {
			all = append(all, fmt.Sprint(it.Key, it.Version, string(it.Doc)))
		}
	}
	return strings.Join(all, "\n")
}

func TestStrangersAndWhoMayNot(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	id := k.licence()
	reg := k.Want(201, "POST", "/v1/documents", `{"owner":`+camry+`,"type":"registration","number":"CAM014","expires":"2027-05-10"}`).JSON["id"].(string)
	stranger := k.of(access.Actor{Kind: "user", Workspace: "wsp_other", Grants: access.All()})
	bound := k.of(access.Actor{Kind: "user", Workspace: workspace, Grants: access.All(), Locations: []string{"loc_2"}})
	reader, nobody := k.as(access.ViewPeople), k.as()
	asks := []struct{ method, path, body string }{
		{"GET", "", ""},
		{"GET", "/history", ""},
		{"GET", "/files/att_1", ""},
		{"POST", "/verify", ""},
		{"POST", "/reject", `{"reason":"x"}`},
		{"POST", "/request", `{}`},
		{"POST", "/submit", `{"number":"1","expires":"2027-05-10"}`},
	}
	for i, a := range asks {
		if got := stranger.Do(a.method, "/v1/documents/"+id+a.path, a.body).Status; got != 404 {
			t.Errorf("a stranger: %s%s: %d", a.method, a.path, got)
		}
		if got := bound.Do(a.method, "/v1/documents/"+reg+a.path, a.body).Status; got != 404 {
			t.Errorf("from another location: %s%s: %d", a.method, a.path, got)
		}
		if got := nobody.Do(a.method, "/v1/documents/"+id+a.path, a.body).Status; got != 403 {
			t.Errorf("without grants: %s%s: %d", a.method, a.path, got)
		}
		if got := reader.Do(a.method, "/v1/documents/"+id+a.path, a.body).Status; i > 1 && got != 403 || i < 2 && got != 200 {
			t.Errorf("a reader: %s%s: %d", a.method, a.path, got)
		}
	}
	if got := k.as(access.ViewPeople, access.EditPeople).Do("PATCH", "/v1/document-settings", `{"live_bookings_only":false}`).Status; got != 403 {
		t.Errorf("settings, without the right to change them: %d", got)
	}
	if n := len(stranger.Want(200, "GET", "/v1/documents", "").JSON["data"].([]any)); n != 0 {
		t.Errorf("a stranger sees %d", n)
	}
}

func TestSettingsAreMerged(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.Want(200, "GET", "/v1/document-settings", "")
	if s.JSON["live_bookings_only"] != true || s.JSON["version"] != 0.0 {
		t.Errorf("defaults: %s", s.Body)
	}
	s = k.Want(200, "PATCH", "/v1/document-settings", `{"live_bookings_only":false,"rules":{"licence":{"on":true,"days_before":[60,14],"recipients":["customer"]}}}`)
	if !strings.Contains(s.Body, `"licence":{"on":true,"days_before":[60,14],"recipients":["customer"]}`) || !strings.Contains(s.Body, `"passport":{"on":true,"days_before":[30,7,0]`) || s.Header.Get("ETag") != `"1"` {
		t.Errorf("changed: %s", s.Body)
	}
	k.Want(412, "PATCH", "/v1/document-settings", `{"live_bookings_only":true}`, "If-Match", `"7"`)
}
