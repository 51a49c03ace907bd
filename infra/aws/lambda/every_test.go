package lambda

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/functions"
	"motorpool/infra/aws/seed"
	"motorpool/shared/api"
	"motorpool/shared/webhook"
)

// TestEveryFunctionAnswersAsItIsDeployed starts the bootstrap of every function
// that template.yaml declares, as Lambda would and in the environment that the
// template gives it, and sends it events/invoke/<function>.json over the Runtime
// API; a function that pages share gets the invocation of each. Then it asks whether the function's role allows what it did. The table is
// DynamoDB Local, the rest moto; the world is the seed's.
func TestEveryFunctionAnswersAsItIsDeployed(t *testing.T) {
	t.Parallel()
	d := deploy(t)
	for _, name := range d.invocations() {
		t.Run(name, func(t *testing.T) {
			b, event := d.start(t, functionOf(name)), invocation(t, name)
			for _, r := range functions.Routes() {
				if r.Name == name {
					d.answers(t, b, r, event)
					return
				}
			}
			effect, ok := effects[name]
			if !ok {
				t.Fatal("say in effects_test.go what comes of it")
			}
			effect(t, d, b, event)
		})
	}
	d.onlyWhatRolesAllow(t)
}

// unlike are the routes whose answer is not the one that their kind suggests,
// and why. No invocation is refused: what refuses is to be listed here with its
// reason.
var unlike = map[string]struct {
	status  int
	because string
}{
	"console.endpoint_check":        {http.StatusOK, "the report is the answer"},
	"console.endpoint_create":       {http.StatusOK, "the secret is shown, once"},
	"console.endpoint_reveal":       {http.StatusOK, "the secret is shown"},
	"console.endpoint_rotate":       {http.StatusOK, "the secret is shown"},
	"console.export_file":           {http.StatusSeeOther, "leads to the file"},
	"console.expense_receipt":       {http.StatusSeeOther, "leads to the file"},
	"console.insurance_claim_file":  {http.StatusSeeOther, "leads to the file"},
	"console.insurance_file":        {http.StatusSeeOther, "leads to the file"},
	"console.import_errors":         {http.StatusSeeOther, "leads to the file"},
	"console.inspection_file":       {http.StatusSeeOther, "leads to the file"},
	"console.inspection_shown":      {http.StatusSeeOther, "leads to the file"},
	"console.document_ask_send":     {http.StatusOK, "the link is shown, once"},
	"console.document_request_send": {http.StatusOK, "the link is shown, once"},
	"console.document_file":         {http.StatusSeeOther, "leads to the file"},
	"console.forgotten_send":        {http.StatusOK, "it says to look into the inbox"},
	"console.sign_in_link_send":     {http.StatusOK, "it says to look into the inbox"},
	"console.phone_begin":           {http.StatusOK, "what the app is to read is shown, once"},
	"console.phone_code":            {http.StatusUnauthorized, "nobody knows a code beforehand"},
	"console.phone_confirm":         {http.StatusUnprocessableEntity, "nobody knows a code beforehand"},
	"console.phone_recovery":        {http.StatusUnprocessableEntity, "nobody knows a code beforehand"},
	"console.phone_remove":          {http.StatusUnprocessableEntity, "nobody knows a code beforehand"},
	"console.sign_in_code":          {http.StatusUnauthorized, "nobody knows a code beforehand"},
	"console.sign_in_password":      {http.StatusUnauthorized, "the owner has no password"},
	"uploads.begin_here":            {http.StatusCreated, "a script asks, not a form"},
	"uploads.complete_here":         {http.StatusOK, "a script asks, not a form"},
	"inspections.adopt_templates":   {http.StatusConflict, "the starter templates are for a workspace without any"},
	"console.key_create":            {http.StatusOK, "the key is shown, once"},
	"console.person_export_file":    {http.StatusSeeOther, "leads to the file"},
}

// elsewhere is where forms lead that do not say in the address what was done.
var elsewhere = map[string]string{
	"console.sign_in_enter": "/", "console.invitation_accept": "/", "console.reset": "/",
	"console.workspace_enter": "/", "console.inspection_create": "/inspections/", "console.upload_take": "/upload/", "uploads.send": "/assets/",
	"console.account_password": "/sign-in", "console.session_end": "/sign-in", "console.session_end_all": "/sign-in",
}

// shown is text that an answer holds if what the API tells a function arrived.
var shown = map[string]string{"console.key_create": "curl " + seed.API + "/v1/me"}

// answers: a route of the API with its own status, a page with 200, a form with
// the way to the page that says what was done.
func (d *deployment) answers(t *testing.T, b *bootstrap, r api.Route, event []byte) {
	var got response
	b.invoke(t, string(event)).result(t, &got)
	want := max(r.Status, http.StatusOK)
	form := r.Method == http.MethodPost && !programs(r)
	if form {
		want = http.StatusSeeOther
	}
	if u, ok := unlike[r.Name]; ok {
		want = u.status
	}
	if got.StatusCode != want || got.Headers["Request-Id"] == "" {
		t.Fatalf("got %d %v %.2000s\nwant %d", got.StatusCode, got.Headers, got.Body, want)
	}
	if !strings.Contains(got.Body, shown[r.Name]) {
		t.Errorf("does not show %q: %.2000s", shown[r.Name], got.Body)
	}
	if to := got.Headers["Location"]; form && want == http.StatusSeeOther && !strings.Contains(to, "did=") && !strings.Contains(to, "said=") && !leads(to, elsewhere[r.Name]) {
		t.Errorf("leads to %q, where nobody says what was done", to)
	}
	if programs(r) && want != http.StatusNoContent && !json.Valid([]byte(got.Body)) {
		t.Errorf("answers with %.200s", got.Body)
	}
}

// leads reports whether a form leads where it should: what is longer than / and
// ends with it is the beginning of an address with an id in it.
func leads(to, want string) bool {
	return to == want || len(want) > 1 && strings.HasSuffix(want, "/") && strings.HasPrefix(to, want)
}

func programs(r api.Route) bool { return strings.HasPrefix(r.Path, "/v1/") }

func TestWhatIsUnlikeIsThere(t *testing.T) {
	t.Parallel()
	for name, u := range unlike {
		if u.because == "" || !slices.ContainsFunc(functions.Routes(), func(r api.Route) bool { return r.Name == name }) {
			t.Errorf("%s: there is no such route, or no reason: %q", name, u.because)
		}
	}
}

// after is a delivery as it is now.
func (d *deployment) after(t *testing.T, id string) *webhook.Delivery {
	t.Helper()
	got, err := d.world.Webhooks.Delivery(t.Context(), d.world.Workspace.ID, id, time.Now().UTC())
	if err != nil {
		t.Fatal(err)
	}
	return got
}
