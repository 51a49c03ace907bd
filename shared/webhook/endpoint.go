package webhook

import (
	"maps"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
)

// Endpoint is an address that receives a workspace's events.
type Endpoint struct {
	ID          string    `json:"id"`
	Workspace   string    `json:"workspace"`
	URL         string    `json:"url"`
	Description string    `json:"description,omitempty"`
	Events      []string  `json:"events"`               // patterns: "*", "asset.*", "asset.updated"
	RateLimit   int       `json:"rate_limit,omitempty"` // deliveries per second; zero: no limit
	HeaderNames []string  `json:"headers,omitempty"`    // of the custom headers, sorted; their values are in the keyring
	Asymmetric  bool      `json:"asymmetric,omitempty"` // signs v1a (ed25519) beside v1
	State       State     `json:"state"`
	Why         string    `json:"why,omitempty"` // it is disabled, in words
	Since       time.Time `json:"since"`         // when State became what it is
	Created     time.Time `json:"created"`
	Changed     time.Time `json:"changed"`         // by a person
	Revision    int64     `json:"revision"`        // counts what people and rules change, not how it fares: the ETag
	Spell       Spell     `json:"spell,omitzero"`  // how it fares
	Sealed      []byte    `json:"sealed,omitzero"` // the keyring, sealed by the box

	version int64
	filter  Filter
	keys    *signer // only on the way to a delivery
	news    []events.Event
}

// State is where an endpoint stands.
type State string

// The states of an endpoint.
const (
	Enabled  State = "enabled"  // receives
	Paused   State = "paused"   // by a person: deliveries are held until it is resumed
	Disabled State = "disabled" // by a 410 or by failing too long: nothing is made for it until it is enabled
	Deleted  State = "deleted"  // for good; its logs stay for as long as logs do
)

// moves lists every move there is. What is not here is refused.
var moves = map[State][]State{
	Enabled:  {Paused, Disabled, Deleted},
	Paused:   {Enabled, Disabled, Deleted},
	Disabled: {Enabled, Deleted},
}

// Registration is what people say about an endpoint, when they add it and when
// they edit it.
type Registration struct {
	URL         string            `json:"url" doc:"Where events are sent. https in live workspaces" example:"https://example.com/webhooks"`
	Description string            `json:"description,omitempty" doc:"What it is for, in your words: at most 500 characters" example:"CRM"`
	Events      []string          `json:"events,omitempty" doc:"Which events: types, categories (asset.*), custom.*, or * for all. Left out: all" example:"[\"asset.*\"]" nullable:"false"`
	RateLimit   int               `json:"rate_limit,omitempty" doc:"Deliveries per second at the most, up to 1000; 0 means no limit" example:"10"`
	Headers     map[string]string `json:"headers,omitempty" doc:"Headers of your own, sent with each request. The values are kept secret: later answers show the names only"`
	Asymmetric  bool              `json:"asymmetric,omitempty" doc:"Sign with v1a (ed25519) beside v1"`
}

// open makes an endpoint and its keyring, without secrets yet. Whether the
// address may be sent to is for checkURL to say.
func open(workspace, id string, r Registration, known []events.Listing, at time.Time) (*Endpoint, Keyring, error) {
	e := &Endpoint{ID: id, Workspace: workspace, State: Enabled, Since: at, Created: at, Changed: at, Revision: 1}
	var ring Keyring
	err := e.apply(r, &ring, known)
	e.tell(events.WebhookEndpointCreated{Object: e.Object()})
	return e, ring, err
}

// registration is what is said about e now, the values of headers included.
func (e *Endpoint) registration(ring Keyring) Registration {
	return Registration{
		URL: e.URL, Description: e.Description, Events: slices.Clone(e.Events), RateLimit: e.RateLimit,
		Headers: maps.Clone(ring.Headers), Asymmetric: e.Asymmetric,
	}
}

// edit changes e and its keyring, and says what is different: nothing if nothing is.
func (e *Endpoint) edit(r Registration, ring *Keyring, known []events.Listing, at time.Time) ([]audit.Change, error) {
	was, headers := e.Object(), ring.Headers
	if err := e.apply(r, ring, known); err != nil {
		return nil, err
	}
	done, err := audit.Diff(was, e.Object(), "updated_at", "version")
	if err != nil {
		return nil, err
	}
	previous := events.Previous{}
	for _, c := range done {
		previous[c.Field] = c.From
	}
	for _, name := range e.HeaderNames {
		if old, there := headers[name]; there && old != ring.Headers[name] {
			done = append(done, audit.Change{Field: "headers." + name, From: audit.Hidden, To: audit.Hidden})
		}
	}
	if len(done) > 0 {
		e.touch(at)
		e.tell(events.WebhookEndpointUpdated{Object: e.Object(), Previous: previous})
	}
	return done, nil
}

