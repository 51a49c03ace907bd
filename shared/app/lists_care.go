package app

import (
	"context"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/exporting"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
	"motorpool/shared/issue"
	"motorpool/shared/maintenance"
	"motorpool/shared/odometer"
	"motorpool/shared/reminder"
	"motorpool/shared/tracking"
)

func (a *App) issueList() listed[*issue.Issue] {
	return listed[*issue.Issue]{
		grant: access.ViewAssets,
		filters: slices.Concat(anything("asset", "assignee"), oneOf("severity", "low", "medium", "high", "safety"), oneOf("sort", "due", "severity"),
			oneOf("state", "open", "in_progress", "resolved", "closed", "dismissed"),
			oneOf("type", "damage", "mechanical", "tyre", "cleaning", "accident", "fine", "missing_item", "other")),
		columns: "number asset title description type severity state reported_by reported_at odometer assignee due estimated_cost actual_cost " +
			"charge_customer vendor booking claim resolved_at closed_at id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*issue.Issue, string, error) {
			return a.Issues.Issues(ctx, actor, issue.Filter{
				Asset: f["asset"], State: issue.State(f["state"]), Type: f["type"], Severity: f["severity"], Assignee: f["assignee"], Sort: f["sort"],
			}, cursor, limit)
		},
		show: each((*issue.Issue).Object),
	}
}

func (a *App) reminderList() listed[*reminder.Reminder] {
	return listed[*reminder.Reminder]{
		grant: access.ViewAssets,
		filters: slices.Concat(anything("asset"), oneOf("kind", "service", "registration", "insurance", "warranty"),
			oneOf("state", "scheduled", "due_soon", "overdue", "completed", "skipped")),
		columns: "asset name kind state due_on due_odometer interval_days interval_distance last_done last_odometer warn_days warn_distance recurring " +
			"assignees auto_window note template window task ended_at id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*reminder.Reminder, string, error) {
			return a.Reminders.Reminders(ctx, actor, reminder.Filter{Asset: f["asset"], State: reminder.State(f["state"]), Kind: f["kind"]}, cursor, limit)
		},
		show: each((*reminder.Reminder).Object),
	}
}

func (a *App) windowList() listed[*maintenance.Window] {
	return listed[*maintenance.Window]{
		grant:   access.ViewAssets,
		filters: slices.Concat(anything("asset"), oneOf("over", "true", "false"), oneOf("state", "planned", "in_progress", "completed", "cancelled")),
		columns: "asset starts_at ends_at reason state note vendor cost issue reminder started_at ended_at id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*maintenance.Window, string, error) {
			return a.Maintenance.Windows(ctx, actor, maintenance.Filter{Asset: f["asset"], State: maintenance.State(f["state"]), Over: f["over"] == "true"}, cursor, limit)
		},
		show: each((*maintenance.Window).Object),
	}
}

func (a *App) inspectionList() listed[*inspection.Inspection] {
	return listed[*inspection.Inspection]{
		grant: access.ViewAssets,
		filters: slices.Concat(anything("asset", "booking"), oneOf("kind", "handover", "return", "scheduled", "adhoc", "transfer"), oneOf("order", "newest", "oldest"),
			anything("since"), oneOf("state", "draft", "in_progress", "completed", "customer_acknowledged", "disputed", "voided"), anything("template", "until")),
		columns: "number asset name kind state inspector.name started_at completed_at damages.id gone.id issues reading customer.name customer.email " +
			"verdict.at verdict.name verdict.comment addenda booking template edition voided_at void_reason id created_at updated_at",
		private: []string{"customer.name", "customer.email", "verdict.name"},
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*inspection.Inspection, string, error) {
			want := inspection.Filter{
				Asset: f["asset"], Booking: f["booking"], Template: f["template"], State: inspection.State(f["state"]), Kind: inspection.Kind(f["kind"]), Oldest: f["order"] == "oldest",
			}
			var err error
			if want.Since, err = f.moment("since"); err == nil {
				want.Until, err = f.moment("until")
			}
			if err != nil {
				return nil, "", err
			}
			return a.Inspections.Inspections(ctx, actor, want, cursor, limit)
		},
		show: each((*inspection.Inspection).Object),
	}
}

// moment reads an instant; none is the zero time.
func (f filters) moment(name string) (time.Time, error) {
	if f[name] == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, f[name])
	if err != nil {
		err = fault.New(fault.Invalid, "export.filter", "Give an instant: 2026-11-30T08:00:00Z.").At("filters").Because(err)
	}
	return at, err
}

func (a *App) readingList() listed[odometer.Listed] {
	return listed[odometer.Listed]{
		grant:   access.ViewAssets,
		filters: slices.Concat([]exporting.Filter{{Name: "asset", Required: true}}, oneOf("state", "valid", "superseded")),
		columns: "asset read_at value unit total_metres source source_id booking user note cluster_replaced state superseded_by id created_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]odometer.Listed, string, error) {
			return a.Odometer.Readings(ctx, actor, f["asset"], odometer.State(f["state"]), cursor, limit)
		},
		show: each(func(r odometer.Listed) events.OdometerReading { return r.Object() }),
	}
}

func (a *App) deviceList() listed[*tracking.Device] {
	return listed[*tracking.Device]{
		grant:   access.ViewTracking,
		filters: slices.Concat(anything("q"), oneOf("state", "active", "stale", "faulty", "unassigned", "retired")),
		columns: "provider serial label state asset attached_at counts last_seen_at retired_at id created_at updated_at",
		page: func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]*tracking.Device, string, error) {
			return a.Tracking.Devices(ctx, actor, tracking.Filter{State: tracking.State(f["state"]), Q: f["q"]}, cursor, limit)
		},
		show: each((*tracking.Device).Object),
	}
}
