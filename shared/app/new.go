package app

import (
	"context"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/apikey"
	"motorpool/shared/attachment"
	"motorpool/shared/audit"
	"motorpool/shared/calendar"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/expense"
	"motorpool/shared/fleet"
	"motorpool/shared/idempotency"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/inbox"
	"motorpool/shared/inspection"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
	"motorpool/shared/letter"
	"motorpool/shared/location"
	"motorpool/shared/maintenance"
	"motorpool/shared/member"
	"motorpool/shared/odometer"
	"motorpool/shared/outbox"
	"motorpool/shared/person"
	"motorpool/shared/photo"
	"motorpool/shared/reminder"
	"motorpool/shared/sequence"
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
		Rules: rules(spaces), Meter: p.Meter,
	}
	letters := &letter.Service{
		Table: p.Table, Box: p.Box, NewID: p.NewID, Queue: p.Letters, Mail: p.Mail, Senders: senders(spaces, p.MailFrom), BaseURL: p.BaseURL,
	}
	a := &App{
		Attachments: &attachment.Service{Table: p.Table, Files: p.Files, Studio: p.Studio, NewID: p.NewID, Now: p.Now},
		Audit:       log,
		Events:      told,
		Idempotency: &idempotency.Service{Table: p.Table, Box: p.Box},
		Inboxes:     &inbox.Service{Table: p.Table, NewID: p.NewID, NewToken: ident.Secret, Secrets: hooks, BaseURL: p.BaseURL},
		Letters:     letters,
		Outbox:      p.Outbox,
		Webhooks:    hooks,
		Workspaces:  spaces,
		FilesAt:     p.FilesAt,
	}
	a.Onboarding = a.onboard()
	a.wireStaff(p)
	hooks.Notify = news{a.Members, a.Letters}
	a.wireFleet(p)
	a.wireCustomers(p)
	a.Members.Work = []member.Work{repairs{a.Issues}, services{a.Reminders}}
	a.wireKnown()
	a.wireLists(p)
	a.wireFiles(p)
	a.Fleet.References = references{
		{"documents", a.Documents.Refers},
		{"expenses", a.Expenses.Refers},
		{"insurance", a.Insurance.Refers},
		{"inspections", a.Inspections.Refers},
		{"issues", a.Issues.Refers},
		{"maintenance windows", a.Maintenance.Refers},
		{"odometer readings", a.Odometer.Refers},
		{"service reminders", a.Reminders.Refers},
		{"tracking devices", a.Tracking.Refers},
	}
	return a
}

// wireStaff wires who works in a workspace, and how they and programs come in.
func (a *App) wireStaff(p Ports) {
	a.Identities = &identity.Service{Table: p.Table, Box: p.Box, NewID: p.NewID, Secret: ident.Secret, Random: p.Random, Letters: a.Letters}
	a.Members = &member.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, People: a.Identities, Letters: a.Letters}
	a.Keys = &apikey.Service{Table: p.Table, NewID: p.NewID, Secret: ident.Secret, Workspaces: a.Workspaces, Audit: a.Audit, Makers: a.Members}
	a.Identities.Members, a.Members.Keys = a.Members, a.Keys
	a.Sessions = &session.Service{Table: p.Table, NewID: p.NewID, Secret: ident.Secret, People: a.Identities, Members: a.Members, Strict: strict(a.Workspaces)}
}

// wireFleet wires what is rented, where it is, and what is done to it.
func (a *App) wireFleet(p Ports) {
	a.Calendar = &calendar.Service{Table: p.Table}
	a.Fleet = &fleet.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Doing: doing(a.Calendar), Held: calendar.Held, Zone: zone(a.Workspaces), Unit: unit(a.Workspaces)}
	a.Locations = &location.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Zone: zoneName(a.Workspaces), Currency: currency(a.Workspaces), Uses: []location.Uses{a.Fleet}}
	a.Fleet.Locations, a.Members.Locations = a.Locations, a.Locations
	a.Photos = &photo.Service{Table: p.Table, Events: a.Events, Audit: a.Audit, Assets: a.Fleet, Files: a.Attachments}
	a.Fleet.Files, a.Fleet.Photos = a.Attachments, a.Photos
	cars := vehicles{a.Fleet}
	a.Odometer = &odometer.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Assets: cars, Zone: zone(a.Workspaces)}
	a.Fleet.Heirs = heirs{a.Odometer, a.Photos}
	a.Tracking = &tracking.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Assets: cars, Odometer: counted{a.Odometer}}
	a.Issues = &issue.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Numbers: &sequence.Service{Table: p.Table}, Vehicles: cars}
	a.Maintenance = &maintenance.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Vehicles: cars, Calendar: a.Calendar}
	a.Expenses = &expense.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Assets: cars, Zone: zone(a.Workspaces)}
	a.Insurance = &insurance.Service{
		Table: p.Table, Jobs: p.Jobs, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Assets: cars, Zone: zone(a.Workspaces), Here: a.Workspaces.Here,
	}
	a.Reminders = &reminder.Service{
		Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Vehicles: cars, Today: today(a.Workspaces),
		Odometer: dash{a.Odometer}, Jobs: p.Jobs, Workshop: workshop{a.Maintenance, a.Workspaces}, Desk: desk{a.Issues, a.Calendar}, Letters: reminding{a.Members, a.Letters, a.Fleet},
	}
	a.Inspections = &inspection.Service{
		Table: p.Table, NewID: p.NewID, NewToken: ident.Secret, Events: a.Events, Audit: a.Audit, Numbers: &sequence.Service{Table: p.Table},
		Vehicles: inspected{a.Fleet}, Odometer: metered{a.Odometer}, Issues: raised{a.Issues}, Operator: operator(a.Workspaces), Printer: p.Print, BaseURL: p.BaseURL,
	}
	a.Inspections.Letters = reported{a.Letters}
}

// wireCustomers wires whom the operator rents to, and the documents of all.
func (a *App) wireCustomers(p Ports) {
	a.People = &person.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Country: country(a.Workspaces)}
	a.Companies = &company.Service{Table: p.Table, NewID: p.NewID, Events: a.Events, Audit: a.Audit, People: a.People, Blocks: resembling{a.People}}
	known := owners{a.Companies, a.Fleet, a.People}
	a.Documents = &document.Service{
		Table: p.Table, Jobs: p.Jobs, NewID: p.NewID, NewToken: ident.Secret, Events: a.Events, Audit: a.Audit,
		Zone: zone(a.Workspaces), Here: a.Workspaces.Here, BaseURL: p.BaseURL, Owners: known, Addressees: readers{known, a.Members, a.Locations},
		Letters: digests{readers{known, a.Members, a.Locations}, a.Letters}, Files: scans{a.Attachments},
	}
	a.Insurance.Notices = ends{a.Members, a.Letters}
	a.Documents.Finder = numbered{a.Documents, a.People}
	a.People.Documents = numbered{a.Documents, a.People}
	a.People.References = mentions{references{{"documents", a.Documents.Refers}, {"companies for which they speak", a.Companies.Refers}}}
	a.People.Holdings = []person.Holding{papers{a.Documents}, firmly{a.Companies}, written{a.Letters, a.People}}
	a.People.Followers = []person.Follower{a.Companies}
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
