package home

import (
	"fmt"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/webhook"
)

func hourName(hour int) string { return fmt.Sprintf("%02d:00 to %02d:00", hour, hour+1) }

func (t tally) bounded(n int) string {
	if t.More {
		return fmt.Sprintf("%d+", n)
	}
	return fmt.Sprint(n)
}

func (t tally) label() string {
	return fmt.Sprintf("Deliveries of today by the hour: %d succeeded, %d failed, %d on their way or being retried", t.Good, t.Bad, t.Waiting)
}

// stats is today in numbers, each leading to the logs behind it.
func (t tally) stats() []statView {
	logs := func(s webhook.Status) string { return page.With(record.DeliveriesPath, "status", string(s)) }
	failed := statView{Icon: "cross", Label: "Failed today", Value: t.bounded(t.Bad), Under: "Nothing has run out of attempts", To: logs(webhook.Failed)}
	if t.Bad > 0 {
		failed.Tone, failed.Under = "bad", "They ran out of attempts"
	}
	share := "Nothing to deliver so far"
	if judged := t.Good + t.Bad; judged > 0 {
		share = fmt.Sprintf("%d %% succeeded", t.Good*100/judged)
	}
	return []statView{
		{Tone: "ok", Icon: "send", Label: "Deliveries today", Value: t.bounded(t.Count), Under: share, To: record.DeliveriesPath},
		failed,
		{Icon: "redo", Label: "On their way", Value: t.bounded(t.Waiting), Under: "Sending, retrying or held", To: logs(webhook.Retrying)},
	}
}