// apply takes over what r says. It looks at every field before it says what is
// wrong with any.
func (e *Endpoint) apply(r Registration, ring *Keyring, known []events.Listing) error {
	var wrong problems
	if r.Events == nil {
		r.Events = []string{"*"}
	}
	e.URL, e.Asymmetric = r.URL, r.Asymmetric
	e.Description = wrong.text(r.Description)
	e.Events = wrong.patterns(r.Events, known)
	e.filter = newFilter(e.Events)
	e.RateLimit = wrong.rate(r.RateLimit)
	ring.Headers = wrong.headers(r.Headers)
	e.HeaderNames = slices.Sorted(maps.Keys(ring.Headers))
	return wrong.err()
}

func (e *Endpoint) pause(at time.Time) error {
	if e.State == Disabled {
		return refused(e.State, Paused)
	}
	if err := e.move(Paused, at); err != nil {
		return err
	}
	e.tell(events.WebhookEndpointPaused{Object: e.Object()})
	return nil
}

func (e *Endpoint) resume(at time.Time) error {
	if e.State != Paused {
		return fault.New(fault.Conflict, "webhook.not_paused", "This endpoint is %s, not paused; there is nothing to resume.", e.State)
	}
	if err := e.move(Enabled, at); err != nil {
		return err
	}
	e.tell(events.WebhookEndpointResumed{Object: e.Object()})
	return nil
}

// enable undoes disable. What was lost meanwhile is offered for recovery.
func (e *Endpoint) enable(at time.Time) error {
	if e.State != Disabled {
		return fault.New(fault.Conflict, "webhook.not_disabled", "This endpoint is %s, not disabled; there is nothing to enable.", e.State)
	}
	if err := e.move(Enabled, at); err != nil {
		return err
	}
	e.Why = ""
	offer := e.Spell.Recoverable
	if e.Spell.Failing() {
		offer = e.Spell.Since
	}
	e.Spell = Spell{Ended: at, Recoverable: offer}
	e.tell(events.WebhookEndpointEnabled{Object: e.Object()})
	return nil
}

func (e *Endpoint) disable(why string, at time.Time) error {
	if err := e.move(Disabled, at); err != nil {
		return err
	}
	e.Why = why
	e.tell(events.WebhookEndpointDisabled{Object: e.Object(), Reason: why})
	return nil
}

// remove ends e and forgets its secrets.
func (e *Endpoint) remove(at time.Time) error {
	if err := e.move(Deleted, at); err != nil {
		return err
	}
	e.Sealed = nil
	e.tell(events.WebhookEndpointDeleted{Object: e.Object()})
	return nil
}

func (e *Endpoint) move(to State, at time.Time) error {
	if !slices.Contains(moves[e.State], to) {
		return refused(e.State, to)
	}
	e.State, e.Since = to, at
	e.touch(at)
	return nil
}

func refused(from, to State) error {
	if from == to {
		return fault.New(fault.Conflict, "webhook."+string(from), "This endpoint is %s already.", from)
	}
	return fault.New(fault.Conflict, "webhook."+string(from), "This endpoint is %s; it cannot become %s.", from, to)
}

func (e *Endpoint) touch(at time.Time) { e.Revision, e.Changed = e.Revision+1, at }

func (e *Endpoint) tell(n events.Event) { e.news = append(e.news, n) }

// Object is the endpoint as events, audit entries and the API show it.
func (e *Endpoint) Object() events.WebhookEndpoint {
	return events.WebhookEndpoint{
		ID: e.ID, URL: e.URL, Description: e.Description, Events: e.Events, RateLimit: e.RateLimit,
		Headers: append([]string{}, e.HeaderNames...), Asymmetric: e.Asymmetric, Status: string(e.State), Reason: e.Why,
		CreatedAt: e.Created.UTC(), UpdatedAt: e.Changed.UTC(), Version: e.Revision,
	}
}

// Wants reports whether e chose the event: by its patterns, and unless it is
// news about e's own troubles, which e could only fail to receive.
func (e *Endpoint) Wants(typ, pk string) bool {
	return e.filter.Matches(typ) && !(troubles[typ] && pk == aboutPK(e.Workspace, e.ID))
}

// troubles are the events that are not delivered to the endpoint they are about.
var troubles = map[string]bool{
	events.WebhookEndpointDisabled{}.Type():  true,
	events.WebhookEndpointFailing{}.Type():   true,
	events.WebhookEndpointRecovered{}.Type(): true,
}
