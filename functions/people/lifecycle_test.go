package people

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
)

func TestAPersonIsEditedByMergePatch(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	at := "/v1/people/" + y.person(anaSays)
	a := y.Want(200, "PATCH", at, `{"preferred_name":"Annie","birth_date":null,"residential_address":{"postcode":"2001"},"tags":["c"],"marketing_consent":{"given":false}}`)
	same(t, a.JSON, `{"name":"Annie (Ana) Núñez","birth_date":null,"residential_address":{"line_1":"12 Harbour St","city":"Sydney","postcode":"2001","country":"AU"},
		"tags":["c"],"version":2,"payment_terms_days":0}`)
	if again := y.Want(200, "PATCH", at, `{"preferred_name":" Annie "}`); again.JSON["version"].(float64) != 2 {
		t.Errorf("the same again is version %v", again.JSON["version"])
	}
	if stale := y.Do("PATCH", at, `{"notes":"x"}`, "If-Match", `"1"`); stale.Status != http.StatusPreconditionFailed || stale.JSON["code"] != "person.stale" {
		t.Errorf("meant for version 1: %d %s", stale.Status, stale.Body)
	}
	y.Want(200, "PATCH", at, `{"notes":"x"}`, "If-Match", `"2"`)
	var actions []string
	history := y.Want(200, "GET", at+"/history", "")
	for _, e := range history.JSON["data"].([]any) {
		actions = append(actions, e.(map[string]any)["action"].(string))
	}
	if got := strings.Join(actions, " "); got != "person.updated person.updated person.created" || strings.Contains(history.Body, "Annie") {
		t.Errorf("history: %s, %s", got, history.Body)
	}
}

func TestABlockIsKeptWhenItIsLifted(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	at := "/v1/people/" + y.person(anaSays)
	a := y.Want(200, "POST", at+"/block", `{"reason":"fraud","note":"false papers"}`)
	same(t, a.JSON, `{"state":"blocked","block":{"reason":"fraud","note":"false papers","at":"2026-03-01T09:00:00Z","by":{"type":"user","id":"usr_1","name":"Mia"}}}`)
	if again := y.Do("POST", at+"/block", `{"reason":"damage"}`); again.JSON["code"] != "person.blocked" {
		t.Errorf("blocked twice: %s", again.Body)
	}
	for path, n := range map[string]int{"?state=blocked": 1, "?state=active": 0, "": 1, "?state=archived": 0, "?tag=A": 1, "?q=ana&state=blocked": 1} {
		if got := y.Want(200, "GET", "/v1/people"+path, "").JSON["data"].([]any); len(got) != n {
			t.Errorf("%s lists %d", path, len(got))
		}
	}
	same(t, y.Want(200, "POST", at+"/unblock", `{"note":"they were true"}`).JSON, `{"state":"active","block":null}`)
	blocks := y.Want(200, "GET", at+"/blocks", "")
	same(t, blocks.JSON["data"].([]any)[0].(map[string]any), `{"reason":"fraud","note":"false papers","lift_note":"they were true","lifted_at":"2026-03-01T09:00:00Z"}`)
	clerk := y.as(access.ViewPeople).Want(200, "GET", at+"/blocks", "")
	if strings.Contains(clerk.Body, "papers") || strings.Contains(clerk.Body, "true") {
		t.Errorf("who may not see notes sees %s", clerk.Body)
	}
}

