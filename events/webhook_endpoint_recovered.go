package events

import "time"

// WebhookEndpointRecovered says that an endpoint answers again after failures that
// were told or lost something. It is not sent to the endpoint itself.
type WebhookEndpointRecovered struct {
	Object       WebhookEndpoint `json:"object"`
	FailingSince time.Time       `json:"failing_since" doc:"When the failures began"`
	Lost         bool            `json:"lost" doc:"Whether deliveries ran out of attempts meanwhile; recover them from failing_since"`
}

// Type is "webhook_endpoint.recovered".
func (WebhookEndpointRecovered) Type() string { return "webhook_endpoint.recovered" }
