package console_test

import (
	"net/http"
	"testing"
)

func TestEveryPageIsThere(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	assets, endpoints, test := s.fill()
	for _, path := range []string{
		"/", "/assets", "/assets/new", "/assets/" + assets[0].ID, "/assets/" + assets[0].ID + "?tab=history", "/assets/" + assets[0].ID + "/edit",
		"/assets/" + assets[0].ID + "/odometer", "/assets/" + assets[0].ID + "/journeys",
		"/categories", "/categories/new", "/devices", "/categories/" + assets[0].Categories[0],
		"/settings/webhooks", "/settings/webhooks/new", "/settings/webhooks/endpoints/" + endpoints[0].ID, "/settings/webhooks/endpoints/" + endpoints[1].ID + "/edit",
		"/settings/webhooks/endpoints/" + endpoints[0].ID + "/recover", "/settings/webhooks/endpoints/" + endpoints[0].ID + "/replay",
		"/settings/webhooks/deliveries", "/settings/webhooks/test-urls", "/settings/webhooks/test-urls/" + test.ID,
		"/settings/api-keys", "/settings/api-keys/new", "/settings/workspace", "/settings/features", "/settings/outbox", "/settings/audit", "/docs/events", "/docs/events/asset.created", "/sign-in",
	} {
		s.get(path).want(http.StatusOK).has("<!doctype html>", "<h1>").lacks("ZgotmplZ", "<style", " style=", "onclick")
	}
}
