package care

import (
	"context"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/issue"
	"motorpool/shared/maintenance"
)

func windowBadge(s maintenance.State) look.Badge {
	switch s {
	case maintenance.Planned:
		return look.Badge{Tone: "info", Icon: "clock", Text: "Planned"}
	case maintenance.InProgress:
		return look.Badge{Tone: "warn", Icon: "gear", Text: "In progress"}
	case maintenance.Completed:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Completed"}
	}
	return look.Badge{Icon: "cross", Text: "Cancelled"}
}

func issueBadge(s issue.State) look.Badge {
	switch s {
	case issue.Open:
		return look.Badge{Tone: "warn", Icon: "alert", Text: "Open"}
	case issue.InProgress:
		return look.Badge{Tone: "info", Icon: "gear", Text: "In progress"}
	case issue.Resolved:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Resolved"}
	}
	return look.Badge{Icon: "archive", Text: page.TitleOf(string(s))}
}

func severityBadge(s string) look.Badge {
	switch s {
	case issue.Safety:
		return look.Badge{Tone: "bad", Icon: "stop", Text: "Safety"}
	case "high":
		return look.Badge{Tone: "warn", Icon: "alert", Text: "High"}
	}
	return look.Badge{Icon: "dash", Text: page.TitleOf(s)}
}

// zoneOf is the workspace's time zone.
func zoneOf(ctx context.Context, c *api.Call) (*time.Location, error) {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return nil, err
	}
	return w.Location(), nil
}

// localText is an instant as <input type="datetime-local"> wants it.
func localText(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(page.LocalTime)
}

// localInstant reads what <input type="datetime-local"> gives.
func localInstant(s string, zone *time.Location, field string, bad *fault.Error) time.Time {
	if page.Trim(s) == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation(page.LocalTime, page.Trim(s), zone)
	if err != nil {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a day and a time."})
	} else if is := t.Format(page.LocalTime); is != page.Trim(s) {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "There is no such hour: the clocks are put forward then. Choose an earlier one, or " + t.Format("15:04") + "."})
	}
	return t
}
