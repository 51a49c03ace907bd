package webhooks

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/events"
	"motorpool/shared/api/rest"
	"motorpool/shared/outbox"
	"motorpool/shared/webhook"
)

// endpointView is an endpoint as the API shows it: the object of its events, and
// how it fares.
type endpointView struct {
	events.WebhookEndpoint
	StatusSince      time.Time `json:"status_since" doc:"When status became what it is"`
	FailingSince     time.Time `json:"failing_since,omitzero" doc:"Every attempt since then has failed"`
	RecoverableSince time.Time `json:"recoverable_since,omitzero" doc:"Deliveries were lost since then; the endpoint answers again: recover them"`
}

// ETagVersion is the version that If-Match guards.
func (v endpointView) ETagVersion() int64 { return v.Version }

func endpointViewOf(e *webhook.Endpoint) endpointView {
	return endpointView{e.Object(), e.Since.UTC(), utc(e.Spell.Since), utc(e.Spell.Recoverable)}
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}

// secretView is a signing secret.
type secretView struct {
	Secret    string    `json:"secret" doc:"Verify v1 signatures with it: whsec_ and base64"`
	PublicKey string    `json:"public_key,omitempty" doc:"Verify v1a signatures with it, if the endpoint is asymmetric: whpk_ and base64"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at,omitzero" doc:"Until then it signs along; absent for the current one"`
}

func secretViewOf(e *webhook.Endpoint, s webhook.Secret) secretView {
	v := secretView{Secret: s.Key, CreatedAt: s.Created.UTC(), ExpiresAt: utc(s.Expires)}
	if e.Asymmetric {
		v.PublicKey = s.Public
	}
	return v
}

