package functions_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"motorpool/functions"
	"motorpool/shared/api"
	"motorpool/shared/apitest"
)

// named are the words of pages that routes have other words for.
var named = map[string]string{
	"maintenance": "maintenance-windows", "reminders": "service-reminders", "reminder-templates": "service-reminder-templates",
	"costs": "expenses", "deliveries": "webhook-deliveries", "endpoints": "webhook-endpoints", "test-urls": "webhook-test-urls",
	"insurance": "insurance-policies",
}

// unnamed are routes with something in braces that is no object of a workspace.
var unnamed = map[string]string{
	"expenses.put_expense_item": "the code is the workspace's own word: each may have the same",
	"settings.switch_feature":   "the name is the product's", "console.feature_switch": "the name is the product's",
}

// asked is what a route is asked with, where it reads that before it looks for the
// thing that its address names. All others are asked with nothing.
var asked = map[string]string{
	"care.complete_reminder": `{}`, "care.edit_issue": `{"title":"mine"}`, "care.edit_reminder": `{"name":"mine"}`, "care.edit_template": `{"name":"mine"}`,
	"care.edit_window": `{"note":"mine"}`, "companies.edit_company": `{"phone":"12345"}`, "companies.merge_company": `{"into":"com_06eah81yg0056nr0kstqshcgdc"}`,
	"companies.name_contact": `{"roles":["fleet"]}`,
	"documents.ask_again":    `{}`, "documents.submit_document": `{"number":"1","expires":"2090-01-01"}`, "documents.reject_document": `{"reason":"x"}`,
	"expenses.edit_expense": `{"vendor":"mine"}`, "expenses.void_expense": `{"reason":"mine"}`,
	"fleet.add_photo": `{"file":"att_06eah81yg0020rsmdntdjt84h0"}`, "fleet.describe_photo": `{"alt":"mine"}`, "fleet.edit_asset": `{"colour":"Red"}`,
	"fleet.edit_category": `{"name":"Mine"}`, "fleet.merge_category": `{"into":"cat_06eah81yg0010adz6f9wd0wfdm"}`, "fleet.order_photos": `{"photos":["att_06eah81yg0020rsmdntdjt84h0"]}`,
	"imports.map_columns":          `{"columns":["vin"]}`,
	"inspections.amend_inspection": `{"text":"mine"}`, "inspections.answer_inspection": `{"answers":{"lights":{"choice":"pass"}}}`, "inspections.complete_inspection": `{}`,
	"inspections.acknowledge_inspection": `{"name":"Eve"}`, "inspections.dispute_inspection": `{"name":"Eve","comment":"no"}`,
	"inspections.edit_template": `{"name":"Mine"}`, "inspections.void_inspection": `{"reason":"mine"}`,
	"insurance.edit_claim": `{"place":"Mine"}`, "insurance.edit_policy": `{"notes":"mine"}`, "insurance.move_claim": `{"state":"lodged"}`, "insurance.cancel_policy": `{"on":"2026-03-01"}`,
	"locations.edit_location": `{"name":"Mine"}`, "locations.transfer_asset": `{"to":"loc_06eah81yg000vtmf8bez0yw0nc"}`, "locations.check_pickup": `?at=2026-03-02T09:00:00Z&program=rental`,
	"locations.list_pickup_days": `?from=2026-03-02&to=2026-03-09&program=rental`,
	"odometer.get_use":           `?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z`, "odometer.record_reading": `{"value":2000}`, "odometer.supersede_reading": `{"value":1,"note":"x"}`,
	"people.add_contact": `{"type":"emergency","name":"Me"}`, "people.edit_contact": `{"name":"Me"}`, "people.edit_person": `{"notes":"mine"}`,
	"people.block_person": `{"reason":"fraud"}`, "people.unblock_person": `{}`, "people.merge_person": `{"into":"per_06eah81yg004m1fy45xm9p6zgw"}`,
	"console.asset_photo_add": "file=att_06eah81yg0020rsmdntdjt84h0", "console.endpoint_recover_start": "since=2026-01-01T00:00:00Z", "console.endpoint_replay_start": "since=2026-01-01T00:00:00Z",
	"console.maintenance_move": "to=in_progress", "console.inspection_act": "do=amend&text=mine",
	"imports.list_fields": "?kind=assets",
	"settings.edit_role":  `{"name":"Mine"}`, "settings.edit_user": `{"name":"Mine"}`, "tracking.assign_device": `{"asset":"ast_06eah81yg0017bqtznrxpdjaj0"}`,
	"webhooks.change_test_url": `{"status":500}`, "webhooks.edit_endpoint": `{"description":"mine"}`, "webhooks.recover": `{"since":"2026-01-01T00:00:00Z"}`,
	"webhooks.replay": `{"since":"2026-01-01T00:00:00Z"}`, "webhooks.test_endpoint": `{"type":"asset.created"}`,
}

// addressed lists the routes behind a door that name an object, and returns the
// address that names one of ids. A route of which no object is known stops the
// test: whoever adds one says in stock what it is asked about.
func addressed(t *testing.T, ids map[string]string, each func(r api.Route, path string)) {
	t.Helper()
	for _, r := range functions.Routes() {
		if !strings.Contains(r.Path, "{") || r.Door == api.OpenDoor || unnamed[r.Name] != "" {
			continue
		}
		parts, above := strings.Split(r.Path, "/"), ""
		for i, p := range parts {
			if !strings.HasPrefix(p, "{") {
				continue
			}
			word := parts[i-1]
			if other := named[word]; other != "" {
				word = other
			}
			id := ids[above+"/"+word]
			if id == "" {
				id = ids[word]
			}
			if id == "" {
				t.Errorf("%s %s: stock makes no %s", r.Name, r.Path, word)
			}
			parts[i], above = id, word
		}
		each(r, strings.Join(parts, "/"))
	}
}

// ask sends what a route reads, as a program or as a form.
func ask(c *apitest.Client, r api.Route, path string) apitest.Answer {
	body := asked[r.Name]
	if query, ok := strings.CutPrefix(body, "?"); ok {
		path, body = path+"?"+query, ""
	}
	if r.Door == api.SessionDoor {
		return c.Do(r.Method, path, body, "Content-Type", "application/x-www-form-urlencoded")
	}
	return c.Do(r.Method, path, body)
}

// unknown reports whether an answer says that there is no such thing; a form may
// say so by leading to a page that does.
func unknown(c *apitest.Client, a apitest.Answer, r api.Route) bool {
	code, _ := a.JSON["code"].(string)
	if to := a.Header.Get("Location"); a.Status == http.StatusSeeOther && r.Door == api.SessionDoor {
		return c.Do(http.MethodGet, to, "").Status == http.StatusNotFound
	}
	return a.Status == http.StatusNotFound && (r.Door == api.SessionDoor || code != "" && !strings.HasPrefix(code, "route."))
}

// silent are reads that answer nobody before more was done with what stock makes.
var silent = map[string]bool{"console.import_errors": true, "imports.get_errors_file": true, "inspections.get_report": true}

// listed are the routes and pages of a workspace that name no object, and only tell.
func listed() []api.Route {
	return slices.DeleteFunc(functions.Routes(), func(r api.Route) bool {
		return r.Method != http.MethodGet || strings.Contains(r.Path, "{") || r.Door == api.OpenDoor
	})
}
