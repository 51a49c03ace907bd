package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"motorpool/shared/webhook"
)

func TestAnEndpointLivesItsWholeLifeInTheConsole(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.post("/settings/webhooks", url.Values{"url": {"ftp://a.example"}, "events": {"*"}, "description": {"CRM"}}).want(http.StatusUnprocessableEntity).has(`id="f-url-wrong"`, `value="CRM"`)
	s.post("/settings/webhooks", url.Values{"url": {"https://crm.example.com/hook"}}).want(http.StatusUnprocessableEntity).has("Choose at least one event")
	made := s.post("/settings/webhooks", url.Values{"url": {"https://crm.example.com/hook"}, "description": {"CRM"}, "events": {"asset.*", "asset.created", "category.created"}, "headers": {"X-Team: crm"}}).want(http.StatusOK)
	made.has("whsec_", "The endpoint is ready")
	all, err := s.h.Webhooks.Endpoints(t.Context(), s.owner.Workspace)
	if err != nil || len(all) != 1 {
		t.Fatalf("endpoints: got %v, %v", all, err)
	}
	if got := strings.Join(all[0].Events, " "); got != "asset.* category.created" {
		t.Errorf("events: got %q, want what a wider choice covers left out", got)
	}
	path := "/settings/webhooks/endpoints/" + all[0].ID
	s.get(path).has("CRM", "X-Team", "Pause", "asset.*").lacks("whsec_", ": crm")
	s.post(path+"/pause", nil).want(http.StatusOK).has("Deliveries are held until you resume.", "Resume")
	s.post(path+"/resume", nil).want(http.StatusOK).has("Resumed.")
	s.post(path+"/secret", nil).want(http.StatusOK).has("whsec_")
	s.post(path+"/rotate-secret", url.Values{"overlap": {"24"}}).want(http.StatusOK).has("There is a new signing secret", "signs along until")
	s.get(path + "/edit").want(http.StatusOK).has("Remove <code>X-Team</code>")
	s.post(path, url.Values{"url": {"https://crm.example.com/hook"}, "events": {"*"}, "remove": {"X-Team"}, "version": {"1"}}).want(http.StatusConflict).has(path + "/edit")
	s.post(path+"/delete", nil).want(http.StatusOK).has("The endpoint is deleted.", "No system is listening yet")
	s.get(path).want(http.StatusNotFound)
}

func TestADeliveryTellsItsStory(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	_, endpoints, test := s.fill()
	var retrying, succeeded string
	until(t, "deliveries", func() bool {
		retrying, succeeded = s.deliveryOf(endpoints[1].ID, webhook.Retrying), s.deliveryOf(endpoints[0].ID, webhook.Succeeded)
		return retrying != "" && succeeded != ""
	})
	logs := "/settings/webhooks/deliveries"
	s.get(logs+"/"+retrying).want(http.StatusOK).
		has("503 Service Unavailable", `data-live="countdown"`, "Then it counts as failed", "webhook-signature", "x-team", "•••", "Attempt 7").lacks(">crm<")
	s.get(logs+"/"+succeeded).want(http.StatusOK).has("200 OK", "Delivered.", "Resend").lacks("Then it counts as failed")
	s.post(logs+"/"+succeeded+"/resend", nil).want(http.StatusOK).has("Sent again.")
	raw := s.get(logs + "/" + succeeded + "/payload").want(http.StatusOK)
	if raw.header.Get("Content-Type") != "application/json" || !strings.HasPrefix(raw.body, `{"id":"evt_`) {
		t.Errorf("the payload: got %s %.60s", raw.header.Get("Content-Type"), raw.body)
	}
	s.get(logs + "?status=retrying").has("Retrying").lacks(">Operations inbox</a>")
	s.get(logs + "?since=yesterday").want(http.StatusOK).has("Give a date and a time")
	s.get("/settings/webhooks/test-urls/"+test.ID).has("Signature verified", "webhook-id")
	s.get("/").has("CRM sync is failing", "Deliveries today")
}

func TestWhatIsSentAgainIsCountedFirst(t *testing.T) {
	t.Parallel()
	s := open(t).signIn()
	s.fill()
	s.post("/settings/webhooks", url.Values{"url": {s.newInbox()}, "events": {"*"}, "description": {"Late"}}).want(http.StatusOK)
	all, err := s.h.Webhooks.Endpoints(t.Context(), s.owner.Workspace)
	if err != nil {
		t.Fatal(err)
	}
	path := "/settings/webhooks/endpoints/" + all[len(all)-1].ID
	s.get(path + "/recover?since=" + url.QueryEscape(s.h.Now().Add(-time.Hour).UTC().Format(time.RFC3339))).want(http.StatusOK).has("Nothing to send")
	counted := s.get(path+"/replay?since=2026-01-01T00%3A00").want(http.StatusOK).has("deliveries since", "Send ")
	counted.lacks("Nothing to send")
	s.get(path + "/replay?since=soon").want(http.StatusUnprocessableEntity).has("Give a date and a time")
	s.post(path+"/replay", url.Values{"since": {"2026-01-01T00:00:00Z"}}).want(http.StatusOK).has("Replay has begun.")
	until(t, "the replay", func() bool { return s.deliveryOf(all[len(all)-1].ID, webhook.Succeeded) != "" })
}

func (s *site) newInbox() string {
	s.t.Helper()
	s.post("/settings/webhooks/test-urls", nil).want(http.StatusOK).has("Your test URL is ready.")
	list, err := s.h.Inboxes.List(s.t.Context(), s.owner)
	if err != nil {
		s.t.Fatal(err)
	}
	return list[0].URL
}

func (s *site) deliveryOf(endpoint string, status webhook.Status) string {
	s.t.Helper()
	list, _, err := s.h.Webhooks.Deliveries(s.t.Context(), s.owner.Workspace, webhook.Query{Endpoint: endpoint, Status: status}, webhook.Page{Limit: 5}, s.h.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	if len(list) == 0 {
		return ""
	}
	return list[0].ID
}
