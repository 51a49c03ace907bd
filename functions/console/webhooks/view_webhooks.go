package webhooks

import (
	"fmt"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/record"
	"motorpool/shared/webhook"
)

func stateBadge(e *webhook.Endpoint) look.Badge {
	switch {
	case e.State == webhook.Paused:
		return look.Badge{Tone: "warn", Icon: "pause", Text: "Paused"}
	case e.State == webhook.Disabled:
		return look.Badge{Tone: "bad", Icon: "stop", Text: "Disabled"}
	case e.State == webhook.Deleted:
		return look.Badge{Icon: "bin", Text: "Deleted"}
	case e.Spell.Failing():
		return look.Badge{Tone: "warn", Icon: "alert", Text: "Failing"}
	}
	return look.Badge{Tone: "ok", Icon: "check", Text: "Enabled"}
}

// glance draws an endpoint's last deliveries.
func glance(h webhook.Health) look.Bars {
	out := make([]look.Outcome, len(h.Last))
	for i, m := range h.Last { // newest first; the chart has the newest at the right
		kind := "wait"
		switch m.Status {
		case webhook.Succeeded:
			kind = "ok"
		case webhook.Failed, webhook.Retrying:
			kind = "bad"
		}
		out[len(out)-1-i] = look.Outcome{Kind: kind, Hint: record.DeliveryBadge(m.Status).Text}
	}
	label := "No deliveries yet"
	if len(out) > 0 {
		label = fmt.Sprintf("Of the last %d deliveries %d succeeded and %d failed or are being retried",
			len(out), h.Counts[webhook.Succeeded], h.Counts[webhook.Failed]+h.Counts[webhook.Retrying])
	}
	return look.Glance(out, 100, label)
}

// rateOf is the share of the last deliveries that succeeded; what is still
// under way does not count.
func rateOf(h webhook.Health) string {
	good := h.Counts[webhook.Succeeded]
	all := good + h.Counts[webhook.Failed] + h.Counts[webhook.Retrying]
	if all == 0 {
		return "–"
	}
	permille := good * 1000 / all
	if permille%10 == 0 {
		return fmt.Sprintf("%d %%", permille/10)
	}
	return fmt.Sprintf("%d.%d %%", permille/10, permille%10)
}

func lastFailure(h webhook.Health) time.Time {
	for _, m := range h.Last {
		if m.Status == webhook.Failed || m.Status == webhook.Retrying {
			return m.At
		}
	}
	return time.Time{}
}
