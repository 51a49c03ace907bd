package app

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/issue"
	"motorpool/shared/letter"
	"motorpool/shared/maintenance"
	"motorpool/shared/member"
	"motorpool/shared/odometer"
	"motorpool/shared/outbox"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// doing tells fleet what assets are doing at an instant.
func doing(days *calendar.Service) func(workspace string, at time.Time) func(ctx context.Context, asset string) (string, error) {
	return func(workspace string, at time.Time) func(context.Context, string) (string, error) {
		walk := days.Walk(workspace, at)
		return func(ctx context.Context, asset string) (string, error) {
			s, err := walk(ctx, asset)
			return string(s), err
		}
	}
}

// today is the day that it is in a workspace.
func today(spaces *workspace.Service) func(context.Context, string, time.Time) (span.Date, error) {
	return func(ctx context.Context, id string, at time.Time) (span.Date, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return span.Date{}, err
		}
		return span.DateOf(at.In(w.Location())), nil
	}
}

// dash tells reminders how far assets have been driven, estimated since the last
// actual reading.
type dash struct{ odometer *odometer.Service }

func (d dash) Estimate(ctx context.Context, workspace, asset string, _ time.Time) (*reminder.Mileage, error) {
	p, _, err := d.odometer.Now(ctx, access.System(workspace), asset)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return &reminder.Mileage{Shown: p.Metres, Total: p.Total}, err
}

// workshop plans windows for reminders, from eight in the morning to six in the
// evening of a day in the workspace's time zone.
type workshop struct {
	windows *maintenance.Service
	spaces  *workspace.Service
}

const opens, shuts = span.Clock(8 * 60), span.Clock(18 * 60)

// reach is how many days before and after the day that is wanted are tried.
const reach = 7

func (w workshop) Block(ctx context.Context, actor access.Actor, r *reminder.Reminder, on span.Date, at time.Time) (string, []table.Op, error) {
	ws, err := w.spaces.Get(ctx, actor.Workspace)
	if err != nil {
		return "", nil, err
	}
	zone := ws.Location()
	today := span.DateOf(at.In(zone))
	for _, n := range nearby() {
		day := on.Plus(n)
		if !today.Before(day) {
			continue
		}
		d := maintenance.Details{StartsAt: day.At(opens, zone), EndsAt: day.At(shuts, zone), Reason: reasonOf(r.Kind), Note: r.Name, Reminder: r.ID}
		made, ops, err := w.windows.PlanOps(ctx, actor, r.Asset, d, at)
		if _, taken := errors.AsType[*calendar.Taken](err); taken {
			continue
		}
		if err != nil {
			return "", nil, err
		}
		return made.ID, ops, nil
	}
	return "", nil, nil // free on no day near it: the reminder stays due, and says so every week
}

// nearby is the day itself, those before it, nearest first, and those after it.
func nearby() []int {
	days := []int{0}
	for n := range reach {
		days = append(days, -1-n)
	}
	for n := range reach {
		days = append(days, 1+n)
	}
	return days
}

func reasonOf(kind string) string {
	if slices.Contains(maintenance.Reasons, kind) {
		return kind
	}
	return "other"
}

// desk makes it an issue to contact the customer who has an asset.
type desk struct {
	issues *issue.Service
	days   *calendar.Service
}

func (d desk) Contact(ctx context.Context, actor access.Actor, r *reminder.Reminder, at time.Time) (string, []table.Op, error) {
	c, err := d.days.Of(ctx, actor.Workspace, r.Asset)
	if err != nil {
		return "", nil, err
	}
	i := slices.IndexFunc(c.Holds, func(h calendar.Hold) bool { return h.Kind == calendar.Booking && h.Running && h.Covers(at) })
	if i < 0 {
		return "", nil, nil
	}
	task := issue.Details{
		Title: "Contact the customer: " + r.Name, Type: "other", Due: r.DueOn(), ReportedBy: "Service reminder",
		Description: "It is due while a customer has the vehicle. Agree when it comes in.",
	}
	if b := c.Holds[i].ID; ident.Has("bkg", b) {
		task.Booking = b
	}
	if len(r.Assignees) > 0 {
		task.Assignee = r.Assignees[0]
	}
	made, ops, err := d.issues.ReportOps(ctx, actor, r.Asset, task, at)
	if err != nil {
		return "", nil, err
	}
	return made.ID, ops, nil
}

