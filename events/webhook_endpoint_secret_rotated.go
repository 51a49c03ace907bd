package events

import "time"

// WebhookEndpointSecretRotated says that an endpoint has a new signing secret.
// The secret itself is not told.
type WebhookEndpointSecretRotated struct {
	Object         WebhookEndpoint `json:"object"`
	PreviousEndsAt time.Time       `json:"previous_ends_at" doc:"Until then requests carry a signature of the secret before, too"`
}

// Type is "webhook_endpoint.secret_rotated".
func (WebhookEndpointSecretRotated) Type() string { return "webhook_endpoint.secret_rotated" }
