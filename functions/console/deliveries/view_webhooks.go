package deliveries

import (
	"motorpool/functions/console/record"
	"motorpool/shared/webhook"
)

// namesOf is what the workspace's endpoints are called, by id.
func namesOf(all []*webhook.Endpoint) map[string]string {
	names := map[string]string{}
	for _, e := range all {
		names[e.ID] = record.EndpointName(e)
	}
	return names
}
