package functions

import (
	"go/ast"
	"reflect"
	"slices"
	"strings"
	"testing"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// said are the events that the specification names for these areas (A, section 9;
// B for expenses and insurance), category by category.
var said = map[string]string{
	"asset":              "created updated archived duplicated booking_enabled booking_disabled location_changed category_changed price_changed photo_added photo_removed imported",
	"odometer":           "recorded superseded",
	"device":             "assigned unassigned stale",
	"journey":            "completed ignored",
	"maintenance_window": "created started completed cancelled",
	"service_reminder":   "due_soon overdue completed",
	"issue":              "created updated resolved reopened closed",
	"inspection":         "started completed acknowledged disputed voided damage_found",
	"category":           "created updated deleted",
	"price_override":     "created updated deleted bulk_imported",
	"person":             "created updated merged blocked unblocked anonymised",
	"company":            "created updated",
	"contact":            "added verified",
	"document":           "requested submitted verified rejected expiring expired",
	"verification":       "passed failed",
	"user":               "invited activated disabled enabled role_changed",
	"role":               "updated",
	"location":           "created updated deactivated",
	"booking_rule":       "updated",
	"expense":            "created updated deleted",
	"insurance":          "quoted bound updated cancelled expiring expired",
	"claim":              "created updated",
}

// absent are those of said that nothing raises, and why.
var absent = map[string]string{
	"asset.price_changed":          "waits for pricing",
	"price_override.created":       "waits for pricing",
	"price_override.updated":       "waits for pricing",
	"price_override.deleted":       "waits for pricing",
	"price_override.bulk_imported": "waits for pricing",
	"verification.passed":          "waits for checks of licences",
	"verification.failed":          "waits for checks of licences",
	"booking_rule.updated":         "waits for booking rules",
	"expense.created":              "is expense.recorded (decision 0036)",
	"expense.deleted":              "is expense.voided (decision 0036)",
	"insurance.quoted":             "of a customer's cover; waits for bookings",
	"insurance.bound":              "of a customer's cover; waits for bookings",
	"insurance.updated":            "is insurance_policy.updated",
	"insurance.cancelled":          "is insurance_policy.cancelled",
	"insurance.expiring":           "is insurance_policy.expiring",
	"insurance.expired":            "is insurance_policy.expired",
	"claim.created":                "is insurance_claim.opened",
	"claim.updated":                "is insurance_claim.updated",
}

func TestTheEventsOfTheSpecificationAreThereOrItIsSaidWhyNot(t *testing.T) {
	there := map[string]bool{}
	for _, l := range events.Catalogue() {
		there[l.Type] = len(l.Example) > 0
	}
	for category, verbs := range said {
		for _, verb := range strings.Fields(verbs) {
			name := category + "." + verb
			if why, is := absent[name]; there[name] == is {
				t.Errorf("%s: in the catalogue with an example: %v, and %q is said of it", name, there[name], why)
			}
		}
	}
	for name, why := range absent {
		if other, is := strings.CutPrefix(why, "is "); is {
			other, _, _ = strings.Cut(other, " ")
			if !there[other] {
				t.Errorf("%s is to be %s, which is not in the catalogue", name, other)
			}
		}
	}
}

// TestSomethingRaisesEachEvent looks for a place outside of tests in which each
// event of the catalogue is made.
func TestSomethingRaisesEachEvent(t *testing.T) {
	made := map[string]bool{}
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if sel, ok := lit.Type.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "events" {
					made[sel.Sel.Name] = true
				}
			}
			return true
		})
	}
	for _, l := range events.Catalogue() {
		if name := reflect.TypeOf(l.Data).Name(); !made[name] {
			t.Errorf("nothing makes an events.%s, and %s is in the catalogue", name, l.Type)
		}
	}
}

// permissions are those that the specification lists (A, 5.1) for what there is:
// what we call each, and a route that asks for it.
var permissions = map[string]struct {
	grant access.Grant
	route string // empty: services ask for it
}{
	"people.view":     {access.ViewPeople, "people.get_person"},
	"people.view_pii": {access.ViewPII, ""},
	"people.edit":     {access.EditPeople, "people.edit_person"},
	"people.block":    {access.BlockPeople, "people.block_person"},
	"assets.view":     {access.ViewAssets, "fleet.get_asset"},
	"assets.edit":     {access.EditAssets, "fleet.edit_asset"},
	"assets.archive":  {access.ArchiveAssets, "fleet.archive_asset"},
	"inspections.do":  {access.DoInspections, "inspections.complete_inspection"},
	"settings.manage": {access.ManageSettings, "settings.change_workspace"},
	"users.manage":    {access.ManageUsers, "settings.invite_user"},
	"webhooks.manage": {access.ManageWebhooks, "webhooks.create_endpoint"},
	"export":          {access.RunExports, "exports.create_export"},
}

func TestEachPermissionOfTheSpecificationIsAskedFor(t *testing.T) {
	routes := Routes()
	for name, p := range permissions {
		if !access.Known(p.grant) {
			t.Errorf("%s: nobody can be given %s", name, p.grant)
		}
		if p.route != "" && !slices.ContainsFunc(routes, func(r api.Route) bool { return r.Name == p.route && r.Allow == p.grant }) {
			t.Errorf("%s: %s does not ask for %s", name, p.route, p.grant)
		}
	}
}

// TestEachPermissionOpensSomething: what can be given and opens nothing misleads
// who gives it. What is personal is left out by services, not refused by routes.
func TestEachPermissionOpensSomething(t *testing.T) {
	routes := Routes()
	for _, p := range access.Catalogue {
		if p.Grant != access.ViewPII && !slices.ContainsFunc(routes, func(r api.Route) bool { return r.Allow == p.Grant }) {
			t.Errorf("no route asks for %s", p.Grant)
		}
	}
	for _, r := range routes {
		if r.Allow != access.Public && !access.Known(r.Allow) {
			t.Errorf("%s asks for %s, which nobody can be given", r.Name, r.Allow)
		}
	}
}
