// Package app holds the services of the product, made once per process by
// infra/aws or infra/machine and handed to every function.
//
// New wires them from the ports; which adapter stands behind a port is for the
// caller to say, and nothing here knows.
package app

import (
	"io"
	"log/slog"
	"time"

	"motorpool/shared/apikey"
	"motorpool/shared/attachment"
	"motorpool/shared/audit"
	"motorpool/shared/blob"
	"motorpool/shared/calendar"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/egress"
	"motorpool/shared/expense"
	"motorpool/shared/exporting"
	"motorpool/shared/fleet"
	"motorpool/shared/idempotency"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/importing"
	"motorpool/shared/inbox"
	"motorpool/shared/inspection"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
	"motorpool/shared/letter"
	"motorpool/shared/location"
	"motorpool/shared/mail"
	"motorpool/shared/maintenance"
	"motorpool/shared/member"
	"motorpool/shared/odometer"
	"motorpool/shared/onboarding"
	"motorpool/shared/outbox"
	"motorpool/shared/person"
	"motorpool/shared/photo"
	"motorpool/shared/picture"
	"motorpool/shared/queue"
	"motorpool/shared/reminder"
	"motorpool/shared/secrets"
	"motorpool/shared/session"
	"motorpool/shared/table"
	"motorpool/shared/timeline"
	"motorpool/shared/tracking"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// App is the product, wired. A field is added here when a service is born, and
// nowhere else.
type App struct {
	Attachments *attachment.Service
	Audit       *audit.Service
	Calendar    *calendar.Service
	Companies   *company.Service
	Documents   *document.Service
	Events      *outbox.Service
	Expenses    *expense.Service
	Exports     *exporting.Service
	FilesAt     string // as in Ports: pages may show what is there
	Fleet       *fleet.Service
	Idempotency *idempotency.Service
	Identities  *identity.Service
	Imports     *importing.Service
	Inboxes     *inbox.Service
	Inspections *inspection.Service
	Insurance   *insurance.Service
	Issues      *issue.Service
	Keys        *apikey.Service
	Letters     *letter.Service
	Locations   *location.Service
	Maintenance *maintenance.Service
	Members     *member.Service
	Odometer    *odometer.Service
	Onboarding  *onboarding.Service
	Outbox      mail.Outbox // what the mailer kept; nil where e-mail leaves the house
	People      *person.Service
	Photos      *photo.Service
	Reminders   *reminder.Service
	Sessions    *session.Service
	Tracking    *tracking.Service
	Webhooks    *webhook.Service
	Workspaces  *workspace.Service
}

// Queues are the names of the product's queues.
var Queues = []string{"deliveries", "jobs", "letters"}

// Ports is what the product stands on.
type Ports struct {
	Table      table.Table
	Deliveries queue.Queue // first attempts
	Jobs       queue.Queue // long work, in pages
	Letters    queue.Queue // letters to be sent
	Mail       mail.Mailer
	MailFrom   mail.Address // who letters come from, unless the workspace says another name
	Outbox     mail.Outbox  // what Mail keeps instead of sending it; nil: it sends
	Timeline   timeline.Timeline
	Files      blob.Store         // nil: nothing is uploaded
	Studio     picture.Studio     // nil where no picture is looked at
	Print      inspection.Printer // nil where no report is made
	Box        secrets.Box
	FilesAt    string // the origin of links to files, if it is not ours: "https://bucket.s3.eu-west-1.amazonaws.com"
	Egress     *egress.Client
	Meter      webhook.Meter // nil: nobody counts
	Now        func() time.Time
	NewID      ident.Source
	Random     io.Reader // of signing secrets: crypto/rand.Reader
	BaseURL    string    // where people and receivers reach this product: "https://api.example.com"
	Log        *slog.Logger
}
