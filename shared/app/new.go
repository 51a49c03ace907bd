package app

import (
	"context"
	"log/slog"
	"time"

	"motorpool/events"
	"motorpool/shared/apikey"
	"motorpool/shared/audit"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/fleet"
	"motorpool/shared/idempotency"
	"motorpool/shared/ident"
	"motorpool/shared/inbox"
	"motorpool/shared/outbox"
	"motorpool/shared/person"
	"motorpool/shared/session"
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
	vehicles := &fleet.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log}
	firms := &company.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log}
	return &App{
		Audit:     log,
		Companies: firms,
		Documents: &document.Service{
			Table: p.Table, Jobs: p.Jobs, NewID: p.NewID, NewToken: ident.Secret, Events: told, Audit: log,
			Zone: zone(spaces), Here: spaces.Here, BaseURL: p.BaseURL, Owners: owners{firms, vehicles},
		},
		Events:      told,
		Fleet:       vehicles,
		Idempotency: &idempotency.Service{Table: p.Table, Box: p.Box},
		Inboxes:     &inbox.Service{Table: p.Table, NewID: p.NewID, NewToken: ident.Secret, Secrets: hooks, BaseURL: p.BaseURL},
		Keys:        &apikey.Service{Table: p.Table, NewID: p.NewID, Secret: ident.Secret, Workspaces: spaces, Audit: log},
		People:      &person.Service{Table: p.Table, NewID: p.NewID, Events: told, Audit: log},
		Sessions:    &session.Service{Table: p.Table, NewID: p.NewID, Secret: ident.Secret, Members: session.Owners{}},
		Webhooks:    hooks,
		Workspaces:  spaces,
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
