package people

import (
	"fmt"
	"strings"
	"testing"
)

const anaSays = `{"given_name":" Ana ","family_name":"Núñez","email":"Ana@Example.com","mobile":"0412 345 678","birth_date":"1991-04-30",
	"residential_address":{"line_1":"12  Harbour St","city":"Sydney","postcode":"2000","country":"au"},"time_zone":"Australia/Sydney",
	"payment_terms_days":0,"tax_id":"518","language":"en-AU","marketing_consent":{"given":true,"how":"form"},"notes":"n","tags":["a","b","a"]}`

func TestAPersonIsAdded(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	a := y.Want(201, "POST", "/v1/people", anaSays)
	same(t, a.JSON, `{"given_name":"Ana","name":"Ana Núñez","email":"Ana@example.com","mobile":"+61412345678","birth_date":"1991-04-30",
		"residential_address":{"line_1":"12 Harbour St","city":"Sydney","postcode":"2000","country":"AU"},"payment_terms_days":0,
		"marketing_consent":{"given":true,"how":"form","at":"2026-03-01T09:00:00Z"},"tags":["a","b"],"state":"active","contacts":[],
		"version":1,"created_at":"2026-03-01T09:00:00Z","redacted":null,"block":null}`)
	if got := a.Header.Get("ETag"); got != `"1"` {
		t.Errorf("ETag: got %s", got)
	}
	if again := y.Want(200, "GET", "/v1/people/"+a.JSON["id"].(string), ""); again.Body != a.Body {
		t.Errorf("created as %s, read as %s", a.Body, again.Body)
	}
}

