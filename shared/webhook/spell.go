package webhook

import (
	"net/http"
	"strconv"
	"time"

	"motorpool/events"
)

// Spell is a time during which every attempt at an endpoint failed. It is
// written when it begins and ends and at most hourly in between, so that an
// endpoint with much traffic costs no more writes than one with little.
type Spell struct {
	Since       time.Time `json:"since,omitzero"`       // first failure after a success; zero: not failing
	Last        time.Time `json:"last,omitzero"`        // a failure, at most an hour before the latest
	Told        bool      `json:"told,omitempty"`       // webhook_endpoint.failing was raised
	Lost        bool      `json:"lost,omitempty"`       // a delivery ran out of attempts
	Ended       time.Time `json:"ended,omitzero"`       // when the spell before ended
	Recoverable time.Time `json:"recoverable,omitzero"` // what was lost since then is offered for recovery
}

const (
	tellAfter = 30 * time.Minute // of nothing but failures
	breather  = time.Minute      // a new spell begins no sooner after the one before, unless something is lost
	noteEvery = time.Hour
	evidence  = 12 * time.Hour // a spell without failures that lie so far apart disables nothing
)

// Failing reports whether every attempt since s.Since has failed.
func (s Spell) Failing() bool { return !s.Since.IsZero() }

// fail notes that an attempt at e failed at an instant, and reports whether e has changed.
func (e *Endpoint) fail(a Attempt, r Rules, at time.Time) bool {
	if e.State == Deleted || e.State == Disabled {
		return false
	}
	was, s := e.Spell, &e.Spell
	lost := a.Then == Exhausted
	if !s.Failing() && (lost || at.Sub(s.Ended) >= breather) {
		s.Since, s.Last = at, at
	}
	if s.Failing() {
		s.Lost = s.Lost || lost
		if at.Sub(s.Last) >= noteEvery {
			s.Last = at
		}
		if !s.Told && at.Sub(s.Since) >= tellAfter {
			s.Told = true
			e.tell(events.WebhookEndpointFailing{Object: e.Object(), FailingSince: s.Since.UTC()})
		}
	}
	if a.Status == http.StatusGone && !a.At.Before(e.Since) { // what was sent before it was enabled again says nothing about now
		e.giveUp("The receiver answered 410 Gone.", at)
	} else if s.Failing() && tooLong(at.Sub(s.Since), r) {
		e.giveUp(tooLongSentence(r), at)
	}
	return e.Spell != was || e.State == Disabled
}

// overdue notes that e has been failing for too long, if it has: what a tick
// asks when no attempt comes by. One failure long ago is no evidence.
func (e *Endpoint) overdue(r Rules, at time.Time) bool {
	s := e.Spell
	if e.State == Deleted || e.State == Disabled || !s.Failing() ||
		!tooLong(at.Sub(s.Since), r) || s.Last.Sub(s.Since) < evidence {
		return false
	}
	e.giveUp(tooLongSentence(r), at)
	return true
}

func (e *Endpoint) giveUp(why string, at time.Time) {
	_ = e.disable(why, at) // every state that fail and overdue let through may become disabled
}

// succeed notes a 2xx, and reports whether e has changed.
func (e *Endpoint) succeed(at time.Time) bool {
	s := e.Spell
	if !s.Failing() {
		return false
	}
	e.Spell = Spell{Ended: at, Recoverable: s.Recoverable}
	if s.Lost && s.Recoverable.IsZero() {
		e.Spell.Recoverable = s.Since
	}
	if s.Lost || s.Told {
		e.tell(events.WebhookEndpointRecovered{Object: e.Object(), FailingSince: s.Since.UTC(), Lost: s.Lost})
	}
	return true
}

func tooLong(failing time.Duration, r Rules) bool {
	return r.DisableAfterDays > 0 && failing >= time.Duration(r.DisableAfterDays)*24*time.Hour
}

func tooLongSentence(r Rules) string {
	if r.DisableAfterDays == 1 {
		return "Every delivery failed for a day."
	}
	return "Every delivery failed for " + strconv.Itoa(r.DisableAfterDays) + " days."
}
