package events

// WebhookEndpointUpdated says that an endpoint's settings were changed. A header
// value that was replaced is not told: previous may be empty.
type WebhookEndpointUpdated struct {
	Object   WebhookEndpoint `json:"object"`
	Previous Previous        `json:"previous"`
}

// Type is "webhook_endpoint.updated".
func (WebhookEndpointUpdated) Type() string { return "webhook_endpoint.updated" }