func TestBadPeopleAreRefused(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.person(anaSays)
	const bo = `{"given_name":"Bo",`
	post := func(name, body string, status int, code, field string) refusal {
		return refusal{name, "POST", "/v1/people", body, status, code, field}
	}
	y.refused([]string{id}, []refusal{
		post("nothing", ``, 422, "request.body", ""),
		post("no JSON", `{"given_name":`, 400, "request.json", ""),
		post("a list", `[]`, 422, "request.invalid", ""),
		post("no name", `{"email":"x@example.com"}`, 422, "person.family_name", "family_name"),
		post("a name of spaces", `{"given_name":"  "}`, 422, "person.family_name", "family_name"),
		post("an unknown field", bo+`"wings":2}`, 422, "request.unknown_field", "wings"),
		post("a derived field", bo+`"state":"blocked"}`, 422, "request.unknown_field", "state"),
		post("a long name", `{"given_name":"`+strings.Repeat("a", 81)+`"}`, 422, "person.given_name", "given_name"),
		post("a bell in a name", `{"given_name":"a\u0007b"}`, 422, "person.given_name", "given_name"),
		post("an address without @", bo+`"email":"example.com"}`, 422, "person.email", "email"),
		post("an address with a name", bo+`"email":"Bo <bo@example.com>"}`, 422, "person.email", "email"),
		post("an address without a dot", bo+`"email":"bo@localhost"}`, 422, "person.email", "email"),
		post("an address with a line break", bo+`"email":"bo@example.com\nBcc: x@example.com"}`, 422, "person.email", "email"),
		post("an address that is taken", bo+`"email":"ANA@EXAMPLE.COM"}`, 409, "person.email_taken", "email"),
		post("letters for a number", bo+`"mobile":"1-800-CARS"}`, 422, "person.mobile", "mobile"),
		post("a short number", bo+`"mobile":"+6141"}`, 422, "person.mobile", "mobile"),
		post("a long number", bo+`"mobile":"+6141234567890123"}`, 422, "person.mobile", "mobile"),
		post("a calling code there is not", bo+`"mobile":"+2101234567"}`, 422, "person.mobile", "mobile"),
		post("born tomorrow", bo+`"birth_date":"2026-03-03"}`, 422, "person.birth_date", "birth_date"),
		post("born long ago", bo+`"birth_date":"1899-12-31"}`, 422, "person.birth_date", "birth_date"),
		post("a day there is not", bo+`"birth_date":"2001-02-29"}`, 422, "request.invalid", "birth_date"),
		post("a country there is not", bo+`"residential_address":{"country":"ZZ"}}`, 422, "person.residential_address", "residential_address.country"),
		post("a long postcode", bo+`"billing_address":{"postcode":"12345678901234567"}}`, 422, "person.billing_address", "billing_address.postcode"),
		post("an address as text", bo+`"billing_address":"12 Harbour St"}`, 422, "request.invalid", "billing_address"),
		post("a zone there is not", bo+`"time_zone":"Mars/Olympus"}`, 422, "person.time_zone", "time_zone"),
		post("the server's zone", bo+`"time_zone":"Local"}`, 422, "person.time_zone", "time_zone"),
		post("terms of two years", bo+`"payment_terms_days":730}`, 422, "person.payment_terms_days", "payment_terms_days"),
		post("negative terms", bo+`"payment_terms_days":-1}`, 422, "person.payment_terms_days", "payment_terms_days"),
		post("half a day", bo+`"payment_terms_days":1.5}`, 422, "request.invalid", "payment_terms_days"),
		post("a language in words", bo+`"language":"English"}`, 422, "person.language", "language"),
		post("consent nobody can show", bo+`"marketing_consent":{"given":true}}`, 422, "person.marketing_consent", "marketing_consent.how"),
		post("consent to come", bo+`"marketing_consent":{"given":true,"how":"x","at":"2027-01-01T00:00:00Z"}}`, 422, "person.marketing_consent", "marketing_consent.at"),
		post("endless notes", bo+`"notes":"`+strings.Repeat("x", 5001)+`"}`, 422, "person.notes", "notes"),
		post("too many tags", bo+`"tags":[`+many(21)+`]}`, 422, "person.tags", "tags"),
		post("a long tag", bo+`"tags":["`+strings.Repeat("x", 41)+`"]}`, 422, "person.tags", "tags[0]"),
		{"a patch without a name left", "PATCH", "/v1/people/" + id, `{"given_name":null,"family_name":""}`, 422, "person.family_name", "family_name"},
		{"a patch of what there is not", "PATCH", "/v1/people/" + id, `{"contacts":[]}`, 422, "request.unknown_field", "contacts"},
		{"nobody", "GET", "/v1/people/per_00000000000000000000000001", "", 404, "person.not_found", ""},
		{"a path of another kind", "GET", "/v1/people/PERSON", "", 404, "person.not_found", ""},
		{"a block without a reason", "POST", "/v1/people/" + id + "/block", `{"reason":""}`, 422, "person.reason", "reason"},
		{"a block for a reason of its own", "POST", "/v1/people/" + id + "/block", `{"reason":"ugly"}`, 422, "person.reason", "reason"},
		{"a block with a book", "POST", "/v1/people/" + id + "/block", `{"reason":"fraud","note":"` + strings.Repeat("x", 1001) + `"}`, 422, "person.note", "note"},
		{"a block to lift that is not there", "POST", "/v1/people/" + id + "/unblock", `{}`, 409, "person.not_blocked", ""},
		{"a merge with themselves", "POST", "/v1/people/" + id + "/merge", `{"into":"` + id + `"}`, 422, "person.into", "into"},
		{"a merge with nobody", "POST", "/v1/people/" + id + "/merge", `{"into":"per_00000000000000000000000001"}`, 422, "person.into", "into"},
		{"a contact of no type", "POST", "/v1/people/" + id + "/contacts", `{"type":"friend","name":"Luis"}`, 422, "request.invalid", "type"},
		{"a contact without a name", "POST", "/v1/people/" + id + "/contacts", `{"type":"emergency"}`, 422, "contact.name", "name"},
		{"an employer without a company", "POST", "/v1/people/" + id + "/contacts", `{"type":"employer","name":"Luis"}`, 422, "contact.company", "company"},
		{"a reference with an income", "POST", "/v1/people/" + id + "/contacts", `{"type":"reference","name":"Luis","income_band":"1"}`, 422, "contact.company", "company"},
		{"a contact's bad phone", "POST", "/v1/people/" + id + "/contacts", `{"type":"reference","name":"Luis","phone":"x"}`, 422, "contact.phone", "phone"},
		{"a contact there is not", "POST", "/v1/people/" + id + "/contacts/con_1/verify", ``, 404, "contact.not_found", ""},
		{"a strange cursor", "GET", "/v1/people?q=a&cursor=9zz", "", 422, "cursor.invalid", ""},
	})
}

func TestAFormHearsOfAllThatIsWrong(t *testing.T) {
	t.Parallel()
	a := newDesk(t).Want(422, "POST", "/v1/people", `{"email":"?","mobile":"?","language":"?","time_zone":"?"}`)
	for _, field := range []string{"family_name", "email", "mobile", "language", "time_zone"} {
		if !strings.Contains(a.Body, `"field":"`+field+`"`) {
			t.Errorf("%s is not named in %s", field, a.Body)
		}
	}
}

// many is n different strings, as a list in JSON has them.
func many(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%q", fmt.Sprint("t", i))
	}
	return strings.Join(list, ",")
}
