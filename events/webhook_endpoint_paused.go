package events

// WebhookEndpointPaused says that somebody paused an endpoint: its deliveries are
// held until it is resumed.
type WebhookEndpointPaused struct {
	Object WebhookEndpoint `json:"object"`
}

// Type is "webhook_endpoint.paused".
func (WebhookEndpointPaused) Type() string { return "webhook_endpoint.paused" }
