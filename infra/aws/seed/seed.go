// Package seed plants a small world into a product: a workspace with a
// fleet, endpoints in every state, deliveries at every stage, people who are
// signed in. It is what events/invoke/*.json are about.
//
// It promises that equal names lie on equal things wherever and whenever it is
// planted: identifiers, API keys, sessions and links are always the same, and
// say so ("seed0000…"). Times are those of the planting, because what expires
// has to be valid then. Everything is made by the product's own services, on
// whatever adapters it is given. Nobody should plant it where strangers come
// in: its keys are printed in this repository.
package seed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apikey"
	"motorpool/shared/app"
	"motorpool/shared/blob"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/expense"
	"motorpool/shared/exporting"
	"motorpool/shared/fleet"
	"motorpool/shared/importing"
	"motorpool/shared/inbox"
	"motorpool/shared/inspection"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
	"motorpool/shared/location"
	"motorpool/shared/maintenance"
	"motorpool/shared/odometer"
	"motorpool/shared/outbox"
	"motorpool/shared/person"
	"motorpool/shared/queue"
	"motorpool/shared/reminder"
	"motorpool/shared/session"
	"motorpool/shared/table"
	"motorpool/shared/tracking"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// Epoch is the instant that the world's identifiers carry, and when the world of
// the fixtures was planted.
var Epoch = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// Hosts that nobody can have (RFC 2606).
const (
	Base     = "https://motorpool.example"                          // where people find the fixtures' world
	API      = "https://api.motorpool.example"                      // where its invocations say that programs find it
	Receiver = "https://crm.harbourcars.example/webhooks/motorpool" // where its endpoints point unless told otherwise
)

// A World is what was planted, by the names that people would use.
type World struct {
	*app.App
	Store      table.Table // where it was planted
	Workspace  *workspace.Workspace
	Actor      access.Actor                  // who holds Key
	Key        string                        // an API key that may do everything
	Keys       map[string]*apikey.Key        // by name
	Categories map[string]*fleet.Category    // by slug
	Assets     map[string]*fleet.Asset       // by fleet number
	Customers  map[string]*person.Person     // by given name
	Firms      map[string]*company.Company   // by trading name
	Papers     map[string]*document.Document // by number
	Uploads    string                        // a token that asks for a document
	Scan       string                        // the file of the document REG-1
	Endpoints  map[string]*webhook.Endpoint  // by description, as they are at the end
	Inboxes    map[string]*inbox.Inbox       // by name
	Sessions   []string                      // tokens of sessions of the workspace's owner
	Links      []string                      // tokens that sign the owner in, once
	Owner      access.Actor                  // the first Admin
	Staff      Staff
	Published  outbox.Stored                  // an event whose delivery succeeded, if Receiver answered
	Delivered  string                         // that delivery
	News       outbox.Stored                  // an event that nobody has published yet
	Ordered    []string                       // deliveries whose first attempt is to be made
	Orders     []queue.Message                // the messages that ask for it
	Due, Lost  Run                            // deliveries whose second attempt is due; one of them to be given up
	Released   string                         // a delivery that was held for an endpoint that was resumed since
	Release    queue.Message                  // the job that sends it
	Letter     queue.Message                  // asks for an invitation to be sent
	Locations  map[string]*location.Location  // by code
	Readings   map[string]*odometer.Reading   // of odometers, by fleet number
	Devices    map[string]*tracking.Device    // by serial number
	Windows    map[string]*maintenance.Window // by note
	Issues     map[string]*issue.Issue        // by title
	Reminders  map[string]*reminder.Reminder  // by name
	Templates  map[string]*reminder.Template  // of reminders, by name

	Photos   map[string][]string          // by fleet number: of vehicles with two photos
	Files    []string                     // attachments that nothing names yet
	Arrived  []string                     // uploads whose bytes have come
	Expenses map[string]*expense.Expense  // by note
	Policies map[string]*insurance.Policy // by number
	Filed    []string                     // receipts and documents, see spend
	Claims   map[string]*insurance.Claim  // by number

	Forms       map[string]*inspection.Template   // of inspections, by name
	Inspections map[string]*inspection.Inspection // by the customer's name
	Reports     map[string]string                 // tokens of customers' links, likewise
	Imports     map[string]*importing.Import      // by the name of the file
	Lists       []string                          // uploads that can be imported
	Exports     map[string]*exporting.Export      // by who asked for them
	Copies      map[string]*person.Copy           // of all that is held on Amira, by who asked for it

	clock *clock
	sent  sent
	files blob.Store
}

// A Run is a delivery on its way through the timeline.
type Run struct {
	Delivery string
	Input    json.RawMessage // what the timeline gives the steps
}

// ownerEmail is the address of the first Admin.
const ownerEmail = "owner@motorpool.example"

