package events

var webhookListings = []Listing{
	listing("webhooks", WebhookEndpointCreated{}, "A webhook endpoint was added."),
	listing("webhooks", WebhookEndpointDeleted{}, "A webhook endpoint was deleted."),
	listing("webhooks", WebhookEndpointDisabled{}, "A webhook endpoint was disabled, because it answered 410 Gone or kept failing."),
	listing("webhooks", WebhookEndpointEnabled{}, "A disabled webhook endpoint was enabled again."),
	listing("webhooks", WebhookEndpointFailing{}, "Every attempt at a webhook endpoint has failed for half an hour."),
	listing("webhooks", WebhookEndpointPaused{}, "A webhook endpoint was paused."),
	listing("webhooks", WebhookEndpointRecovered{}, "A webhook endpoint answers again after failures."),
	listing("webhooks", WebhookEndpointResumed{}, "A paused webhook endpoint was resumed."),
	listing("webhooks", WebhookEndpointSecretRotated{}, "A webhook endpoint got a new signing secret."),
	listing("webhooks", WebhookEndpointUpdated{}, "A webhook endpoint's settings were changed."),
}
