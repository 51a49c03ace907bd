package app

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/inspection"
	"motorpool/shared/issue"
	"motorpool/shared/letter"
	"motorpool/shared/odometer"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// inspected says of the fleet what an inspection asks of it.
type inspected struct{ fleet *fleet.Service }

func (v inspected) Vehicle(ctx context.Context, actor access.Actor, id string) (inspection.Vehicle, error) {
	a, err := v.fleet.Find(ctx, actor, id)
	if err != nil {
		return inspection.Vehicle{}, err
	}
	return inspection.Vehicle{Title: a.Title(), Type: a.Type, VIN: a.VIN, Plate: a.Registration.Plate, Unit: a.DistanceUnit, Categories: a.Categories, Locations: a.Places()}, nil
}

func (v inspected) Refer(ctx context.Context, workspace, id string) (table.Op, error) {
	return v.fleet.Refer(ctx, workspace, id)
}

// metered writes the odometer readings of inspections.
type metered struct{ odometer *odometer.Service }

func (m metered) Record(ctx context.Context, actor access.Actor, r inspection.Reading, at time.Time) (string, []table.Op, error) {
	reading, _, ops, err := m.odometer.Reading(ctx, actor, r.Asset, odometer.Draft{
		Value: r.Value, ReadAt: r.ReadAt, Source: "inspection", SourceID: r.Inspection, Booking: r.Booking, Note: r.Note, Replaced: r.Replaced, Confirm: r.Confirm,
	}, at)
	if err != nil {
		return "", nil, err
	}
	return reading.ID, ops, nil
}

// raised makes issues of what inspections find wrong.
type raised struct{ issues *issue.Service }

func (r raised) Raise(ctx context.Context, actor access.Actor, i inspection.Issue, at time.Time) (string, []table.Op, error) {
	made, ops, err := r.issues.Raise(ctx, actor, issue.Found{Asset: i.Asset, Inspection: i.Inspection, Details: issue.Details{
		Booking: i.Booking, Title: i.Title, Description: i.Description, Type: i.Type, Severity: i.Severity, ReportedBy: i.ReportedBy, ReportedAt: i.ReportedAt, Photos: i.Photos,
	}}, at)
	if err != nil {
		return "", nil, err
	}
	return made.ID, ops, nil
}

// reported writes to customers that a report is ready.
type reported struct{ letters *letter.Service }

// Report is for inspection.Letters.
func (r reported) Report(ctx context.Context, workspace string, l inspection.Letter) (table.Op, error) {
	text := []string{"The report of your vehicle's inspection is ready. Look at it, and say whether you agree.", "The link works until " + l.Expires.UTC().Format("2 January 2006, 15:04") + " (UTC), without signing in."}
	return r.letters.Write(ctx, workspace, letter.Letter{
		Kind: letter.Notice, Customer: true, Email: l.Email, Name: l.Name, By: l.By, Asked: l.Asked, Expires: l.Expires,
		Title: "The report of your vehicle's inspection", Text: text, Link: l.Link, Button: "See the report",
	})
}

// operator is the name of a workspace, and its time zone.
func operator(spaces *workspace.Service) func(context.Context, string) (string, *time.Location, error) {
	return func(ctx context.Context, id string) (string, *time.Location, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return "", nil, err
		}
		return w.Name, w.Location(), nil
	}
}
