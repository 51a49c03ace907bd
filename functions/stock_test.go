package functions_test

import (
	"fmt"
	"regexp"
	"strings"

	"motorpool/shared/attachment"
)

// stock makes one of everything that a route can name, for a vehicle at a place
// of its own, and returns the ids by the word that routes have before them.
func (w *world) stock(place string) map[string]string {
	w.t.Helper()
	ids := map[string]string{"webhook-endpoints": w.id("/v1/webhook-endpoints", `{"url":"%s/%s","events":["*"]}`, w.receiver.url, place)}
	w.stockFleet(ids, place)
	w.stockCare(ids)
	w.stockMoney(ids)
	w.stockPeople(ids, place)
	w.stockHouse(ids, place)
	w.settle()
	letters, _, err := w.host.Letters.List(w.t.Context(), w.owner.Workspace, "", 1)
	w.must(err)
	ids["outbox"] = letters[0].ID
	list := w.Want(200, "GET", "/v1/webhook-deliveries?limit=1&endpoint="+ids["webhook-endpoints"], "").JSON["data"].([]any)
	ids["webhook-deliveries"] = list[0].(map[string]any)["id"].(string)
	return ids
}

func (w *world) stockFleet(ids map[string]string, place string) {
	w.t.Helper()
	n := len(place)*1000 + w.shots
	ids["locations"] = w.id("/v1/locations", `{"name":%q,"code":"L%d"}`, place, n)
	ids["categories"] = w.id("/v1/categories", `{"name":"Vans of %s"}`, place)
	ids["assets"] = w.id("/v1/assets", `{"type":"van","make":"Ford","model":"Transit","number":"N-%s","vin":"SER-%d","year":2024,"home_location":%q,"categories":[%q],"primary_category":%[4]q}`,
		place, n, ids["locations"], ids["categories"])
	of := "/v1/assets/" + ids["assets"]
	shown := w.make(of+"/photos", `{"file":%q}`, w.file(attachment.Photo, "front.jpg", attachment.JPEG, w.shot()))
	ids["photos"] = shown["photos"].([]any)[0].(map[string]any)["id"].(string)
	ids["readings"] = w.id(of+"/odometer/readings", `{"value":1000}`)
	ids["devices"] = w.id("/v1/devices", `{"provider":"acme","serial":"DEV%d"}`, n)
	w.make("/v1/devices/"+ids["devices"]+"/assign", `{"asset":%q}`, ids["assets"])
	ids["uploads"] = w.file(attachment.Photo, "loose.jpg", attachment.JPEG, w.shot())
	list := "VIN,Type,Make,Model,Year,Location,Category\nIMP-1,car,Kia,EV6,2025," + place + ",Vans of " + place + "\n"
	ids["imports"] = w.id("/v1/imports", `{"kind":"assets","file":%q}`, w.file(attachment.Import, "fleet.csv", attachment.CSV, []byte(list)))
	ids["exports"] = w.id("/v1/exports", `{"list":"assets"}`)
}

func (w *world) stockCare(ids map[string]string) {
	w.t.Helper()
	asset := ids["assets"]
	ids["maintenance-windows"] = w.id("/v1/maintenance-windows", `{"asset":%q,"starts_at":"2026-03-01T08:00:00Z","reason":"service"}`, asset)
	ids["issues"] = w.id("/v1/issues", `{"asset":%q,"title":"Scratch","type":"damage"}`, asset)
	ids["service-reminders"] = w.id("/v1/service-reminders", `{"asset":%q,"name":"Oil","due_on":"2026-09-01"}`, asset)
	ids["service-reminder-templates"] = w.id("/v1/service-reminder-templates", `{"name":"Tyres","interval_days":365,"recurring":true,"categories":[%q]}`, ids["categories"])
	ids["inspection-templates"] = w.id("/v1/inspection-templates", `{"name":"Look","kind":"adhoc","sections":[{"title":"All","fields":[
		{"key":"lights","label":"Lights","type":"check"},{"key":"front","label":"Front","type":"photo","photos":1}]}]}`)
	w.make("/v1/inspection-templates/"+ids["inspection-templates"]+"/publish", "")
	ids["editions"] = "1"
	ids["inspections"] = w.id("/v1/inspections", `{"asset":%q,"template":%q,"customer":{"name":"Ada","email":"ada@customers.example"}}`, asset, ids["inspection-templates"])
	ids["inspections/files"] = w.file(attachment.Evidence, "front.jpg", attachment.JPEG, w.shot())
	w.Want(200, "PATCH", "/v1/inspections/"+ids["inspections"]+"/answers", fmt.Sprintf(`{"answers":{"lights":{"choice":"pass"},"front":{"photos":[{"file":%q}]}}}`, ids["inspections/files"]), "If-Match", `"1"`)
}

