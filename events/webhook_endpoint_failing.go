package events

import "time"

// WebhookEndpointFailing says that every attempt at an endpoint has failed for half
// an hour or longer. It is told once in such a spell, and not to the endpoint
// itself.
type WebhookEndpointFailing struct {
	Object       WebhookEndpoint `json:"object"`
	FailingSince time.Time       `json:"failing_since" doc:"When the first of the failures happened"`
}

// Type is "webhook_endpoint.failing".
func (WebhookEndpointFailing) Type() string { return "webhook_endpoint.failing" }
