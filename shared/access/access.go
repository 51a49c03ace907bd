// Package access says who may do what: actors, and the grants that roles and
// API keys hold. It decides nothing about identity; apikey and session do.
package access

import "slices"

// A Grant is one thing an actor may do: "area.verb".
type Grant string

// Every grant there is. Keep it sorted; All and the console's scope picker list these.
const (
	Public         Grant = "" // a route that anybody may call
	EditAssets     Grant = "assets.edit"
	ArchiveAssets  Grant = "assets.archive"
	ViewAssets     Grant = "assets.view"
	ViewAudit      Grant = "audit.view"
	PublishEvents  Grant = "events.publish"
	ViewEvents     Grant = "events.view"
	ManageKeys     Grant = "keys.manage"
	ViewKeys       Grant = "keys.view"
	ManageSettings Grant = "settings.manage"
	ManageWebhooks Grant = "webhooks.manage"
	RevealSecrets  Grant = "webhooks.secrets"
	ViewWebhooks   Grant = "webhooks.view"
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
	{ViewEvents, "Read what happened: the event log"},
	{PublishEvents, "Publish custom events"},
	{ViewWebhooks, "See webhook endpoints and delivery logs"},
	{ManageWebhooks, "Add, edit, test and pause webhook endpoints, resend deliveries"},
	{RevealSecrets, "Reveal and rotate webhook signing secrets"},
	{ViewKeys, "See API keys, never the keys themselves"},
	{ManageKeys, "Create and revoke API keys"},
	{ViewAudit, "Read the audit log"},
	{ManageSettings, "Change workspace settings"},
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
	Kind      string  `json:"type"`           // "user", "api_key" or "system"
	ID        string  `json:"id,omitempty"`   // usr_…, key_…; empty for the system
	Name      string  `json:"name,omitempty"` // what people call them
	Workspace string  `json:"-"`              // wsp_…; the only workspace this actor can see
	Grants    []Grant `json:"-"`
	Request   string  `json:"-"` // the Request-Id, for audit entries
	IP        string  `json:"-"` // where the request came from, for audit entries
}

// System is the product itself acting in a workspace: schedules, retries, rules.
func System(workspace string) Actor { return Actor{Kind: "system", Workspace: workspace} }

// May reports whether the actor holds g. Everybody may what is Public.
func (a Actor) May(g Grant) bool { return g == Public || slices.Contains(a.Grants, g) }
