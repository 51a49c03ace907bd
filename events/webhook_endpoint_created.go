package events

// WebhookEndpointCreated says that an address was added that receives events.
type WebhookEndpointCreated struct {
	Object WebhookEndpoint `json:"object"`
}

// Type is "webhook_endpoint.created".
func (WebhookEndpointCreated) Type() string { return "webhook_endpoint.created" }
