package events

// WebhookEndpointDeleted says that an endpoint is gone and receives nothing more.
type WebhookEndpointDeleted struct {
	Object WebhookEndpoint `json:"object"`
}

// Type is "webhook_endpoint.deleted".
func (WebhookEndpointDeleted) Type() string { return "webhook_endpoint.deleted" }
