package console

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"motorpool/functions/console/look"
	"motorpool/shared/webhook"
)

func endpointPath(id string) string { return "/settings/webhooks/endpoints/" + url.PathEscape(id) }

func deliveryPath(id string) string { return "/settings/webhooks/deliveries/" + url.PathEscape(id) }

// nameOf is what people call an endpoint.
func nameOf(e *webhook.Endpoint) string {
	if e.Description != "" {
		return e.Description
	}
	return e.URL
}

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

func statusBadge(s webhook.Status) look.Badge {
	switch s {
	case webhook.Succeeded:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Succeeded"}
	case webhook.Failed:
		return look.Badge{Tone: "bad", Icon: "cross", Text: "Failed"}
	case webhook.Retrying:
		return look.Badge{Tone: "warn", Icon: "redo", Text: "Retrying"}
	case webhook.Held:
		return look.Badge{Tone: "info", Icon: "pause", Text: "Held"}
	}
	return look.Badge{Tone: "info", Icon: "clock", Text: "Sending"}
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
		out[len(out)-1-i] = look.Outcome{Kind: kind, Hint: statusBadge(m.Status).Text}
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

// trouble says what is wrong with an endpoint and what to do about it.
func trouble(clock look.Clock, e *webhook.Endpoint, h webhook.Health) (look.Notice, bool) {
	to := endpointPath(e.ID)
	switch {
	case e.State == webhook.Disabled:
		return look.Notice{
			Tone: "bad", Title: nameOf(e) + " is disabled", Links: []look.Link{{Text: "Look into it", To: to}},
			Text: e.Why + " It receives nothing until you enable it. Repair the receiver, enable it, then replay what it missed.",
		}, true
	case e.State != webhook.Deleted && h.Spell.Failing():
		return look.Notice{
			Tone: "warn", Title: nameOf(e) + failingFor(clock.Now.Sub(h.Spell.Since)),
			Text:  "Every attempt since then failed. Deliveries are retried for about 18 hours each; look at what the receiver answers.",
			Links: []look.Link{{Text: "See the failures", To: with("/settings/webhooks/deliveries", "endpoint", e.ID, "status", string(webhook.Retrying))}, {Text: "Endpoint", To: to}},
		}, true
	case e.State == webhook.Enabled && !h.Spell.Recoverable.IsZero():
		return look.Notice{
			Tone: "info", Title: nameOf(e) + " answers again", Text: "Some deliveries ran out of attempts while it was failing. You can have them sent again.",
			Links: []look.Link{{Text: "Recover them", To: with(to+"/recover", "since", h.Spell.Recoverable.UTC().Format(time.RFC3339))}},
		}, true
	}
	return look.Notice{}, false
}

// deliveryRow is a delivery in a list.
type deliveryRow struct {
	Type, To, Endpoint, EndpointTo string
	Status                         look.Badge
	Test                           bool
	Attempts                       string
	Answer                         string // of the last attempt: "200" or "timeout"
	At                             look.Moment
	Next                           look.Moment
}

func deliveryRowOf(clock look.Clock, d *webhook.Delivery, names map[string]string) deliveryRow {
	r := deliveryRow{
		Type: d.Event.Type, To: deliveryPath(d.ID), Endpoint: names[d.Endpoint], EndpointTo: endpointPath(d.Endpoint),
		Status: statusBadge(d.Status), Test: d.Test, Attempts: look.Count(len(d.Attempts), "attempt", "attempts"), At: clock.When(d.Event.OccurredAt),
	}
	if r.Endpoint == "" {
		r.Endpoint, r.EndpointTo = "Deleted endpoint", ""
	}
	if n := len(d.Attempts); n > 0 {
		r.Answer = answerOf(d.Attempts[n-1])
	}
	if d.Status == webhook.Retrying {
		r.Next = clock.Countdown(d.Next)
	}
	return r
}

// answerOf says what an attempt got: the status of a response or why there was none.
func answerOf(a webhook.Attempt) string {
	if a.Status != 0 {
		return fmt.Sprint(a.Status)
	}
	return classInWords(a.Class)
}

// classInWords is an error class as people read it: "tls_error" is "TLS error".
func classInWords(class string) string {
	words := []rune(strings.ReplaceAll(class, "_", " "))
	if s := string(words); strings.HasPrefix(s, "tls") || strings.HasPrefix(s, "dns") {
		return strings.ToUpper(s[:3]) + s[3:]
	}
	if len(words) > 0 {
		words[0] = unicode.ToUpper(words[0])
	}
	return string(words)
}

// namesOf is what the workspace's endpoints are called, by id.
func namesOf(all []*webhook.Endpoint) map[string]string {
	names := map[string]string{}
	for _, e := range all {
		names[e.ID] = nameOf(e)
	}
	return names
}

func failingFor(d time.Duration) string {
	if d < time.Minute {
		return " is failing"
	}
	return " has been failing for " + look.Span(d, 2)
}
