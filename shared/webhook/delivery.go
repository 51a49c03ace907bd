package webhook

import (
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
)

// maxKept is how many attempts a delivery keeps, over all of its rounds.
const maxKept = 100

// Delivery is one event on its way to one endpoint, with every attempt made.
type Delivery struct {
	ID        string    `json:"id"` // dlv_<event ref>_<endpoint suffix>; the webhook-id
	Workspace string    `json:"workspace"`
	Endpoint  string    `json:"endpoint"`
	Event     Source    `json:"event"`
	Test      bool      `json:"test,omitempty"` // made by hand from an example; sent in spite of a pause
	Status    Status    `json:"status"`
	Why       Why       `json:"why,omitempty"` // of held and failed
	Round     Round     `json:"round"`
	Attempts  []Attempt `json:"attempts,omitempty"` // oldest first
	Next      time.Time `json:"next,omitzero"`      // when the next attempt is due; zero: none is
	Created   time.Time `json:"created"`
	Changed   time.Time `json:"changed"` // when Status became what it is
	Expires   time.Time `json:"expires"`

	version int64
}

// Source is the event that a delivery carries, and where its bytes rest.
type Source struct {
	ID         string    `json:"id"` // evt_…, or what a client chose
	Type       string    `json:"type"`
	OccurredAt time.Time `json:"occurred_at"`
	PK         string    `json:"pk"`
	SK         string    `json:"sk"`
}

// Status is where a delivery stands.
type Status string

// The statuses of a delivery.
const (
	Pending   Status = "pending"   // the first attempt of the round is under way
	Retrying  Status = "retrying"  // an attempt failed; another is due at Next
	Held      Status = "held"      // the endpoint is paused
	Succeeded Status = "succeeded" // a 2xx
	Failed    Status = "failed"    // no more attempts by itself
)

// Statuses lists every status, as people filter by them.
var Statuses = []Status{Pending, Retrying, Held, Succeeded, Failed}

// Why says for what reason a delivery is held or failed.
type Why string

// The reasons.
const (
	ByPause     Why = "endpoint_paused"
	ByPlan      Why = "exhausted"         // the plan has no more steps
	ByGone      Why = "gone"              // a 410
	ByDisabling Why = "endpoint_disabled" // before it could be sent
	ByDeletion  Why = "endpoint_deleted"  // before it could be sent
	ByExpiry    Why = "event_expired"     // its bytes are gone
	ByTrouble   Why = "abandoned"         // Motorpool itself could not carry on
)

// Round is one run of a delivery through the plan.
type Round struct {
	Number   int          `json:"number"` // 1, 2, …
	Cause    Cause        `json:"cause"`
	By       access.Actor `json:"by,omitzero"` // who asked, if somebody did
	Began    time.Time    `json:"began"`
	Attempts int          `json:"attempts"` // made in this round
}

// Cause is why a round began.
type Cause string

// The causes of a round.
const (
	Published Cause = "event"   // the event happened
	ByHand    Cause = "resend"  // a person asked for this one
	Recovered Cause = "recover" // a person, or the setting, asked for all that failed
	Replayed  Cause = "replay"  // a person asked for what the endpoint missed
	Resumed   Cause = "resume"  // the endpoint receives again
	Tested    Cause = "test"    // a person sent an example
)

// Attempt is one request and what came of it.
type Attempt struct {
	Number int       `json:"number"` // unique within the delivery, ascending over rounds
	Round  int       `json:"round"`
	Step   int       `json:"step,omitempty"` // which attempt of its round; zero if it came beside the round
	At     time.Time `json:"at"`             // when the request began
	Took   Millis    `json:"took"`
	URL    string    `json:"url"`
	Sent   Sent      `json:"sent"`

	Status int         `json:"status,omitempty"` // of the response; zero: there was none
	Class  string      `json:"class,omitempty"`  // why it failed, for programs: egress's words; empty: success
	Reason string      `json:"reason,omitempty"` // … and for people
	Header http.Header `json:"header,omitempty"` // of the response
	Body   []byte      `json:"body,omitempty"`   // of the response, at most 16 KiB
	Cut    bool        `json:"cut,omitempty"`    // there was more
	Aside  bool        `json:"aside,omitempty"`  // Header and Body rest in an item of their own

	Then  Decision  `json:"then"`
	Wait  Millis    `json:"wait,omitempty"`  // from the failure to the next attempt
	Asked string    `json:"asked,omitempty"` // the Retry-After of the response, as it came
	Next  time.Time `json:"next,omitzero"`   // when the next attempt was due
}

// Sent is what of a request's headers cannot be told from the rest.
type Sent struct {
	Timestamp string   `json:"timestamp"`
	Signature string   `json:"signature"`
	Custom    []string `json:"custom,omitempty"` // names; the values are secret
}

// Decision is what an attempt led to.
type Decision string

// The decisions.
const (
	Done      Decision = "done"      // a 2xx: the delivery succeeded
	Retry     Decision = "retry"     // the next step of the plan
	Longer    Decision = "longer"    // the same, lengthened by Retry-After
	Exhausted Decision = "exhausted" // the plan has no more steps
	Gone      Decision = "gone"      // a 410: the endpoint was disabled
	Stray     Decision = "stray"     // its round was over, or another attempt came first
)