// TestWhoLooksLikeSomebodyBlockedIsMarked: also who comes later, until the block is
// lifted, and nobody is turned away.
func TestWhoLooksLikeSomebodyBlockedIsMarked(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	ana := y.person(anaSays)
	const again = `{"given_name":"Anna","mobile":"+61412345678","residential_address":{"line_1":"12 harbour st","postcode":"2000"}}`
	marked := func(a apitest.Answer, want string) {
		t.Helper()
		got := ""
		if like, ok := a.JSON["like_blocked"].([]any); ok && len(like) == 1 {
			one := like[0].(map[string]any)
			got = one["person"].(string) + fmt.Sprint(one["why"])
		}
		if got != want {
			t.Errorf("marked %q, want %q: %s", got, want, a.Body)
		}
	}
	before := y.Want(201, "POST", "/v1/people", again)
	marked(before, "")
	y.Want(200, "POST", "/v1/people/"+ana+"/block", `{"reason":"fraud"}`)
	same := ana + "[mobile residential_address]"
	marked(y.Want(200, "GET", "/v1/people/"+before.JSON["id"].(string), ""), same)
	marked(y.Want(201, "POST", "/v1/people", again), same)
	flatmate := y.Want(201, "POST", "/v1/people", `{"given_name":"Bo","residential_address":{"line_1":"12 Harbour St","postcode":"2000"}}`)
	marked(flatmate, "")
	marked(y.Want(200, "PATCH", "/v1/people/"+flatmate.JSON["id"].(string), `{"mobile":"+61412345678"}`), same)
	y.Want(200, "POST", "/v1/people/"+ana+"/unblock", `{}`)
	marked(y.Want(200, "GET", "/v1/people/"+before.JSON["id"].(string), ""), "")
}

func TestContactsAreKeptAndVerified(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	at := "/v1/people/" + y.person(anaSays)
	a := y.Want(201, "POST", at+"/contacts", `{"type":"employer","company":"Harbour Freight","phone":"02 9876 5432","start_date":"2024-02-01"}`)
	con := a.JSON["contacts"].([]any)[0].(map[string]any)
	same(t, con, `{"company":"Harbour Freight","phone":"+61298765432","verified_at":null}`)
	one := at + "/contacts/" + con["id"].(string)
	get := func(a map[string]any) map[string]any { return a["contacts"].([]any)[0].(map[string]any) }
	same(t, get(y.Want(200, "POST", one+"/verify", "").JSON), `{"verified_at":"2026-03-01T09:00:00Z","verified_by":{"type":"user","id":"usr_1","name":"Mia"}}`)
	same(t, get(y.Want(200, "PATCH", one, `{"role":"Driver"}`).JSON), `{"role":"Driver","verified_at":"2026-03-01T09:00:00Z"}`)
	same(t, get(y.Want(200, "PATCH", one, `{"phone":"+61298765433"}`).JSON), `{"verified_at":null}`)
	same(t, y.Want(200, "DELETE", one, "").JSON, `{"contacts":[],"version":6}`)
}

func TestAMergedPersonLeadsToTheOther(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.person(anaSays)
	twin := y.person(`{"given_name":"Ana","family_name":"Nunez","mobile":"+61 412 345 678","birth_date":"1991-04-30","preferred_name":"Annie"}`)
	found := y.Want(200, "GET", "/v1/people/"+id+"/duplicates", "").JSON["data"].([]any)
	if len(found) != 1 {
		t.Fatalf("found %v", found)
	}
	same(t, found[0].(map[string]any), `{"why":["mobile","name_and_birth_date"]}`)
	same(t, y.Want(200, "POST", "/v1/people/"+twin+"/merge", `{"into":"`+id+`"}`).JSON, `{"id":"`+id+`","preferred_name":"Annie","family_name":"Núñez","merged_from":["`+twin+`"]}`)
	same(t, y.Want(200, "GET", "/v1/people/"+twin, "").JSON, `{"id":"`+id+`"}`)
	if all := y.Want(200, "GET", "/v1/people?sort=newest", "").JSON["data"].([]any); len(all) != 1 {
		t.Errorf("%d are listed", len(all))
	}
	y.Want(200, "POST", "/v1/people/"+twin+"/anonymise", "")
	same(t, y.Want(200, "GET", "/v1/people/"+id, "").JSON, `{"state":"archived","name":"Anonymised","preferred_name":null,"anonymised_at":"2026-03-01T09:00:00Z"}`)
	if h := y.Want(200, "POST", "/v1/people/"+id+"/export", ""); strings.Contains(h.Body, "Annie") || !strings.Contains(h.Body, "person.anonymised") {
		t.Errorf("after all was erased there is %s", h.Body)
	}
	if gone := y.Do("DELETE", "/v1/people/"+id, ""); gone.JSON["code"] != "person.in_use" {
		t.Errorf("deleted: %s", gone.Body)
	}
}

