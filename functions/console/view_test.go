package console_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"motorpool/functions/console"
	"motorpool/shared/access"
	"motorpool/shared/apitest"
)

func TestWhatAReaderMayNotDoIsNotShown(t *testing.T) {
	t.Parallel()
	s := open(t)
	assets, endpoints, _ := s.fill()
	reader := access.Actor{Kind: "user", ID: "usr_reader", Workspace: s.owner.Workspace, Grants: []access.Grant{access.ViewAssets, access.ViewWebhooks}}
	c := apitest.Serve(t, s.h.App, time.Now, reader, console.Routes)
	for path, hidden := range map[string][]string{
		"/": {"/settings/api-keys", "/settings/audit", "Recent activity"}, "/assets": {"Add asset"}, "/assets/" + assets[0].ID: {"Archive", "Edit", "Switch booking"},
		"/categories": {"Add category"}, "/settings/webhooks": {"Add endpoint"},
		"/settings/webhooks/endpoints/" + endpoints[0].ID: {"Reveal", "Pause", "Delete endpoint"},
	} {
		body := c.Want(http.StatusOK, http.MethodGet, path, "").Body
		for _, word := range hidden {
			if strings.Contains(body, word) {
				t.Errorf("%s shows %q to somebody who may not", path, word)
			}
		}
	}
	for _, r := range []struct{ method, path string }{
		{http.MethodGet, "/settings/audit"},
		{http.MethodGet, "/settings/workspace"},
		{http.MethodPost, "/assets/" + assets[0].ID + "/archive"},
		{http.MethodPost, "/settings/webhooks/endpoints/" + endpoints[0].ID + "/secret"},
		{http.MethodPost, "/settings/api-keys"},
	} {
		c.Want(http.StatusForbidden, r.method, r.path, "")
	}
}
