package events

// WebhookEndpointEnabled says that somebody undid the disabling of an endpoint.
type WebhookEndpointEnabled struct {
	Object WebhookEndpoint `json:"object"`
}

// Type is "webhook_endpoint.enabled".
func (WebhookEndpointEnabled) Type() string { return "webhook_endpoint.enabled" }
