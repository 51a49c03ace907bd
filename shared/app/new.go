package app

import (
	"context"
	"log/slog"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/apikey"
	"motorpool/shared/audit"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/fleet"
	"motorpool/shared/idempotency"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/inbox"
	"motorpool/shared/letter"
	"motorpool/shared/location"
	"motorpool/shared/member"
	"motorpool/shared/odometer"
	"motorpool/shared/outbox"
	"motorpool/shared/person"
	"motorpool/shared/session"
	"motorpool/shared/tracking"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// New wires the services from the ports. It opens nothing and cannot fail.
func New(p Ports) *App {
	log := &audit.Service{Table: p.Table, NewID: p.NewID}
	spaces := &workspace.Service{Table: p.Table, NewID: p.NewID, Audit: log, Now: p.Now}
	told := &outbox.Service{Table: p.Table, NewID: p.NewID, Retention: spaces.Retention}
	hooks := &webhook.Service{
		Table: p.Table, Queue: p.Deliveries, Jobs: p.Jobs, Timeline: p.Timeline, Box: p.Box,
		NewID: p.NewID, Now: p.Now, Random: p.Random, Sender: p.Egress, Events: told, Audit: log, Catalogue: events.Catalogue(),
		Rules: rules(spaces), Notify: logged{p.Log}, Meter: p.Meter,
	}
	letters := &letter.Service{Table: p.Table, Box: p.Box, NewID: p.NewID}
	people := &identity.Service{Table: p.Table, Box: p.Box, NewID: p.NewID, Secret: ident.Secret, Random: p.Random, Letters: letters}
	members := &member.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log, People: people, Letters: letters}
	keys := &apikey.Service{Table: p.Table, NewID: p.NewID, Secret: ident.Secret, Workspaces: spaces, Audit: log, Makers: members}
	people.Members, members.Keys = members, keys
	cars := &fleet.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log}
	places := &location.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log, Zone: zoneName(spaces), Uses: []location.Uses{cars}}
	cars.Locations = places
	firms := &company.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log}
	driven := &odometer.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log, Assets: vehicles{cars}}
	tracked := &tracking.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log, Assets: vehicles{cars}, Odometer: counted{driven}}
	cars.References = references{{"odometer readings", driven.Refers}, {"tracking devices", tracked.Refers}}
	return &App{
		Audit:     log,
		Companies: firms,
		Documents: &document.Service{
			Table: p.Table, Jobs: p.Jobs, NewID: p.NewID, NewToken: ident.Secret, Events: told, Audit: log,
			Zone: zone(spaces), Here: spaces.Here, BaseURL: p.BaseURL, Owners: owners{firms, cars},
		},
		Events:      told,
		Fleet:       cars,
		Idempotency: &idempotency.Service{Table: p.Table, Box: p.Box},
		Identities:  people,
		Inboxes:     &inbox.Service{Table: p.Table, NewID: p.NewID, NewToken: ident.Secret, Secrets: hooks, BaseURL: p.BaseURL},
		Keys:        keys,
		Letters:     letters,
		Members:     members,
		Sessions:    &session.Service{Table: p.Table, NewID: p.NewID, Secret: ident.Secret, People: people, Members: members, Strict: strict(spaces)},
		Locations:   places,
		People:      &person.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log},
		Odometer:    driven,
		Tracking:    tracked,
		Webhooks:    hooks,
		Workspaces:  spaces,
	}
}

// LetIn makes sure that the owner of an address is an Admin of a workspace, and
// returns who they are there and the token of a link that signs them in, once.
// It is for who runs the product: nothing that is reached from outside calls it.
func (a *App) LetIn(ctx context.Context, workspace, email string, at time.Time) (access.Actor, string, error) {
	m, err := a.Members.Found(ctx, workspace, email, "Owner", at)
	if err != nil {
		return access.Actor{}, "", err
	}
	i, err := a.Identities.Ensure(ctx, m.Email, m.Name, at)
	if err != nil {
		return access.Actor{}, "", err
	}
	link, err := a.Identities.NewLink(ctx, identity.SignIn, i.ID, workspace, at)
	return access.Actor{Kind: "user", ID: m.ID, Name: m.Name, Workspace: workspace, Grants: access.All()}, link, err
}

// strict reads whether a workspace wants a code of the phone of who works there.
func strict(spaces *workspace.Service) func(context.Context, string) (bool, error) {
	return func(ctx context.Context, id string) (bool, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return false, err
		}
		return w.Settings.RequireMFA, nil
	}
}

// zoneName reads the name of a workspace's time zone.
func zoneName(spaces *workspace.Service) func(context.Context, string) (string, error) {
	return func(ctx context.Context, id string) (string, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return "", err
		}
		return w.TimeZone, nil
	}
}

// rules reads what a workspace's settings say about webhooks.
func rules(spaces *workspace.Service) func(context.Context, string) (webhook.Rules, error) {
	return func(ctx context.Context, id string) (webhook.Rules, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return webhook.Rules{}, err
		}
		return webhook.Rules{
			Live: w.Mode == workspace.Live, Retention: spaces.Retention(ctx, id),
			DisableAfterDays: w.Settings.DisableAfterDays, AutoRecover: w.Settings.AutoRecover, Left: !w.Left.IsZero(),
		}, nil
	}
}

// logged tells administrators through the log, until the mail port exists; the
// event webhook_endpoint.disabled and the console tell them too.
type logged struct{ log *slog.Logger }

func (l logged) EndpointDisabled(ctx context.Context, e *webhook.Endpoint, _ time.Time) error {
	l.log.WarnContext(ctx, "webhook endpoint disabled", "workspace", e.Workspace, "endpoint", e.ID, "why", e.Why)
	return nil
}
