package deliveries

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/record"
	"motorpool/shared/webhook"
)

// timelineOf tells a delivery from the event to what is still planned.
func timelineOf(clock look.Clock, d *webhook.Delivery) []look.Step {
	steps := []look.Step{{Icon: "bolt", Title: "The event happened", At: clock.When(d.Event.OccurredAt)}}
	if d.Test {
		steps[0].Title = "A test event was made from the example"
	}
	round := 1
	for _, a := range d.Attempts {
		if a.Round > round {
			round = a.Round
			steps = append(steps, roundStep(clock, d, round))
		}
		steps = append(steps, attemptStep(clock, d, a))
	}
	if d.Round.Number > round {
		steps = append(steps, roundStep(clock, d, d.Round.Number))
	}
	return append(steps, ahead(clock, d)...)
}

var causes = map[webhook.Cause]string{
	webhook.ByHand: "Sent again by hand", webhook.Recovered: "Recovered with others that had failed",
	webhook.Replayed: "Replayed", webhook.Resumed: "Released when the endpoint was resumed", webhook.Tested: "Tested",
}

func roundStep(clock look.Clock, d *webhook.Delivery, number int) look.Step {
	s := look.Step{Icon: "redo", Title: fmt.Sprintf("Round %d began", number)}
	if d.Round.Number != number {
		return s // only of the last round it is known who began it
	}
	s.At = clock.When(d.Round.Began)
	if cause := causes[d.Round.Cause]; cause != "" {
		s.Title = cause
	}
	if d.Round.By.Name != "" {
		s.Note = "by " + d.Round.By.Name
	}
	return s
}

func attemptStep(clock look.Clock, d *webhook.Delivery, a webhook.Attempt) look.Step {
	s := look.Step{
		Kind: "bad", Icon: "cross", Title: fmt.Sprintf("Attempt %d: %s", a.Number, answerInWords(a)), At: clock.When(a.At),
		Note: look.Took(a.Took.Duration()), Why: a.Explain(clock.Zone),
	}
	switch a.Then {
	case webhook.Done:
		s.Kind, s.Icon = "ok", "check"
	case webhook.Stray:
		s.Kind, s.Icon = "warn", "alert"
	}
	s.More = exchangeOf(d, a)
	return s
}

func answerInWords(a webhook.Attempt) string {
	if a.Status == 0 {
		return record.ClassInWords(a.Class)
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", a.Status, http.StatusText(a.Status)))
}

func exchangeOf(d *webhook.Delivery, a webhook.Attempt) *look.Exchange {
	x := &look.Exchange{Request: []look.Pair{
		{Name: "POST", Value: a.URL},
		{Name: "content-type", Value: "application/json"},
		{Name: "webhook-id", Value: d.ID},
		{Name: "webhook-timestamp", Value: a.Sent.Timestamp},
		{Name: "webhook-signature", Value: a.Sent.Signature},
	}}
	for _, name := range a.Sent.Custom {
		x.Request = append(x.Request, look.Pair{Name: strings.ToLower(name), Value: "•••••••• (secret)"})
	}
	if a.Status == 0 {
		return x
	}
	x.Status = answerInWords(a)
	for _, name := range slices.Sorted(maps.Keys(a.Header)) {
		for _, value := range a.Header[name] {
			x.Response = append(x.Response, look.Pair{Name: strings.ToLower(name), Value: look.Printable([]byte(value))})
		}
	}
	x.Body = look.JSON("body-"+strconv.Itoa(a.Number), "Response body", a.Body)
	if a.Cut {
		x.Cut = "There was more; " + look.Bytes(len(a.Body)) + " of it are kept."
	}
	return x
}

// ahead is what will still happen if every attempt fails.
func ahead(clock look.Clock, d *webhook.Delivery) []look.Step {
	switch d.Status {
	case webhook.Pending:
		return []look.Step{{Kind: "next", Icon: "send", Title: "Being sent", Why: "The first attempt of this round is on its way."}}
	case webhook.Held:
		return []look.Step{{Kind: "warn", Icon: "pause", Title: "Held", Why: "The endpoint is paused. It is sent when the endpoint is resumed."}}
	case webhook.Retrying:
		return retries(clock, d)
	}
	return nil
}

func retries(clock look.Clock, d *webhook.Delivery) []look.Step {
	last := 0
	if n := len(d.Attempts); n > 0 {
		last = d.Attempts[n-1].Number
	}
	steps := []look.Step{{Kind: "next", Icon: "clock", Title: fmt.Sprintf("Attempt %d", last+1), At: clock.When(d.Next), Until: clock.Countdown(d.Next)}}
	due := d.Next
	for i, wait := range webhook.Plan[min(d.Round.Attempts, len(webhook.Plan)):] {
		due = due.Add(wait)
		steps = append(steps, look.Step{
			Kind: "planned", Icon: "clock", Title: fmt.Sprintf("Attempt %d", last+2+i), At: clock.When(due.Truncate(time.Second)),
			Note: look.Span(wait, 1) + " later, if it is needed",
		})
	}
	return append(steps, look.Step{Kind: "planned", Icon: "dash", Title: "Then it counts as failed", Why: "No more attempts by itself. You can still resend it, or recover everything that failed."})
}