// eventRef is the event that a delivery carries.
type eventRef struct {
	ID         string    `json:"id" example:"evt_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Type       string    `json:"type" example:"asset.updated"`
	OccurredAt time.Time `json:"occurred_at"`
}

// roundView is one run through the plan of retries.
type roundView struct {
	Number  int       `json:"number" doc:"1, 2, …: a resend or a recovery begins a new one"`
	Cause   string    `json:"cause" enum:"event,resend,recover,replay,resume,test"`
	Story   string    `json:"story" doc:"Why it began, in words"`
	BeganAt time.Time `json:"began_at"`
}

// deliveryView is a delivery in a list.
type deliveryView struct {
	ID            string    `json:"id" doc:"The webhook-id: equal on every attempt" example:"dlv_01k9x3v7q2m8r4t6w0y5z1a3b5_01k9x3v7q2m8r4t6w0y5z1a3b6"`
	Endpoint      string    `json:"endpoint"`
	Event         eventRef  `json:"event"`
	Status        string    `json:"status" enum:"pending,retrying,held,succeeded,failed"`
	Reason        string    `json:"reason,omitempty" doc:"Of held and failed: endpoint_paused, exhausted, gone, endpoint_disabled, endpoint_deleted, event_expired, abandoned"`
	Test          bool      `json:"test" doc:"An example, sent by hand"`
	Round         roundView `json:"round"`
	AttemptCount  int       `json:"attempt_count" doc:"Attempts made, over all rounds"`
	LastAttemptAt time.Time `json:"last_attempt_at,omitzero"`
	LastStatus    int       `json:"last_response_status,omitempty" doc:"What the receiver answered last; absent if it did not"`
	LastError     string    `json:"last_error,omitempty" doc:"Class of the last failure"`
	NextAttemptAt time.Time `json:"next_attempt_at,omitzero"`
	CreatedAt     time.Time `json:"created_at"`
	UpdatedAt     time.Time `json:"updated_at" doc:"When status became what it is"`
}

func deliveryViewOf(d *webhook.Delivery) deliveryView {
	v := deliveryView{
		ID: d.ID, Endpoint: d.Endpoint, Event: eventRef{d.Event.ID, d.Event.Type, d.Event.OccurredAt.UTC()},
		Status: string(d.Status), Reason: string(d.Why), Test: d.Test,
		Round:        roundView{d.Round.Number, string(d.Round.Cause), d.Round.Story(), d.Round.Began.UTC()},
		AttemptCount: len(d.Attempts), NextAttemptAt: utc(d.Next), CreatedAt: d.Created.UTC(), UpdatedAt: d.Changed.UTC(),
	}
	if n := len(d.Attempts); n > 0 {
		a := d.Attempts[n-1]
		v.LastAttemptAt, v.LastStatus, v.LastError = a.At.UTC(), a.Status, a.Class
	}
	return v
}

// attemptView is one request and its answer.
type attemptView struct {
	Number      int            `json:"number" doc:"Unique within the delivery, ascending"`
	Round       int            `json:"round"`
	At          time.Time      `json:"at" doc:"When the request began"`
	DurationMS  int64          `json:"duration_ms"`
	URL         string         `json:"url"`
	Outcome     string         `json:"outcome" enum:"succeeded,failed"`
	Request     requestHeaders `json:"request"`
	Response    *responseView  `json:"response,omitempty" doc:"Absent if there was none"`
	ErrorClass  string         `json:"error_class,omitempty" example:"timeout"`
	Error       string         `json:"error,omitempty" doc:"In words"`
	Decision    string         `json:"decision" enum:"done,retry,longer,exhausted,gone,stray"`
	Explanation string         `json:"explanation" doc:"What followed and why, in words"`
	NextAt      time.Time      `json:"next_attempt_at,omitzero" doc:"When the next attempt was due"`
}

// requestHeaders is what was sent, beside the payload.
type requestHeaders struct {
	Method  string            `json:"method" example:"POST"`
	Headers map[string]string `json:"headers" doc:"Values of custom headers are masked"`
}

// responseView is what the receiver answered.
type responseView struct {
	Status    int                 `json:"status"`
	Headers   map[string][]string `json:"headers"`
	Body      string              `json:"body" doc:"The first 16 KiB"`
	Encoding  string              `json:"body_encoding" enum:"utf-8,base64"`
	Truncated bool                `json:"truncated" doc:"There was more, or it came too slowly"`
}

func attemptViewOf(d *webhook.Delivery, a webhook.Attempt, zone *time.Location) attemptView {
	v := attemptView{
		Number: a.Number, Round: a.Round, At: a.At.UTC(), DurationMS: int64(a.Took), URL: a.URL, Outcome: "succeeded",
		Request:    requestHeaders{http.MethodPost, flat(d.Request(a))},
		ErrorClass: a.Class, Error: a.Reason, Decision: string(a.Then), Explanation: a.Explain(zone), NextAt: utc(a.Next),
	}
	if a.Class != "" {
		v.Outcome = "failed"
	}
	if a.Status != 0 {
		v.Response = &responseView{a.Status, a.Header, string(a.Body), "utf-8", a.Cut}
		if a.Header == nil {
			v.Response.Headers = map[string][]string{}
		}
		if !utf8.Valid(a.Body) {
			v.Response.Body, v.Response.Encoding = base64.StdEncoding.EncodeToString(a.Body), "base64"
		}
	}
	return v
}

// flat writes headers as receivers see them: lower case, one value each.
func flat(h http.Header) map[string]string {
	m := make(map[string]string, len(h))
	for name := range h {
		m[strings.ToLower(name)] = h.Get(name)
	}
	return m
}

// eventView is an event as subscribers receive it.
type eventView struct {
	ID         string         `json:"id" example:"evt_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Type       string         `json:"type" example:"asset.updated"`
	OccurredAt time.Time      `json:"occurred_at"`
	Workspace  string         `json:"workspace"`
	APIVersion string         `json:"api_version" example:"2026-11-01"`
	Actor      events.Actor   `json:"actor"`
	Data       rest.RawObject `json:"data" doc:"Numbers and key order as given"`
}

func eventViewOf(e outbox.Stored) (eventView, error) {
	env, err := e.Envelope()
	return eventView{
		env.ID, env.Type, env.OccurredAt.UTC(), env.Workspace, env.APIVersion, env.Actor, rest.RawObject(env.Data),
	}, err
}
