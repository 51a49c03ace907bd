package settings_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"motorpool/shared/access"
)

func TestDetailsAreMergedFieldByField(t *testing.T) {
	o := open(t)
	a := o.Want(200, "PATCH", "/v1/workspace", `{"legal_name":"Harbour Pty Ltd","country":"au","currency":"aud","tax":{"label":"ABN","number":"12 345"},
		"address":{"line_1":"12 Harbour Street","city":"Sydney"},"support":{"email":"help@harbour.example"},"payment_terms_days":0,"number_prefixes":{"invoice":"R"}}`, "If-Match", `"1"`)
	if a.JSON["country"] != "AU" || a.JSON["currency"] != "AUD" || a.Header.Get("ETag") != `"2"` || a.JSON["payment_terms_days"] != 0.0 {
		t.Errorf("got %s", a.Body)
	}
	a = o.Want(200, "PATCH", "/v1/workspace", `{"address":{"city":null,"postcode":"2000"},"tax":null,"number_prefixes":null,"email":{"reply_to":"desk@harbour.example"}}`)
	if got := fmt.Sprint(a.JSON["address"], a.JSON["tax"], a.JSON["number_prefixes"], a.JSON["email"]); got != "map[line_1:12 Harbour Street postcode:2000] <nil> map[booking:BK contract:CT credit_note:CN invoice:INV] map[reply_to:desk@harbour.example]" {
		t.Errorf("got %s", got)
	}
	entries := o.Want(200, "GET", "/v1/audit-log?limit=1", "")
	if got := fmt.Sprint(entries.JSON["data"]); got == "" || !contains(got, "address.city", "Sydney", "email.reply_to") {
		t.Errorf("the audit log: %s", got)
	}
}

func TestBadDetailsChangeNothing(t *testing.T) {
	o := open(t)
	const patch = "PATCH /v1/workspace"
	o.refuse(t, []bad{
		{"no such country", patch, `{"country":"Australia"}`, "422 workspace.invalid country"},
		{"no such currency", patch, `{"currency":"XYZ"}`, "422 workspace.invalid currency"},
		{"several at once", patch, `{"country":"XX","website":"ftp://a.example","email":{"reply_to":"me"}}`, "422 workspace.invalid country email.reply_to website"},
		{"a header in the sender's name", patch, `{"email":{"sender_name":"Harbour\r\nBcc: x"}}`, "422 workspace.invalid email.sender_name"},
		{"a unit that nobody drives", patch, `{"distance_unit":"furlong"}`, "422 request.invalid distance_unit"},
		{"an unknown detail", patch, `{"tax":{"vat":"1"}}`, "422 request.unknown_field tax.vat"},
		{"a logo without files", patch, `{"logo":{"light":"att_1"}}`, "503 workspace.no_files logo"},
		{"days as text", patch, `{"payment_terms_days":"14"}`, "422 request.invalid payment_terms_days"},
		{"a feature that there is not", "PATCH /v1/features/teleport", `{"enabled":true}`, "404 feature.not_found"},
		{"a feature that is half on", "PATCH /v1/features/bulk_price_import", `{"enabled":"half"}`, "422 request.invalid enabled"},
		{"a feature without a word", "PATCH /v1/features/bulk_price_import", `{}`, "422 request.invalid enabled"},
	})
}

// sold is a workspace in which an invoice has been issued.
type sold struct{}

func (sold) Issued(context.Context, string) (bool, error) { return true, nil }

func TestAfterTheFirstInvoiceCountryAndCurrencyStay(t *testing.T) {
	o := open(t)
	o.Want(200, "PATCH", "/v1/workspace", `{"country":"AU","currency":"AUD"}`)
	o.Workspaces.Invoices = sold{}
	o.refuse(t, []bad{{"both", "PATCH /v1/workspace", `{"country":"NZ","currency":"NZD"}`, "409 workspace.locked country currency"}})
	o.Want(200, "PATCH", "/v1/workspace", `{"country":"AU","currency":"AUD","legal_name":"Harbour"}`)
}

func TestFeaturesAreListedAndSwitched(t *testing.T) {
	o := open(t)
	if list := o.Want(200, "GET", "/v1/features", "").JSON["data"].([]any); len(list) != 3 || fmt.Sprint(list[0].(map[string]any)["enabled"], list[0].(map[string]any)["default"]) != "false false" {
		t.Errorf("got %v", list)
	}
	if a := o.Want(200, "PATCH", "/v1/features/asset_price_override", `{"enabled":true}`); a.JSON["name"] != "asset_price_override" || a.JSON["enabled"] != true {
		t.Errorf("got %s", a.Body)
	}
	if a := o.Want(200, "GET", "/v1/workspace", ""); fmt.Sprint(a.JSON["features"]) != "map[asset_price_override:true bulk_price_import:false website_company_details:false]" {
		t.Errorf("got %s", a.Body)
	}
}

func TestOnboardingIsReadFromWhatThereIs(t *testing.T) {
	o := open(t)
	if a := o.Want(200, "GET", "/v1/workspace/onboarding", ""); a.JSON["left"] != 2.0 || !contains(a.Body, `"name":"workspace_details","done":false`, `"page":"/settings/workspace"`, `"name":"invite_user"`) || contains(a.Body, "test_booking") {
		t.Errorf("got %s", a.Body)
	}
	o.Want(200, "PATCH", "/v1/workspace", `{"legal_name":"H","country":"AU","currency":"AUD","address":{"line_1":"1"},"support":{"email":"h@h.example"}}`)
	if a := o.Want(200, "GET", "/v1/workspace/onboarding", ""); a.JSON["left"] != 1.0 || !contains(a.Body, `"name":"workspace_details","done":true`) {
		t.Errorf("got %s", a.Body)
	}
	o.Want(200, "PATCH", "/v1/workspace", `{"legal_name":null}`)
	o.actor.Grants = []access.Grant{access.ManageSettings}
	o.as(t, o.actor)
	if a := o.Want(200, "GET", "/v1/workspace/onboarding", ""); a.JSON["left"] != 1.0 || contains(a.Body, "invite_user") {
		t.Errorf("undone, and seen by who may invite nobody: %s", a.Body)
	}
}

func contains(s string, all ...string) bool {
	for _, part := range all {
		if !strings.Contains(s, part) {
			return false
		}
	}
	return true
}
