package record

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/fault"
	"motorpool/shared/webhook"
)

// ToWebhooks leads to the list of endpoints.
var ToWebhooks = look.Link{Text: "Webhooks", To: "/settings/webhooks"}

// EndpointName is what people call an endpoint.
func EndpointName(e *webhook.Endpoint) string {
	if e.Description != "" {
		return e.Description
	}
	return e.URL
}

// DeliveryBadge says how a delivery stands.
func DeliveryBadge(s webhook.Status) look.Badge {
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

// Trouble says what is wrong with an endpoint and what to do about it.
func Trouble(clock look.Clock, e *webhook.Endpoint, h webhook.Health) (look.Notice, bool) {
	to := EndpointPath(e.ID)
	switch {
	case e.State == webhook.Disabled:
		return look.Notice{
			Tone: "bad", Title: EndpointName(e) + " is disabled", Links: []look.Link{{Text: "Look into it", To: to}},
			Text: e.Why + " It receives nothing until you enable it. Repair the receiver, enable it, then replay what it missed.",
		}, true
	case e.State != webhook.Deleted && h.Spell.Failing():
		return look.Notice{
			Tone: "warn", Title: EndpointName(e) + failingFor(clock.Now.Sub(h.Spell.Since)),
			Text:  "Every attempt since then failed. Deliveries are retried for about 18 hours each; look at what the receiver answers.",
			Links: []look.Link{{Text: "See the failures", To: page.With("/settings/webhooks/deliveries", "endpoint", e.ID, "status", string(webhook.Retrying))}, {Text: "Endpoint", To: to}},
		}, true
	case e.State == webhook.Enabled && !h.Spell.Recoverable.IsZero():
		return look.Notice{
			Tone: "info", Title: EndpointName(e) + " answers again", Text: "Some deliveries ran out of attempts while it was failing. You can have them sent again.",
			Links: []look.Link{{Text: "Recover them", To: page.With(to+"/recover", "since", h.Spell.Recoverable.UTC().Format(time.RFC3339))}},
		}, true
	}
	return look.Notice{}, false
}

// DeliveryRow is a delivery in a list.
type DeliveryRow struct {
	Type, To, Endpoint, EndpointTo string
	Status                         look.Badge
	Test                           bool
	Attempts                       string
	Answer                         string // of the last attempt: "200" or "timeout"
	At                             look.Moment
	Next                           look.Moment
}

// DeliveryRowOf is a delivery as a line of a list; names are those of the endpoints.
func DeliveryRowOf(clock look.Clock, d *webhook.Delivery, names map[string]string) DeliveryRow {
	r := DeliveryRow{
		Type: d.Event.Type, To: DeliveryPath(d.ID), Endpoint: names[d.Endpoint], EndpointTo: EndpointPath(d.Endpoint),
		Status: DeliveryBadge(d.Status), Test: d.Test, Attempts: look.Count(len(d.Attempts), "attempt", "attempts"), At: clock.When(d.Event.OccurredAt),
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
	return ClassInWords(a.Class)
}

// ClassInWords is an error class as people read it: "tls_error" is "TLS error".
func ClassInWords(class string) string {
	words := []rune(strings.ReplaceAll(class, "_", " "))
	if s := string(words); strings.HasPrefix(s, "tls") || strings.HasPrefix(s, "dns") {
		return strings.ToUpper(s[:3]) + s[3:]
	}
	if len(words) > 0 {
		words[0] = unicode.ToUpper(words[0])
	}
	return string(words)
}

func failingFor(d time.Duration) string {
	if d < time.Minute {
		return " is failing"
	}
	return " has been failing for " + look.Span(d, 2)
}

// BadSince is the answer to a time that cannot be read.
func BadSince() *fault.Error {
	return fault.New(fault.Invalid, "webhook.since", "Give a date and a time, for example 2026-11-23T09:00.")
}
