package functions_test

import (
	"net/http"
	"strings"
	"testing"

	"motorpool/shared/workspace"
)

// strangerKey opens a second workspace on the same machine.
const strangerKey = "mp_test_stranger000000000000000000"

// TestTwoWorkspacesAreStrangers makes one of everything in the first workspace
// and asks for it, by every route that takes an id, from the second.
func TestTwoWorkspacesAreStrangers(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		other, err := r.host.Workspaces.Create(t.Context(), workspace.Draft{Name: "Strangers", Mode: workspace.Test, TimeZone: "UTC"}, r.now())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.host.Keys.Adopt(t.Context(), other.ID, strangerKey, "stranger", r.now()); err != nil {
			t.Fatal(err)
		}
		whe := r.endpoint("*")
		event := r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)["id"].(string)
		cat := r.post(201, "/v1/categories", `{"name":"Vans"}`)["id"].(string)
		loc := r.post(201, "/v1/locations", `{"name":"Depot"}`)["id"].(string)
		ast := r.post(201, "/v1/assets", `{"type":"van","make":"Ford","model":"Transit","vin":"SER-1","year":2024,"home_location":"`+loc+`","categories":["`+cat+`"],"primary_category":"`+cat+`"}`)["id"].(string)
		com := r.post(201, "/v1/companies", `{"trading_name":"Blue Gum","billing_emails":["a@b.example"]}`)["id"].(string)
		doc := r.post(201, "/v1/documents", `{"owner":{"type":"company","id":"`+com+`"},"type":"insurance","number":"P-1","expires":"2090-01-01"}`)["id"].(string)
		per := r.post(201, "/v1/people", `{"given_name":"Ana","email":"ana@customers.example"}`)["id"].(string)
		con := r.post(201, "/v1/people/"+per+"/contacts", `{"type":"emergency","name":"Luis"}`)["contacts"].([]any)[0].(map[string]any)["id"].(string)
		odo := r.post(201, "/v1/assets/"+ast+"/odometer/readings", `{"value":1000}`)["id"].(string)
		dev := r.post(201, "/v1/devices", `{"provider":"acme","serial":"AAA1"}`)["id"].(string)
		r.post(200, "/v1/devices/"+dev+"/assign", `{"asset":"`+ast+`"}`)
		inb := r.post(201, "/v1/webhook-test-urls", `{}`)["id"].(string)
		apiKey := r.post(201, "/v1/api-keys", `{"name":"k"}`)["id"].(string)
		mtw := r.post(201, "/v1/maintenance-windows", `{"asset":"`+ast+`","starts_at":"2026-03-01T08:00:00Z","reason":"service"}`)["id"].(string)
		iss := r.post(201, "/v1/issues", `{"asset":"`+ast+`","title":"Scratch","type":"damage"}`)["id"].(string)
		rem := r.post(201, "/v1/service-reminders", `{"asset":"`+ast+`","name":"Oil","due_on":"2026-09-01"}`)["id"].(string)
		exp := r.post(201, "/v1/expenses", `{"asset":"`+ast+`","item":"fuel","date":"2026-01-02","amount":{"minor":100,"currency":"AUD"}}`)["id"].(string)
		xpt := r.post(201, "/v1/exports", `{"list":"assets"}`)["id"].(string)
		r.settle()
		dlv := r.onlyDelivery(whe)["id"].(string)

		for _, tt := range []struct{ method, path, body string }{
			{"GET", "/v1/webhook-endpoints/" + whe, ""},
			{"PATCH", "/v1/webhook-endpoints/" + whe, `{"description":"mine now"}`},
			{"DELETE", "/v1/webhook-endpoints/" + whe, ""},
			{"GET", "/v1/webhook-endpoints/" + whe + "/secret", ""},
			{"POST", "/v1/webhook-endpoints/" + whe + "/rotate-secret", ""},
			{"POST", "/v1/webhook-endpoints/" + whe + "/test", `{"type":"asset.created"}`},
			{"POST", "/v1/webhook-endpoints/" + whe + "/check", ""},
			{"POST", "/v1/webhook-endpoints/" + whe + "/pause", ""},
			{"POST", "/v1/webhook-endpoints/" + whe + "/resume", ""},
			{"POST", "/v1/webhook-endpoints/" + whe + "/enable", ""},
			{"POST", "/v1/webhook-endpoints/" + whe + "/recover", `{"since":"2026-01-01T00:00:00Z"}`},
			{"POST", "/v1/webhook-endpoints/" + whe + "/replay", `{"since":"2026-01-01T00:00:00Z"}`},
			{"GET", "/v1/webhook-deliveries/" + dlv, ""},
			{"POST", "/v1/webhook-deliveries/" + dlv + "/resend", ""},
			{"GET", "/v1/events/" + event, ""},
			{"GET", "/v1/webhook-test-urls/" + inb, ""},
			{"PATCH", "/v1/webhook-test-urls/" + inb, `{"status":500}`},
			{"GET", "/v1/webhook-test-urls/" + inb + "/requests", ""},
			{"GET", "/v1/people/" + per, ""},
			{"PATCH", "/v1/people/" + per, `{"notes":"mine now"}`},
			{"DELETE", "/v1/people/" + per, ""},
			{"POST", "/v1/people/" + per + "/archive", ""},
			{"POST", "/v1/people/" + per + "/restore", ""},
			{"POST", "/v1/people/" + per + "/block", `{"reason":"fraud"}`},
			{"POST", "/v1/people/" + per + "/unblock", `{}`},
			{"POST", "/v1/people/" + per + "/merge", `{"into":"per_1"}`},
			{"POST", "/v1/people/" + per + "/anonymise", ""},
			{"POST", "/v1/people/" + per + "/export", ""},
			{"GET", "/v1/people/" + per + "/blocks", ""},
			{"GET", "/v1/people/" + per + "/duplicates", ""},
			{"GET", "/v1/people/" + per + "/history", ""},
			{"POST", "/v1/people/" + per + "/contacts", `{"type":"emergency","name":"Me"}`},
			{"PATCH", "/v1/people/" + per + "/contacts/" + con, `{"name":"Me"}`},
			{"DELETE", "/v1/people/" + per + "/contacts/" + con, ""},
			{"POST", "/v1/people/" + per + "/contacts/" + con + "/verify", ""},
			{"GET", "/v1/assets/" + ast, ""},
			{"PATCH", "/v1/assets/" + ast, `{"colour":"Red"}`},
			{"DELETE", "/v1/assets/" + ast, ""},
			{"POST", "/v1/assets/" + ast + "/archive", ""},
			{"POST", "/v1/assets/" + ast + "/duplicate", ""},
			{"POST", "/v1/assets/" + ast + "/enable-booking", ""},
			{"POST", "/v1/assets/" + ast + "/disable-booking", ""},
			{"GET", "/v1/assets/" + ast + "/history", ""},
			{"GET", "/v1/assets/" + ast + "/timeline", ""},
			{"GET", "/v1/maintenance-windows/" + mtw, ""},
			{"PATCH", "/v1/maintenance-windows/" + mtw, `{"note":"mine"}`},
			{"POST", "/v1/maintenance-windows/" + mtw + "/start", ""},
			{"POST", "/v1/maintenance-windows/" + mtw + "/complete", ""},
			{"POST", "/v1/maintenance-windows/" + mtw + "/cancel", ""},
			{"GET", "/v1/issues/" + iss, ""},
			{"PATCH", "/v1/issues/" + iss, `{"title":"mine"}`},
			{"POST", "/v1/issues/" + iss + "/start", ""},
			{"POST", "/v1/issues/" + iss + "/resolve", ""},
			{"POST", "/v1/issues/" + iss + "/reopen", ""},
			{"POST", "/v1/issues/" + iss + "/close", ""},
			{"POST", "/v1/issues/" + iss + "/dismiss", ""},
			{"GET", "/v1/service-reminders/" + rem, ""},
			{"PATCH", "/v1/service-reminders/" + rem, `{"name":"mine"}`},
			{"POST", "/v1/service-reminders/" + rem + "/complete", `{}`},
			{"POST", "/v1/service-reminders/" + rem + "/skip", ""},
			{"GET", "/v1/assets/" + ast + "/odometer", ""},
			{"GET", "/v1/assets/" + ast + "/odometer/readings", ""},
			{"POST", "/v1/assets/" + ast + "/odometer/readings", `{"value":2000}`},
			{"DELETE", "/v1/assets/" + ast + "/odometer/readings/" + odo, ""},
			{"POST", "/v1/assets/" + ast + "/odometer/readings/" + odo + "/supersede", `{"value":1,"note":"x"}`},
			{"GET", "/v1/assets/" + ast + "/odometer/use?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z", ""},
			{"GET", "/v1/assets/" + ast + "/journeys", ""},
			{"GET", "/v1/devices/" + dev, ""},
			{"GET", "/v1/devices/" + dev + "/journeys", ""},
			{"GET", "/v1/devices/" + dev + "/history", ""},
			{"POST", "/v1/devices/" + dev + "/assign", `{"asset":"` + ast + `"}`},
			{"POST", "/v1/devices/" + dev + "/unassign", ""},
			{"POST", "/v1/devices/" + dev + "/report-fault", ""},
			{"POST", "/v1/devices/" + dev + "/repair", ""},
			{"POST", "/v1/devices/" + dev + "/retire", ""},
			{"GET", "/v1/categories/" + cat, ""},
			{"PATCH", "/v1/categories/" + cat, `{"name":"Mine"}`},
			{"DELETE", "/v1/categories/" + cat, ""},
			{"GET", "/v1/companies/" + com, ""},
			{"PATCH", "/v1/companies/" + com, `{"phone":"12345"}`},
			{"POST", "/v1/companies/" + com + "/archive", ""},
			{"POST", "/v1/companies/" + com + "/restore", ""},
			{"POST", "/v1/companies/" + com + "/merge", `{"into":"` + com + `"}`},
			{"PUT", "/v1/companies/" + com + "/contacts/per_x", `{"roles":["fleet"]}`},
			{"DELETE", "/v1/companies/" + com + "/contacts/per_x", ""},
			{"GET", "/v1/companies/" + com + "/duplicates", ""},
			{"GET", "/v1/companies/" + com + "/history", ""},
			{"GET", "/v1/documents/" + doc, ""},
			{"GET", "/v1/documents/" + doc + "/files/att_x", ""},
			{"GET", "/v1/documents/" + doc + "/history", ""},
			{"POST", "/v1/documents/" + doc + "/request", `{}`},
			{"POST", "/v1/documents/" + doc + "/submit", `{"number":"1","expires":"2090-01-01"}`},
			{"POST", "/v1/documents/" + doc + "/verify", ""},
			{"POST", "/v1/documents/" + doc + "/reject", `{"reason":"x"}`},
			{"GET", "/v1/locations/" + loc, ""},
			{"PATCH", "/v1/locations/" + loc, `{"name":"Mine"}`},
			{"GET", "/v1/assets/" + ast + "/photos", ""},
			{"GET", "/v1/assets/" + ast + "/costs", ""},
			{"GET", "/v1/expenses/" + exp, ""},
			{"PATCH", "/v1/expenses/" + exp, `{"vendor":"mine"}`},
			{"POST", "/v1/expenses/" + exp + "/void", `{"reason":"mine"}`},
			{"GET", "/v1/exports/" + xpt, ""},
			{"GET", "/v1/exports/" + xpt + "/link", ""},
			{"GET", "/v1/api-keys/" + apiKey, ""},
			{"DELETE", "/v1/api-keys/" + apiKey, ""},
		} {
			got := r.do(t, strangerKey, http.StatusNotFound, tt.method, tt.path, tt.body)
			if code, _ := got["code"].(string); code == "" || strings.HasPrefix(code, "route.") {
				t.Errorf("%s %s: code %q", tt.method, tt.path, got["code"])
			}
		}
		for _, path := range []string{
			"/v1/webhook-endpoints", "/v1/webhook-deliveries", "/v1/events", "/v1/webhook-test-urls", "/v1/assets", "/v1/categories",
			"/v1/companies", "/v1/documents", "/v1/documents?owner=" + com,
			"/v1/devices",
			"/v1/webhook-endpoints", "/v1/webhook-deliveries", "/v1/events", "/v1/webhook-test-urls", "/v1/assets", "/v1/categories", "/v1/devices",
			"/v1/maintenance-windows", "/v1/issues", "/v1/issues?state=open", "/v1/service-reminders", "/v1/service-reminder-templates", "/v1/calendar",
			"/v1/locations", "/v1/people", "/v1/inspections", "/v1/expenses", "/v1/insurance-policies", "/v1/insurance-claims", "/v1/imports", "/v1/exports",
		} {
			if data := r.do(t, strangerKey, 200, "GET", path, "")["data"].([]any); len(data) != 0 {
				t.Errorf("%s lists %d things of the other workspace", path, len(data))
			}
		}
	})
}