func TestWhatIsPersonalIsLeftOut(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.person(anaSays)
	y.Want(201, "POST", "/v1/people/"+id+"/contacts", `{"type":"emergency","name":"Luis"}`)
	clerk := y.as(access.ViewPeople, access.EditPeople)
	for _, a := range []string{
		clerk.Want(200, "GET", "/v1/people/"+id, "").Body, clerk.Want(200, "GET", "/v1/people", "").Body, clerk.Want(200, "GET", "/v1/people?q=ana", "").Body,
		clerk.Want(200, "PATCH", "/v1/people/"+id, `{"language":"es"}`).Body, clerk.Want(200, "GET", "/v1/people/"+id+"/history", "").Body,
	} {
		for _, hint := range []string{"xample", "412345678", "1991", "Harbour", "518", "Luis", `"form"`} {
			if strings.Contains(a, hint) {
				t.Errorf("%s is seen in %s", hint, a)
			}
		}
	}
	a := clerk.Want(200, "GET", "/v1/people/"+id, "").JSON
	same(t, a, `{"redacted":["email","mobile","birth_date","residential_address","tax_id","marketing_consent.how","notes","contacts"],"family_name":"Núñez"}`)
}

func TestEachRouteAsksForItsGrant(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.person(anaSays)
	for _, r := range Routes {
		path := strings.NewReplacer("{id}", id, "{contact}", "con_1").Replace(r.Path)
		others := slices.DeleteFunc(access.All(), func(g access.Grant) bool { return g == r.Allow })
		if a := y.as(others...).Do(r.Method, path, `{}`); a.Status != http.StatusForbidden {
			t.Errorf("%s without %s: %d %s", r.Name, r.Allow, a.Status, a.Body)
		}
		if r.Path == "/v1/people" || r.Name == "people.list_alike" { // lists of their own workspace
			continue
		}
		if a := y.of("wsp_00000000000000000000000002", access.All()...).Do(r.Method, path, bodyFor(r.Name)); a.Status != http.StatusNotFound {
			t.Errorf("%s from another workspace: %d %s", r.Name, a.Status, a.Body)
		}
	}
}

// bodyFor is a body that a route takes.
func bodyFor(name string) string {
	return map[string]string{
		"people.merge_person": `{"into":"per_00000000000000000000000001"}`, "people.block_person": `{"reason":"fraud"}`, "people.unblock_person": `{}`,
		"people.add_contact": `{"type":"reference","name":"x"}`, "people.edit_contact": `{"name":"x"}`, "people.edit_person": `{"notes":"x"}`,
	}[name]
}

func TestAnExportAsFilesNeedsAStoreAndTheGrant(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	at := "/v1/people/" + y.person(anaSays) + "/exports"
	if a := y.Do("POST", at, `{}`); a.Status != http.StatusServiceUnavailable || a.JSON["code"] != "person.no_files" {
		t.Errorf("without a store: %d %s", a.Status, a.Body)
	}
	if a := y.as(access.ViewPeople).Do("POST", at, `{}`); a.Status != http.StatusForbidden {
		t.Errorf("who may only look: %d", a.Status)
	}
	for _, id := range []string{"pex_01k9x3v7q2m8r4t6w0y5z1a3b5", "x"} {
		if a := y.Do("GET", at+"/"+id, ""); a.Status != http.StatusNotFound || a.JSON["code"] != "person_export.not_found" {
			t.Errorf("%s: %d %s", id, a.Status, a.Body)
		}
	}
}
