package reminders

import (
	"net/url"
	"strings"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/shared/reminder"
)

func schedulePath(id string) string { return "/reminder-templates/" + url.PathEscape(id) }

func reminderBadge(s reminder.State) look.Badge {
	switch s {
	case reminder.Scheduled:
		return look.Badge{Icon: "clock", Text: "Scheduled"}
	case reminder.DueSoon:
		return look.Badge{Tone: "warn", Icon: "clock", Text: "Due soon"}
	case reminder.Overdue:
		return look.Badge{Tone: "bad", Icon: "alert", Text: "Overdue"}
	case reminder.Completed:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Completed"}
	}
	return look.Badge{Icon: "next", Text: "Skipped"}
}

// everyText says an interval: "180 days or 15,000 km".
func everyText(days int, distance int64, unit string) string {
	var parts []string
	if days > 0 {
		parts = append(parts, look.Count(days, "day", "days"))
	}
	if distance > 0 {
		parts = append(parts, chore.MetresText(&distance, unit))
	}
	return strings.Join(parts, " or ")
}
