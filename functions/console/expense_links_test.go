package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"motorpool/shared/access"
)

// TestAnExpenseIsRecordedFromWhatItBelongsTo, and leads back there: from an
// issue, maintenance and a reminder. Who records no expenses is offered none.
func TestAnExpenseIsRecordedFromWhatItBelongsTo(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().insured()
	reader, _ := k.hire("tom@harbour.example", k.role("Reader", access.ViewAssets, access.ViewExpenses))
	costs := "/assets/" + k.car.ID + "/costs"
	pages := map[string]string{"issue": "/issues/" + k.issue, "maintenance": "/maintenance/" + k.window, "reminder": "/reminders/" + k.reminder}
	for name, from := range pages {
		id := from[strings.LastIndex(from, "/")+1:]
		form := costs + "?" + name + "=" + id
		k.get(from).want(http.StatusOK).has(`href="` + form + `#record"`)
		reader.get(from).want(http.StatusOK).lacks("Record an expense", "Open a claim")
		hidden := `name="` + name + `" value="` + id + `"`
		k.get(form).want(http.StatusOK).has(hidden, `<a href="`+from+`">`, `id="record"`)
		fields := url.Values{"item": {"tyres"}, "date": {"2026-02-20"}, "amount": {"440"}, "vendor": {"North"}, name: {id}}
		k.post(costs, fields).want(http.StatusUnprocessableEntity).has(hidden, `value="North"`, `id="f-amount-wrong"`)
		fields.Set("amount", "AUD 440")
		made := k.post(costs, fields).want(http.StatusOK).has("AUD 440.00", `<a href="`+from+`">`)
		if !strings.HasPrefix(made.at, "/expenses/exp_") {
			t.Errorf("from the %s it led to %s", name, made.at)
		}
	}
	wrong := url.Values{"item": {"tyres"}, "date": {"2026-02-20"}, "amount": {"AUD 440"}, "issue": {"iss_01k9x3v7q2m8r4t6w0y5z1a3b5"}}
	k.post(costs, wrong).want(http.StatusUnprocessableEntity).has("This was not saved.")
	if _, err := k.h.Fleet.Archive(t.Context(), k.owner, k.car.ID, 0, k.h.Now()); err != nil {
		t.Fatal(err)
	}
	for _, from := range pages {
		k.get(from).want(http.StatusOK).lacks("Record an expense")
	}
}

// TestAClaimIsOpenedFromAnIssue while a policy is in force.
func TestAClaimIsOpenedFromAnIssue(t *testing.T) {
	t.Parallel()
	k := open(t).signIn().insured()
	form := "/insurance-claims/new?asset=" + k.car.ID + "&issue=" + k.issue + "&policy=" + k.policy
	k.get("/issues/" + k.issue).want(http.StatusOK).has(`href="` + strings.ReplaceAll(form, "&", "&amp;") + `"`)
	k.get(form).want(http.StatusOK).has(`value="`+k.policy+`" selected`, `value="`+k.issue+`" selected`)
	today, err := k.h.Insurance.Today(t.Context(), k.owner.Workspace, k.h.Now())
	k.must(err)
	for _, id := range []string{k.policy, k.fleet} {
		_, err := k.h.Insurance.Cancel(t.Context(), k.owner, id, today.Plus(-1), 0, k.h.Now())
		k.must(err)
	}
	k.get("/issues/" + k.issue).want(http.StatusOK).has("Record an expense").lacks("Open a claim")
}
