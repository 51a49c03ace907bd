package companies

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/audit"
	"motorpool/shared/company"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

const workspace = "wsp_00000000000000000000000000"

// desk is the product with a file of its own, and a client that may do all.
type desk struct {
	*apitest.Client
	t     *testing.T
	table table.Table
	app   *app.App
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	now := func() time.Time { return apitest.Now }
	tab := embedtest.Open(t, now)
	ids := ident.Sortable(now)
	told, noted := &outbox.Service{Table: tab, NewID: ids}, &audit.Service{Table: tab, NewID: ids}
	a := &app.App{Events: told, Audit: noted, Companies: &company.Service{Table: tab, NewID: ids, Events: told, Audit: noted}}
	k := &desk{t: t, table: tab, app: a}
	k.Client = k.as(workspace, access.All()...)
	return k
}

func (k *desk) as(workspace string, grants ...access.Grant) *apitest.Client {
	actor := access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants}
	return apitest.Serve(k.t, k.app, func() time.Time { return apitest.Now }, actor, Routes)
}

// company adds one and returns its id; say is more of its fields, as JSON.
func (k *desk) company(name, say string) string {
	k.t.Helper()
	body := fmt.Sprintf(`{"trading_name":%q,"billing_emails":["%s@x.example"]%s}`, name, strings.ReplaceAll(name, " ", ""), strings.TrimSuffix(","+say, ","))
	return k.Want(201, "POST", "/v1/companies", body).JSON["id"].(string)
}