// TestACursorOfAnotherWorkspaceOpensNothing pages through one workspace's events
// and gives the cursor to the other.
func TestACursorOfAnotherWorkspaceOpensNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		other, err := r.host.Workspaces.Create(t.Context(), workspace.Draft{Name: "Strangers", Mode: workspace.Test, TimeZone: "UTC"}, r.now())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.host.Keys.Adopt(t.Context(), other.ID, strangerKey, "stranger", r.now()); err != nil {
			t.Fatal(err)
		}
		r.endpoint("*")
		for range 5 {
			r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)
			r.post(201, "/v1/categories", `{"name":"`+r.host.Now().String()+strings.Repeat("x", 1+len(r.receiver.requests()))+`"}`)
			r.settle()
		}
		for _, path := range []string{"/v1/events", "/v1/webhook-deliveries", "/v1/categories"} {
			cursor, _ := r.get(200, path+"?limit=2")["next_cursor"].(string)
			if cursor == "" {
				t.Errorf("%s: five things and no cursor after two", path)
				continue
			}
			got := r.do(t, strangerKey, http.StatusUnprocessableEntity, "GET", path+"?cursor="+cursor, "")
			if got["code"] != "cursor.invalid" {
				t.Errorf("%s: code %v, want cursor.invalid", path, got["code"])
			}
		}
	})
}
