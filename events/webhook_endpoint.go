package events

import "time"

// WebhookEndpoint is an address that receives events, as the outside sees it:
// the object of webhook_endpoint events. It never holds a secret.
type WebhookEndpoint struct {
	ID          string    `json:"id" doc:"The endpoint's identifier" example:"whe_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	URL         string    `json:"url" doc:"Where events are sent" example:"https://example.com/webhooks"`
	Description string    `json:"description,omitempty" doc:"What it is for, in your words" example:"CRM"`
	Events      []string  `json:"events" doc:"Which events it receives: types, categories (asset.*), or * for all" example:"[\"asset.*\"]" nullable:"false"`
	RateLimit   int       `json:"rate_limit" doc:"Deliveries per second at the most; 0 means no limit" example:"0"`
	Headers     []string  `json:"headers" doc:"Names of its custom headers; the values are secret" nullable:"false"`
	Asymmetric  bool      `json:"asymmetric" doc:"Whether requests carry a v1a (ed25519) signature beside v1"`
	Status      string    `json:"status" enum:"enabled,paused,disabled,deleted" doc:"Whether it receives events, holds them, or gets none"`
	Reason      string    `json:"reason,omitempty" doc:"Why it is disabled, in words"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at" doc:"When its settings or its state last changed"`
	Version     int64     `json:"version" doc:"Counts the changes; the ETag. Events may arrive out of order: the highest version is the latest" example:"1"`
}
