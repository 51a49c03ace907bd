package events

// WebhookEndpointResumed says that a paused endpoint receives again, first of all
// what was held.
type WebhookEndpointResumed struct {
	Object WebhookEndpoint `json:"object"`
}

// Type is "webhook_endpoint.resumed".
func (WebhookEndpointResumed) Type() string { return "webhook_endpoint.resumed" }
