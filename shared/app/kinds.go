package app

import (
	"slices"

	"motorpool/shared/apikey"
	"motorpool/shared/attachment"
	"motorpool/shared/audit"
	"motorpool/shared/blob"
	"motorpool/shared/calendar"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/expense"
	"motorpool/shared/exporting"
	"motorpool/shared/fleet"
	"motorpool/shared/idempotency"
	"motorpool/shared/identity"
	"motorpool/shared/importing"
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
	"motorpool/shared/table"
	"motorpool/shared/tracking"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// FileKinds lists all files that the product stores. Files of a kind that is not
// here stop a move as well.
func FileKinds() []blob.Kind {
	return slices.Concat(attachment.FileKinds(), exporting.FileKinds(), importing.FileKinds())
}

// Kinds lists everything that the product stores. A noun that stores something
// of a kind which is not here cannot be moved: the move refuses it by name.
func Kinds() []table.Kind {
	return slices.Concat(
		apikey.Kinds(),
		attachment.Kinds(),
		audit.Kinds(),
		calendar.Kinds(),
		company.Kinds(),
		document.Kinds(),
		expense.Kinds(),
		exporting.Kinds(),
		fleet.Kinds(),
		idempotency.Kinds(),
		identity.Kinds(),
		importing.Kinds(),
		inbox.Kinds(),
		inspection.Kinds(),
		insurance.Kinds(),
		issue.Kinds(),
		letter.Kinds(),
		location.Kinds(),
		maintenance.Kinds(),
		member.Kinds(),
		odometer.Kinds(),
		outbox.Kinds(),
		person.Kinds(),
		photo.Kinds(),
		reminder.Kinds(),
		sequence.Kinds(),
		session.Kinds(),
		tracking.Kinds(),
		webhook.Kinds(),
		workspace.Kinds(),
	)
}