// Millis is a length of time that rests as milliseconds.
type Millis int64

// Duration converts m.
func (m Millis) Duration() time.Duration { return time.Duration(m) * time.Millisecond }

// deliver makes a delivery of an event to an endpoint, in its first round.
func deliver(workspace, endpoint string, e outbox.Stored, keep time.Duration, at time.Time) *Delivery {
	return &Delivery{
		ID: deliveryID(e.Ref, endpoint), Workspace: workspace, Endpoint: endpoint,
		Event:  Source{ID: e.ID, Type: e.Type, OccurredAt: e.OccurredAt, PK: e.PK, SK: e.SK},
		Status: Pending, Round: Round{Number: 1, Cause: Published, Began: at},
		Created: at, Changed: at, Expires: e.OccurredAt.Add(keep),
	}
}

// deliveryID is equal for every attempt to bring one event to one endpoint.
func deliveryID(ref, endpoint string) string { return "dlv_" + ref + "_" + ident.Suffix(endpoint) }

// endpointOf tells the endpoint from a delivery's identifier.
func endpointOf(id string) (string, bool) {
	if len(id) != len("dlv_")+26+1+26 || id[30] != '_' || !ident.Has("dlv", id[:30]) {
		return "", false
	}
	endpoint := "whe_" + id[31:]
	return endpoint, ident.Has("whe", endpoint)
}

// Waiting reports whether an attempt of the present round is still to come.
func (d *Delivery) Waiting() bool { return d.Status == Pending || d.Status == Retrying }

// begin starts round n, which takes the place of the one before.
func (d *Delivery) begin(r Round, at time.Time) {
	r.Began, r.Attempts = at, 0
	d.Round, d.Next, d.Why = r, time.Time{}, ""
	d.become(Pending, at)
}

// enter begins round r unless d is in it or beyond: for who worked on a round that
// was not stored yet, and finds that d was stored by someone else meanwhile.
func (d *Delivery) enter(r Round) {
	if d.Round.Number < r.Number {
		d.begin(r, r.Began)
	}
}

// full reports whether d has no room for another round.
func (d *Delivery) full() error {
	if len(d.Attempts)+MaxAttempts > maxKept {
		return fault.New(fault.Conflict, "webhook.too_many_attempts",
			"This delivery has %d attempts; it keeps no more than %d. Publish the event anew instead.", len(d.Attempts), maxKept)
	}
	return nil
}

// hold keeps d until the endpoint is resumed.
func (d *Delivery) hold(at time.Time) { d.rest(Held, ByPause, at) }

// stop ends d without success.
func (d *Delivery) stop(why Why, at time.Time) { d.rest(Failed, why, at) }

func (d *Delivery) rest(s Status, why Why, at time.Time) {
	d.Next, d.Why = time.Time{}, why
	d.become(s, at)
}

func (d *Delivery) become(s Status, at time.Time) {
	if d.Status != s {
		d.Status, d.Changed = s, at
	}
}

// A turn is an attempt as it was begun: if the delivery has moved on when the
// answer comes, the attempt is a stray.
type turn struct{ round, made int }

func (d *Delivery) turn() turn { return turn{d.Round.Number, d.Round.Attempts} }

// record adds an attempt that was begun at a turn and was over at an instant,
// decides what follows and returns the attempt as it was recorded. A stray changes nothing, unless it
// succeeded: the receiver has the event, so the round is over.
func (d *Delivery) record(a Attempt, began turn, over time.Time) Attempt {
	a.Number, a.Round = len(d.Attempts)+1, began.round
	stray := began != d.turn() || !d.Waiting()
	if !stray {
		d.Round.Attempts++
		a.Step = d.Round.Attempts
	}
	switch {
	case a.Class == "" && !stray:
		a.Then = Done
		d.rest(Succeeded, "", over)
	case a.Class == "":
		a.Then = Stray
		d.rest(Succeeded, "", over)
	case stray:
		a.Then = Stray
	case a.Status == http.StatusGone:
		a.Then = Gone
		d.stop(ByGone, over)
	default:
		d.retry(&a, over)
	}
	if len(d.Attempts) < maxKept {
		d.Attempts = append(d.Attempts, a)
	}
	return a
}

func (d *Delivery) retry(a *Attempt, failed time.Time) {
	pause, longer, more := wait(a.Step, a.Asked, failed)
	if !more {
		a.Then = Exhausted
		d.stop(ByPlan, failed)
		return
	}
	a.Then, a.Wait, a.Next = Retry, Millis(pause/time.Millisecond), failed.Add(pause)
	if longer {
		a.Then = Longer
	}
	d.Next = a.Next
	d.become(Retrying, failed)
}

// last is the attempt made last, or nil.
func (d *Delivery) last() *Attempt {
	if len(d.Attempts) == 0 {
		return nil
	}
	return &d.Attempts[len(d.Attempts)-1]
}