func (w *world) stockMoney(ids map[string]string) {
	w.t.Helper()
	asset := ids["assets"]
	ids["receipts"] = w.file(attachment.Receipt, "bill.jpg", attachment.JPEG, w.shot())
	ids["expenses"] = w.id("/v1/expenses", `{"asset":%q,"item":"fuel","date":"2026-01-02","vendor":"Northside","amount":{"minor":100,"currency":"AUD"},"receipts":[%q]}`, asset, ids["receipts"])
	for _, of := range []string{"insurance-policies", "insurance-claims"} {
		ids[of+"/documents"] = w.file(attachment.Document, "terms.jpg", attachment.JPEG, w.shot())
	}
	ids["insurance-policies"] = w.id("/v1/insurance-policies", `{"insurer":"Harbour Mutual","number":"HM-1","kind":"comprehensive","start":"2026-01-01","end":"2026-12-31","assets":[%q],"documents":[%q]}`, asset, ids["insurance-policies/documents"])
	ids["insurance-claims"] = w.id("/v1/insurance-claims", `{"policy":%q,"asset":%q,"incident_on":"2026-02-01","documents":[%q]}`, ids["insurance-policies"], asset, ids["insurance-claims/documents"])
	ids["documents"] = w.id("/v1/documents", `{"owner":{"type":"asset","id":%q},"type":"registration","number":"R-1","expires":"2026-12-01","files":[{"side":"front","attachment":%q}]}`, asset, w.file(attachment.Document, "paper.jpg", attachment.JPEG, w.shot()))
	a := w.Want(200, "GET", "/v1/documents/"+ids["documents"], "")
	if all, _ := a.JSON["files"].([]any); len(all) > 0 {
		first, _ := all[0].(map[string]any)
		ids["documents/files"], _ = first["attachment"].(string)
	}
}

// attached finds the name of an attachment in an address.
var attached = regexp.MustCompile(`att_[0-9a-z]{26}`)

func (w *world) stockPeople(ids map[string]string, place string) {
	w.t.Helper()
	name := strings.ToLower(place)
	ids["people"] = w.id("/v1/people", `{"given_name":"Ana","family_name":%q,"email":"ana@%s.example","notes":"=1+2"}`, place, name)
	contacts := w.make("/v1/people/"+ids["people"]+"/contacts", `{"type":"emergency","name":"Luis"}`)["contacts"].([]any)
	ids["people/contacts"] = contacts[0].(map[string]any)["id"].(string)
	copies := "/v1/people/" + ids["people"] + "/exports"
	ids["people/exports"] = w.id(copies, "")
	w.settle()
	ids["exports/files"] = attached.FindString(w.Want(200, "GET", copies+"/"+ids["people/exports"], "").Body)
	ids["companies"] = w.id("/v1/companies", `{"trading_name":"Blue Gum %s","billing_emails":["a@%s.example"]}`, place, name)
	w.Want(200, "PUT", "/v1/companies/"+ids["companies"]+"/contacts/"+ids["people"], `{"roles":["fleet"]}`)
	ids["companies/contacts"] = ids["people"]
}

func (w *world) stockHouse(ids map[string]string, place string) {
	w.t.Helper()
	ids["roles"] = w.id("/v1/roles", `{"name":"Clerk of %s","grants":["assets.view"]}`, place)
	ids["users"] = w.id("/v1/users", `{"email":"tom@%s.example","name":"Tom","role":%q}`, strings.ToLower(place), ids["roles"])
	ids["api-keys"] = w.id("/v1/api-keys", `{"name":"k"}`)
	ids["events"] = w.id("/v1/events", `{"type":"custom.thing","data":{}}`)
	ids["webhook-test-urls"] = w.id("/v1/webhook-test-urls", `{}`)
}
