package console_test

import (
	"net/http"
	"net/url"
	"testing"
)

func TestAKeyIsShownOnce(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.post("/settings/api-keys", url.Values{"name": {"Website"}}).want(http.StatusUnprocessableEntity).has("Choose at least one thing", `value="Website"`)
	s.post("/settings/api-keys", url.Values{"name": {""}, "scopes": {"assets.view"}}).want(http.StatusUnprocessableEntity).has(`id="f-name-wrong"`)
	s.post("/settings/api-keys", url.Values{"name": {"Website"}, "scopes": {"assets.view"}, "expires_at": {"30"}}).want(http.StatusOK).has("mp_test_", "the only time it is shown")
	s.get("/settings/api-keys").want(http.StatusOK).has("Website", "assets.view", "mp_test_…", "Active", "Never").lacks("the only time")
}

func TestSettingsAreCheckedAndStaleOnesRefused(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	form := url.Values{"name": {"Harbour"}, "time_zone": {"Mars/Base"}, "settings.retention_days": {"0"}, "settings.disable_after_days": {"x"}, "payment_terms_days": {"14"}, "version": {"1"}}
	s.post("/settings/workspace", form).want(http.StatusUnprocessableEntity).has("Disable after 1 to 30 days, or give 0 for never.", "Give an IANA time zone", "Keep events for 1 to 365 days.", `value="Mars/Base"`)
	form.Set("settings.disable_after_days", "5")
	form.Set("time_zone", "Europe/Berlin")
	form.Set("settings.retention_days", "30")
	s.post("/settings/workspace", form).want(http.StatusOK).has("Saved.", "what is scheduled already stays", "Harbour", "Europe/Berlin")
	s.post("/settings/workspace", form).want(http.StatusConflict).has("Reload and look again")
	s.get("/settings/audit?action=workspace.*").has("Workspace updated", "time zone", "Europe/Berlin")
}
