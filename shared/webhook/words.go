package webhook

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"motorpool/shared/egress"
	"motorpool/shared/signature"
)

// Explain says in words what an attempt led to and why.
func (a Attempt) Explain(zone *time.Location) string {
	failed := fmt.Sprintf("Attempt %d failed: %s", a.Number, a.cause())
	switch a.Then {
	case Done:
		return fmt.Sprintf("Attempt %d succeeded: the receiver answered %d.", a.Number, a.Status)
	case Retry:
		return fmt.Sprintf("%s The next attempt is %s later, at %s, because step %d of the plan is %s.",
			failed, span(a.Wait.Duration()), clock(a.Next, zone), a.Step, span(Plan[a.Step-1]))
	case Longer:
		return fmt.Sprintf("%s Step %d of the plan is %s, but the receiver asked for more (Retry-After: %s); a step becomes at most twice as long. The next attempt is %s later, at %s.",
			failed, a.Step, span(Plan[a.Step-1]), a.Asked, span(a.Wait.Duration()), clock(a.Next, zone))
	case Exhausted:
		return fmt.Sprintf("%s It was the last of %d, so the delivery failed. It is sent again only if you resend or recover it.", failed, a.Step)
	case Gone:
		return fmt.Sprintf("%s With 410 Gone a receiver says that it wants no more, so the endpoint was disabled.", failed)
	}
	if a.Class == "" {
		return fmt.Sprintf("Attempt %d succeeded beside its round: the receiver answered %d, so nothing more is sent.", a.Number, a.Status)
	}
	return failed + " Its round was over by then, so it changes nothing."
}

func (a Attempt) cause() string {
	switch {
	case a.Status != 0 && (a.Reason == "" || a.Class == egress.BadStatus):
		return fmt.Sprintf("the receiver answered %d.", a.Status)
	case a.Reason == "":
		return strings.ReplaceAll(a.Class, "_", " ") + "."
	}
	first, size := a.Reason[:1], len(a.Reason)
	if size > 1 && a.Reason[1] >= 'a' && a.Reason[1] <= 'z' { // not an abbreviation
		first = strings.ToLower(first)
	}
	return first + a.Reason[1:]
}

// Outlook says in words what happens to the delivery next, and why. e is its
// endpoint, or nil if that was deleted.
func (d *Delivery) Outlook(e *Endpoint, zone *time.Location) string {
	switch d.Status {
	case Pending:
		return "The first attempt of this round is on its way." + d.hindrance(e)
	case Retrying:
		return fmt.Sprintf("Attempt %d is due at %s.", len(d.Attempts)+1, clock(d.Next, zone)) + d.hindrance(e)
	case Held:
		return "The endpoint is paused. The delivery is sent when you resume it."
	case Succeeded:
		return "Delivered. Nothing more is sent unless you resend it."
	}
	return reasons[d.Why]
}

var reasons = map[Why]string{
	ByPlan:      fmt.Sprintf("All %d attempts failed. Resend it, or recover everything that failed at the endpoint.", MaxAttempts),
	ByGone:      "The receiver answered 410 Gone, which disabled the endpoint. Enable the endpoint, then resend or recover.",
	ByDisabling: "The endpoint was disabled before this could be sent. Enable the endpoint, then resend or recover.",
	ByDeletion:  "The endpoint was deleted before this could be sent.",
	ByExpiry:    "The event is older than the workspace keeps events, so there is nothing left to send.",
	ByTrouble:   "Motorpool could not carry on with this delivery. Resend it.",
}

func (d *Delivery) hindrance(e *Endpoint) string {
	switch {
	case e == nil || e.State == Deleted:
		return " But the endpoint was deleted: it will not be made."
	case d.Test || e.State == Enabled:
		return ""
	case e.State == Paused:
		return " But the endpoint is paused: unless you resume it before, the delivery is held then."
	}
	return " But the endpoint is disabled: unless you enable it before, the delivery fails then."
}

// Story says in words why a round began.
func (r Round) Story() string {
	by := r.By.Name
	if by == "" {
		by = r.By.ID
	}
	switch {
	case r.Cause == Recovered && by == "":
		return "Motorpool recovered what had failed while the endpoint was failing."
	case by == "":
		by = "Somebody"
	}
	switch r.Cause {
	case ByHand:
		return by + " resent this delivery."
	case Recovered:
		return by + " recovered what had failed at the endpoint."
	case Replayed:
		return by + " replayed what the endpoint had missed."
	case Resumed:
		return "The delivery was held until the endpoint could receive again."
	case Tested:
		return by + " sent an example to test the endpoint."
	}
	return "The event happened."
}

// span writes a length of time as people do: 5 s, 5 min, 2 h, 2 h 30 min.
func span(d time.Duration) string {
	var parts []string
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / unit.of; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, unit.name))
			d -= n * unit.of
		}
	}
	if len(parts) == 0 {
		return "0 s"
	}
	return strings.Join(parts, " ")
}

func clock(t time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format("15:04:05 on 2 January 2006 (MST)")
}

// Masked stands for the value of a custom header.
const Masked = "••••••••"

// Request is the headers that an attempt sent; values that are secret are masked.
func (d *Delivery) Request(a Attempt) http.Header {
	h := http.Header{}
	for _, name := range a.Sent.Custom {
		h[name] = []string{Masked}
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "Motorpool-Webhooks/1", signature.HeaderID: d.ID,
		signature.HeaderTimestamp: a.Sent.Timestamp, signature.HeaderSignature: a.Sent.Signature,
	} {
		h[name] = []string{value}
	}
	return h
}