// Plant makes the world on p at the instant at. Endpoints that answer point at
// receiver; empty means Receiver. Other workspaces do not mind; a table in which
// the world is already is refused.
func Plant(ctx context.Context, p app.Ports, at time.Time, receiver string) (*World, error) {
	if receiver == "" {
		receiver = Receiver
	}
	w := &World{
		Store: p.Table,
		Keys:  map[string]*apikey.Key{}, Categories: map[string]*fleet.Category{}, Assets: map[string]*fleet.Asset{}, Locations: map[string]*location.Location{},
		Firms: map[string]*company.Company{}, Papers: map[string]*document.Document{},
		Readings: map[string]*odometer.Reading{}, Devices: map[string]*tracking.Device{},
		Endpoints: map[string]*webhook.Endpoint{}, Inboxes: map[string]*inbox.Inbox{},
		Windows: map[string]*maintenance.Window{}, Issues: map[string]*issue.Issue{}, Reminders: map[string]*reminder.Reminder{},
		Photos: map[string][]string{}, files: p.Files,
		Templates: map[string]*reminder.Template{}, Forms: map[string]*inspection.Template{}, Inspections: map[string]*inspection.Inspection{}, Reports: map[string]string{},
		Imports: map[string]*importing.Import{}, Exports: map[string]*exporting.Export{}, Copies: map[string]*person.Copy{},
		Expenses: map[string]*expense.Expense{}, Policies: map[string]*insurance.Policy{}, Claims: map[string]*insurance.Claim{},
		clock: &clock{at: at.UTC().Truncate(time.Millisecond)},
	}
	w.wire(p)
	for _, part := range []func(context.Context, string) error{w.open, w.places, w.stock, w.register, w.story, w.people, w.staff, w.welcome, w.trade, w.track, w.maintain, w.pictures, w.spend, w.inspect, w.lists, w.past} {
		if err := part(ctx, receiver); err != nil {
			return nil, fmt.Errorf("seed: %w", err)
		}
	}
	return w, nil
}

// wire is the product on p, told the time and all that is random by the world.
func (w *World) wire(p app.Ports) {
	p.Letters = recorded{p.Letters, &w.sent.letters}
	p.Deliveries, p.Jobs, p.Timeline = recorded{p.Deliveries, &w.sent.orders}, recorded{p.Jobs, &w.sent.jobs}, begun{p.Timeline, &w.sent.runs}
	p.Now, p.NewID, p.Random = w.clock.Now, w.clock.id, w.clock
	w.App = app.New(p)
	w.App.Keys.Secret, w.App.Sessions.Secret, w.App.Inboxes.NewToken = w.clock.secret, w.clock.secret, w.clock.secret
	w.App.Identities.Secret = w.clock.secret
}

// open makes the workspace and lets a program in.
func (w *World) open(ctx context.Context, _ string) (err error) {
	at := w.clock.ago(10 * day)
	draft := workspace.Draft{Name: "Harbour City Cars", Mode: workspace.Test, TimeZone: "Australia/Sydney"}
	w.Workspace, err = w.Workspaces.Create(ctx, draft, at)
	if _, there := errors.AsType[*table.Conflict](err); there {
		return errors.New("the world is there already; plant into another table")
	}
	if err != nil {
		return err
	}
	owner, _, err := w.LetIn(ctx, w.Workspace.ID, ownerEmail, at)
	if err != nil {
		return err
	}
	w.Owner = owner
	for _, name := range []string{"Booking site", "Old booking site", "Spreadsheet"} {
		k, plain, err := w.App.Keys.Create(ctx, owner, apikey.Request{Name: name}, at)
		if err != nil {
			return err
		}
		if w.Keys[name] = k; w.Key == "" {
			w.Key, w.Actor = plain, k.Actor()
		}
	}
	return nil
}

// people signs the owner in twice, and makes two links more and two test URLs.
func (w *World) people(ctx context.Context, _ string) error {
	at := w.clock.ago(0)
	for _, name := range []string{"First try", "Second try", "Third try"} {
		made, err := w.App.Inboxes.Create(ctx, w.Actor, inbox.Settings{Name: &name}, at)
		if err != nil {
			return err
		}
		w.Inboxes[name] = made
	}
	for range 3 {
		_, link, err := w.LetIn(ctx, w.Workspace.ID, ownerEmail, at)
		if err != nil {
			return err
		}
		step, err := w.App.Sessions.SignIn(ctx, link, session.Browser{}, at)
		if err != nil {
			return err
		}
		w.Sessions = append(w.Sessions, step.Token)
	}
	for range 2 {
		_, link, err := w.LetIn(ctx, w.Workspace.ID, ownerEmail, at)
		if err != nil {
			return err
		}
		w.Links = append(w.Links, link)
	}
	return nil
}