// Heard tells nouns of what happened to others: reminders look again when an
// odometer was read, and see to assets that are new or have changed. Hearing of
// it again changes nothing. What can never succeed is logged, because it would
// hold up everything after it; the daily look catches up with it.
func (a *App) Heard(ctx context.Context, batch []outbox.Stored, at time.Time) error {
	type one struct{ workspace, kind, asset string }
	seen := map[one]bool{}
	var failed []error
	for _, e := range batch {
		parts := strings.Split(e.PK, "#") // WS, workspace, kind, id
		if len(parts) != 4 || parts[0] != "WS" {
			continue
		}
		o := one{parts[1], parts[2], parts[3]}
		if ofInsurance(e) {
			failed = append(failed, passed(ctx, e, o.asset, a.insured(ctx, o.workspace, e, at)))
			continue
		}
		if seen[o] || !strings.HasPrefix(e.Type, "odometer.") && !slices.Contains(joining, e.Type) || slight(e) {
			continue
		}
		seen[o] = true
		failed = append(failed, passed(ctx, e, o.asset, a.hear(ctx, o.workspace, o.kind, o.asset, at)))
	}
	return errors.Join(failed...)
}

// passed is err, unless it can never succeed.
func passed(ctx context.Context, e outbox.Stored, id string, err error) error {
	if k := fault.KindOf(err); err != nil && k != fault.Internal && k != fault.Unavailable {
		slog.WarnContext(ctx, "reminders did not follow", "event", e.ID, "id", id, "error", err)
		return nil
	}
	return err
}

// joining are the events after which a template may be for an asset, or its
// registration ends on another day.
var joining = []string{"asset.created", "asset.duplicated", "asset.imported", "asset.updated", "asset.category_changed"}

// looks are those fields of an asset from which no reminder follows. Every event
// passes here, so what need not be looked at is not read.
var looks = []string{"colour", "notes", "body", "doors", "seats", "engine", "tyre_size", "key_number", "variant"}

// slight reports whether an event says that an asset's looks were described anew,
// and nothing else of it.
func slight(e outbox.Stored) bool {
	if e.Type != "asset.updated" {
		return false
	}
	env, err := e.Envelope()
	if err != nil {
		return false
	}
	var told struct{ Previous map[string]json.RawMessage }
	if json.Unmarshal(env.Data, &told) != nil || len(told.Previous) == 0 {
		return false
	}
	for field := range told.Previous {
		if !slices.Contains(looks, field) {
			return false
		}
	}
	return true
}

func (a *App) hear(ctx context.Context, ws, kind, asset string, at time.Time) error {
	w, err := a.Workspaces.Get(ctx, ws)
	if err != nil || !w.Left.IsZero() {
		return err
	}
	if kind == "ODO" {
		return a.Reminders.Driven(ctx, ws, asset, at)
	}
	return a.Reminders.Joined(ctx, ws, asset, at)
}

// reminding writes to those members of a workspace whom a reminder is assigned to.
type reminding struct {
	members *member.Service
	letters *letter.Service
	fleet   *fleet.Service
}

// Remind is for reminder.Letters.
func (m reminding) Remind(ctx context.Context, r *reminder.Reminder, at time.Time) (ops []table.Op, err error) {
	a, err := m.fleet.Asset(ctx, r.Workspace, r.Asset)
	if err != nil {
		return nil, err
	}
	state := strings.ReplaceAll(string(r.State), "_", " ")
	due := "It is due by a distance."
	if on := r.DueOn(); !on.IsZero() {
		due = "It is due by " + on.Words() + "."
	}
	for _, id := range r.Assignees {
		to, err := m.members.Get(ctx, access.System(r.Workspace), id)
		if fault.KindOf(err) == fault.NotFound || err == nil && to.State != member.Active {
			continue // who has left is not written to
		}
		if err != nil {
			return nil, err
		}
		op, err := m.letters.Write(ctx, r.Workspace, letter.Letter{
			Kind: letter.Notice, Email: to.Email, Name: to.Name, Asked: at, Title: r.Name + " is " + state + ": " + a.Title(),
			Text: []string{due}, Page: "/reminders/" + r.ID, Button: "Open the reminder",
		})
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}
