// Package access says who may do what: actors, and the grants that roles and
// API keys hold. It decides nothing about identity; apikey and session do.
package access

import (
	"slices"
	"strings"
)

// A Grant is one thing an actor may do: "area.verb".
type Grant string

// Every grant there is. Keep it sorted; All and the console's scope picker list these.
const (
	Public            Grant = "" // a route that anybody may call
	EditAssets        Grant = "assets.edit"
	ArchiveAssets     Grant = "assets.archive"
	ViewAssets        Grant = "assets.view"
	ViewAudit         Grant = "audit.view"
	ManageCare        Grant = "care.manage"
	PublishEvents     Grant = "events.publish"
	ViewEvents        Grant = "events.view"
	EditExpenses      Grant = "expenses.edit"
	ViewExpenses      Grant = "expenses.view"
	RunExports        Grant = "exports.run"
	DoInspections     Grant = "inspections.do"
	ManageInspections Grant = "inspections.manage"
	ManageKeys        Grant = "keys.manage"
	ViewKeys          Grant = "keys.view"
	ManageLocations   Grant = "locations.manage"
	ViewLocations     Grant = "locations.view"
	AnonymisePeople   Grant = "people.anonymise"
	BlockPeople       Grant = "people.block"
	EditPeople        Grant = "people.edit"
	ViewPeople        Grant = "people.view"
	ViewPII           Grant = "people.view_pii"
	ManageSettings    Grant = "settings.manage"
	IngestReadings    Grant = "tracking.ingest"
	ViewTracking      Grant = "tracking.view"
	ManageUsers       Grant = "users.manage"
	ViewUsers         Grant = "users.view"
	ManageWebhooks    Grant = "webhooks.manage"
	RevealSecrets     Grant = "webhooks.secrets"
	ViewWebhooks      Grant = "webhooks.view"
)

// A Permission is a grant with the words people see when they give it.
type Permission struct {
	Grant       Grant
	Description string
}

// Catalogue lists every grant that can be given, in the order people see them.
var Catalogue = []Permission{
	{ViewAssets, "See vehicles, categories and their history"},
	{EditAssets, "Add and edit vehicles and categories, switch booking on and off"},
	{ArchiveAssets, "Archive and delete vehicles"},
	{ManageCare, "Block vehicles for maintenance, keep issues and service reminders, correct odometers"},
	{DoInspections, "Inspect vehicles"},
	{ManageInspections, "Write inspection templates, void inspections"},
	{ViewExpenses, "See what vehicles cost, and their insurance"},
	{EditExpenses, "Record expenses, insurance policies and claims"},
	{ViewTracking, "See where vehicles went: devices and journeys"},
	{IngestReadings, "Send readings of tracking devices"},
	{ViewPeople, "See customers and companies, without what identifies them"},
	{ViewPII, "See customers' addresses, birthdays, documents and contacts"},
	{EditPeople, "Add, edit and merge customers and companies, verify their documents"},
	{BlockPeople, "Block and unblock customers"},
	{AnonymisePeople, "Export all that is known of a customer, and erase it for good"},
	{ViewLocations, "See locations"},
	{ManageLocations, "Add and edit locations, their hours and pickup rules, move vehicles between them"},
	{RunExports, "Export lists"},
	{ViewEvents, "Read what happened: the event log"},
	{PublishEvents, "Publish custom events"},
	{ViewWebhooks, "See webhook endpoints and delivery logs"},
	{ManageWebhooks, "Add, edit, test and pause webhook endpoints, resend deliveries"},
	{RevealSecrets, "Reveal and rotate webhook signing secrets"},
	{ViewKeys, "See API keys, never the keys themselves"},
	{ManageKeys, "Create and revoke API keys"},
	{ViewAudit, "Read the audit log"},
	{ViewUsers, "See who works here, and their roles"},
	{ManageUsers, "Invite, disable and enable users, edit roles"},
	{ManageSettings, "Change workspace settings"},
}

// Area is the part of the product that g is about: "assets".
func (g Grant) Area() string {
	area, _, _ := strings.Cut(string(g), ".")
	return area
}

// All returns every grant: what an owner, and a key made with no scopes named, holds.
func All() []Grant {
	all := make([]Grant, len(Catalogue))
	for i, p := range Catalogue {
		all[i] = p.Grant
	}
	return all
}

// Known reports whether g is in the Catalogue.
func Known(g Grant) bool {
	return slices.ContainsFunc(Catalogue, func(p Permission) bool { return p.Grant == g })
}

// Actor is whoever does something, as audit entries and events name them.
type Actor struct {
	Kind      string   `json:"type"`           // "user", "api_key" or "system"
	ID        string   `json:"id,omitempty"`   // usr_…, key_…; empty for the system
	Name      string   `json:"name,omitempty"` // what people call them
	Workspace string   `json:"-"`              // wsp_…; the only workspace this actor can see
	Grants    []Grant  `json:"-"`
	Locations []string `json:"-"` // loc_…, the only ones this actor works at; empty: all
	Request   string   `json:"-"` // the Request-Id, for audit entries
	IP        string   `json:"-"` // where the request came from, for audit entries
}

// System is the product itself acting in a workspace: schedules, retries, rules.
func System(workspace string) Actor { return Actor{Kind: "system", Workspace: workspace} }

// May reports whether the actor may do what g allows: they hold it, and it does
// not reach beyond the locations that they are bound to. Everybody may what is Public.
func (a Actor) May(g Grant) bool {
	return g == Public || a.Holds(g) && (len(a.Locations) == 0 || !Everywhere(g))
}

// Holds reports whether a role or a key gave the actor g, wherever they work.
func (a Actor) Holds(g Grant) bool { return slices.Contains(a.Grants, g) }

// Everywhere reports whether what g allows cannot be kept to some locations: logs
// and webhooks tell of the whole workspace. Who is bound to locations may not do
// it, whatever their role; the history of a thing that they see is shown with it.
func Everywhere(g Grant) bool {
	switch g {
	case ViewAudit, ViewEvents, PublishEvents, ViewWebhooks, ManageWebhooks, RevealSecrets:
		return true
	}
	return false
}

// At reports whether the actor works at one of these locations. Who is bound to
// none works everywhere; what is nowhere is seen by those alone.
func (a Actor) At(locations ...string) bool {
	return len(a.Locations) == 0 || slices.ContainsFunc(locations, func(l string) bool { return slices.Contains(a.Locations, l) })
}