// stored counts everything that tests can touch, to see that nothing has changed.
func (k *desk) stored() string {
	k.t.Helper()
	var all []string
	for _, q := range []table.Query{
		{PK: "WS#" + workspace + "#EVT", Index: true},
		{PK: "WS#" + workspace + "#AUDIT", Index: true},
		{PK: "WS#" + workspace + "#COM#active", Index: true},
		{PK: "WS#" + workspace + "#COMNAMED#active"},
		{PK: "WS#" + workspace + "#COMSEARCH#active"},
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

func TestACompanysLife(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	id := k.company("Blue Gum", `"tax_number":{"kind":"abn","number":"51 824 753 556"},"credit_limit":{"minor":2500000,"currency":"AUD"},"payment_terms_days":14,"po_required":true,"tax_exemption":{"reason":"embassy","until":"2027-06-30"}`)
	got := k.Want(200, "GET", "/v1/companies/"+id, "")
	for _, want := range []string{`"number":"51824753556"`, `"credit_limit":{"minor":2500000,"currency":"AUD"}`, `"contacts":[]`, `"status":"active"`, `"until":"2027-06-30"`} {
		if !strings.Contains(got.Body, want) {
			t.Errorf("%s is not in %s", want, got.Body)
		}
	}
	if got.Header.Get("ETag") != `"1"` || strings.Contains(got.Body, "warnings") {
		t.Errorf("ETag %s, %s", got.Header.Get("ETag"), got.Body)
	}
	edited := k.Want(200, "PATCH", "/v1/companies/"+id, `{"tax_number":{"number":"51824753557"},"phone":null}`, "If-Match", `"1"`)
	if !strings.Contains(edited.Body, `"code":"tax_number.check_digit"`) || edited.Header.Get("ETag") != `"2"` {
		t.Errorf("edited: %s", edited.Body)
	}
	k.Want(412, "PATCH", "/v1/companies/"+id, `{"phone":"12345"}`, "If-Match", `"1"`)
	k.Want(200, "POST", "/v1/companies/"+id+"/archive", "", "If-Match", `"2"`)
	k.Want(409, "PATCH", "/v1/companies/"+id, `{"phone":"12345"}`)
	k.Want(200, "POST", "/v1/companies/"+id+"/restore", "")
	if h := k.Want(200, "GET", "/v1/companies/"+id+"/history", ""); len(h.JSON["data"].([]any)) != 4 || !strings.Contains(h.Body, `"field":"tax_number.number"`) {
		t.Errorf("history: %s", h.Body)
	}
}

func TestCompaniesThatLookAlike(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	a := k.company("Blue Gum", "")
	b := k.Want(201, "POST", "/v1/companies", `{"trading_name":"BLUE GUM","billing_emails":["y@x.example"],"phone":"12345"}`)
	if !strings.Contains(b.Body, `"code":"company.duplicate"`) || !strings.Contains(b.Body, a) {
		t.Errorf("no warning: %s", b.Body)
	}
	id := b.JSON["id"].(string)
	if d := k.Want(200, "GET", "/v1/companies/"+a+"/duplicates", ""); !strings.Contains(d.Body, `"by":["name"]`) || !strings.Contains(d.Body, id) {
		t.Errorf("duplicates: %s", d.Body)
	}
	one := k.Want(200, "POST", "/v1/companies/"+id+"/merge", `{"into":"`+a+`"}`)
	if one.JSON["id"] != a || one.JSON["phone"] != "12345" {
		t.Errorf("merged: %s", one.Body)
	}
	k.Want(409, "POST", "/v1/companies/"+id+"/restore", "")
}

func TestCompaniesAreListed(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	k.company("Blue Gum", `"tags":["vip"]`)
	k.company("Acme", "")
	old := k.company("Old Gum", "")
	k.Want(200, "POST", "/v1/companies/"+old+"/archive", "")
	for query, want := range map[string]string{
		"": "Acme, Blue Gum", "sort=name": "Acme, Blue Gum", "q=gum": "Blue Gum", "tag=vip": "Blue Gum",
		"status=archived": "Old Gum", "q=gum&status=archived": "Old Gum", "limit=1": "Acme", "q=zzz": "",
	} {
		var names []string
		for _, v := range k.Want(200, "GET", "/v1/companies?"+query, "").JSON["data"].([]any) {
			names = append(names, v.(map[string]any)["trading_name"].(string))
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	for _, bad := range []string{"limit=0", "status=sold", "sort=size", "cursor=x", "q=" + strings.Repeat("x", 101), "colour=red"} {
		if a := k.Do("GET", "/v1/companies?"+bad, ""); a.Status != 422 {
			t.Errorf("%s: got %d", bad, a.Status)
		}
	}
}

func TestBadInputChangesNothing(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	id := k.company("Blue Gum", "")
	p, per := "/v1/companies/"+id, "per_00000000000000000000000001"
	before := k.stored()
	for _, tt := range []struct {
		method, path, body string
		status             int
		code               string
	}{
		{"POST", "/v1/companies", `{`, 400, "request.json"},
		{"POST", "/v1/companies", ``, 422, ""},
		{"POST", "/v1/companies", `{"trading_name":"X"}`, 422, ""},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":[]}`, 422, "company.billing_emails"},
		{"POST", "/v1/companies", `{"trading_name":" ","billing_emails":["a@b.example"]}`, 422, "company.trading_name"},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a"]}`, 422, "company.billing_emails"},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a@b.example"],"colour":"red"}`, 422, ""},
		{"POST", "/v1/companies", `{"trading_name":7,"billing_emails":["a@b.example"]}`, 422, ""},
		{"POST", "/v1/companies", `{"trading_name":"X","trading_name":"Y","billing_emails":["a@b.example"]}`, 400, "request.json"},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a@b.example"],"tax_number":{"kind":"abn","number":"1"}}`, 422, "company.tax_number"},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a@b.example"],"tax_number":{"kind":"gst","number":"1"}}`, 422, ""},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a@b.example"],"credit_limit":{"minor":1.5,"currency":"AUD"}}`, 422, ""},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a@b.example"],"credit_limit":{"minor":-1,"currency":"AUD"}}`, 422, "company.credit_limit"},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a@b.example"],"payment_terms_days":400}`, 422, ""},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a@b.example"],"tax_exemption":{"reason":"x","until":"2026-02-30"}}`, 422, ""},
		{"POST", "/v1/companies", `{"trading_name":"X","billing_emails":["a@b.example"],"default_bill_to":"` + per + `"}`, 422, "company.default_bill_to"},
		{"PATCH", p, `{"trading_name":null}`, 422, "company.trading_name"},
		{"PATCH", p, `{"billing_emails":null}`, 422, "company.billing_emails"},
		{"PATCH", p, `{"status":"archived"}`, 422, ""},
		{"PATCH", p, `[]`, 422, ""},
		{"PATCH", "/v1/companies/com_x", `{"phone":"12345"}`, 404, "company.not_found"},
		{"PUT", p + "/contacts/" + per, `{"roles":["fleet"]}`, 422, "company.person"},
		{"PUT", p + "/contacts/" + per, `{"roles":["boss"]}`, 422, "company.roles"},
		{"PUT", p + "/contacts/" + per, `{"roles":[]}`, 422, "company.roles"},
		{"DELETE", p + "/contacts/" + per, ``, 404, "company.no_contact"},
		{"POST", p + "/merge", `{"into":"com_x"}`, 422, "company.into"},
		{"POST", p + "/merge", `{"into":"` + id + `"}`, 422, "company.into"},
		{"GET", "/v1/companies/com_x/history", ``, 404, "company.not_found"},
		{"GET", "/v1/companies/com_x/duplicates", ``, 404, "company.not_found"},
	} {
		a := k.Do(tt.method, tt.path, tt.body)
		if a.Status != tt.status || tt.code != "" && a.JSON["code"] != tt.code {
			t.Errorf("%s %s %s: got %d %s, want %d %s", tt.method, tt.path, tt.body, a.Status, a.Body, tt.status, tt.code)
		}
	}
	for _, tag := range []string{"3", `"x"`, `W/"1"`} {
		if a := k.Do("PATCH", p, `{"phone":"12345"}`, "If-Match", tag); a.Status != 422 || a.JSON["code"] != "request.if_match" {
			t.Errorf("If-Match %s: got %d %s", tag, a.Status, a.Body)
		}
	}
	if k.stored() != before {
		t.Error("the store has changed")
	}
}

func TestStrangersAndWhoMayNot(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	id := k.company("Blue Gum", "")
	stranger, reader, nobody := k.as("wsp_other", access.All()...), k.as(workspace, access.ViewPeople), k.as(workspace)
	reads := []string{"GET /v1/companies/ID", "GET /v1/companies/ID/history", "GET /v1/companies/ID/duplicates"}
	writes := []string{"PATCH /v1/companies/ID", "POST /v1/companies/ID/archive", "POST /v1/companies/ID/restore", "POST /v1/companies/ID/merge", "PUT /v1/companies/ID/contacts/per_1", "DELETE /v1/companies/ID/contacts/per_1"}
	ask := func(c *apitest.Client, what string) int {
		method, path, _ := strings.Cut(strings.Replace(what, "ID", id, 1), " ")
		body := map[string]string{"PATCH": `{"phone":"12345"}`, "PUT": `{"roles":["fleet"]}`}[method]
		if strings.HasSuffix(path, "/merge") {
			body = `{"into":"` + id + `"}`
		}
		return c.Do(method, path, body).Status
	}
	for _, r := range append(reads, writes...) {
		if got := ask(stranger, r); got != 404 {
			t.Errorf("a stranger: %s: %d", r, got)
		}
		if got := ask(nobody, r); got != 403 {
			t.Errorf("without grants: %s: %d", r, got)
		}
	}
	for _, r := range reads {
		if got := ask(reader, r); got != 200 {
			t.Errorf("a reader: %s: %d", r, got)
		}
	}
	for _, w := range append(writes, "POST /v1/companies") {
		if got := ask(reader, w); got != 403 {
			t.Errorf("a reader: %s: %d", w, got)
		}
	}
	if n := len(stranger.Want(200, "GET", "/v1/companies?q=blue", "").JSON["data"].([]any)); n != 0 {
		t.Errorf("a stranger finds %d", n)
	}
}
