package events

// WebhookEndpointDisabled says that an endpoint gets no more events: it answered
// 410 Gone, or failed for as many days as the workspace allows. It is not sent
// to the endpoint it is about.
type WebhookEndpointDisabled struct {
	Object WebhookEndpoint `json:"object"`
	Reason string          `json:"reason" doc:"Why, in words" example:"The receiver answered 410 Gone."`
}

// Type is "webhook_endpoint.disabled".
func (WebhookEndpointDisabled) Type() string { return "webhook_endpoint.disabled" }
