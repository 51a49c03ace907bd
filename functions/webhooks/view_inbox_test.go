package webhooks

import (
	"context"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/disk"
	"motorpool/shared/ident"
	"motorpool/shared/inbox"
	"motorpool/shared/signature"
	"motorpool/shared/table/embed"
)

type noEndpoints struct{}

func (noEndpoints) KeysFor(context.Context, string, string, time.Time) ([]signature.Key, error) {
	return nil, nil
}

// testURLs gives two clients of the same product: one of ours, one of another workspace.
func testURLs(t *testing.T) (ours, theirs *apitest.Client) {
	t.Helper()
	d, err := disk.Open(filepath.Join(t.TempDir(), "db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	now := func() time.Time { return apitest.Now }
	tbl, err := embed.Open(d, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := &app.App{Inboxes: &inbox.Service{
		Table: tbl, NewID: ident.Counting(), NewToken: ident.Secret, Secrets: noEndpoints{}, BaseURL: "https://motorpool.example",
	}}
	grants := []access.Grant{access.ViewWebhooks, access.ManageWebhooks}
	serve := func(workspace string) *apitest.Client {
		return apitest.Serve(t, a, now, access.Actor{Kind: "api_key", ID: "key_" + workspace, Workspace: workspace, Grants: grants}, Routes)
	}
	return serve("wsp_ours"), serve("wsp_theirs")
}

func TestATestURLIsMadeToldAndRead(t *testing.T) {
	c, _ := testURLs(t)
	made := c.Want(201, "POST", "/v1/webhook-test-urls", `{"name":"First try"}`)
	url, id := made.JSON["url"].(string), made.JSON["id"].(string)
	if made.JSON["status"] != 200.0 || made.JSON["name"] != "First try" || made.JSON["expires_at"] != "2026-03-08T09:00:00Z" || made.JSON["last_at"] != nil {
		t.Errorf("got %s", made.Body)
	}
	path := strings.TrimPrefix(url, "https://motorpool.example")
	c.Want(200, "POST", path, `{"hello":"world"}`, "Webhook-Id", "dlv_1")
	changed := c.Want(200, "PATCH", "/v1/webhook-test-urls/"+id, `{"status":503,"delay_seconds":0.001}`)
	if changed.JSON["status"] != 503.0 || changed.JSON["name"] != "First try" {
		t.Errorf("got %s", changed.Body)
	}
	for _, method := range []string{"GET", "PUT", "PATCH", "DELETE", "OPTIONS", "POST"} {
		if got := c.Do(method, path, ""); got.Status != 503 || got.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s: got %d %v", method, got.Status, got.Header)
		}
	}
	if got := c.Want(303, "GET", path, "", "Accept", "text/html"); got.Header.Get("Location") != "/settings/webhooks/test-urls/"+id {
		t.Errorf("a browser is sent to %q", got.Header.Get("Location"))
	}
	page := c.Want(200, "GET", "/v1/webhook-test-urls/"+id+"/requests?limit=6", "")
	if got := page.JSON["data"].([]any); len(got) != 6 || page.JSON["next_cursor"] == nil {
		t.Fatalf("got %d requests, %s", len(got), page.Body)
	}
	last := c.Want(200, "GET", "/v1/webhook-test-urls/"+id+"/requests?cursor="+page.JSON["next_cursor"].(string), "")
	first := last.JSON["data"].([]any)[0].(map[string]any)
	if first["body"] != base64.StdEncoding.EncodeToString([]byte(`{"hello":"world"}`)) || first["answered"] != 200.0 || first["webhook_id"] != "dlv_1" ||
		first["signature"].(map[string]any)["state"] != "unsigned" {
		t.Errorf("got %v", first)
	}
	if got := c.Want(200, "GET", "/v1/webhook-test-urls/"+id, ""); got.JSON["received"] != 7.0 {
		t.Errorf("got %s", got.Body)
	}
	if got := c.Want(200, "GET", "/v1/webhook-test-urls", ""); len(got.JSON["data"].([]any)) != 1 {
		t.Errorf("got %s", got.Body)
	}
}

func TestBadTestURLsAreRefusedAndNothingIsStored(t *testing.T) {
	c, _ := testURLs(t)
	id := c.Want(201, "POST", "/v1/webhook-test-urls", `{}`).JSON["id"].(string)
	before := c.Want(200, "GET", "/v1/webhook-test-urls", "").Body
	for _, body := range []string{
		`{"status":199}`, `{"status":600}`, `{"status":"200"}`, `{"status":200.5}`, `{"delay_seconds":-1}`, `{"delay_seconds":30.01}`,
		`{"delay_seconds":"1"}`, `{"name":1}`, `{"name":"` + strings.Repeat("x", 101) + `"}`, `{"nam":"x"}`, `[]`, `{`, `{"delay_seconds":1e300}`,
	} {
		for _, at := range []struct{ method, path string }{{"POST", "/v1/webhook-test-urls"}, {"PATCH", "/v1/webhook-test-urls/" + id}} {
			if got := c.Do(at.method, at.path, body); got.Status != 422 && got.Status != 400 {
				t.Errorf("%s %s: got %d %s", at.method, body, got.Status, got.Body)
			}
		}
	}
	if after := c.Want(200, "GET", "/v1/webhook-test-urls", "").Body; after != before {
		t.Errorf("before %s\nafter %s", before, after)
	}
}

func TestTestURLsOfOthersAreNotFound(t *testing.T) {
	ours, theirs := testURLs(t)
	id := ours.Want(201, "POST", "/v1/webhook-test-urls", `{}`).JSON["id"].(string)
	for _, id := range []string{id, "inb_00000000000000000000000099", "GUARD", "inb_%23", strings.Repeat("x", 40)} {
		for _, at := range []struct{ method, path, body string }{
			{"GET", "/v1/webhook-test-urls/%s", ""}, {"GET", "/v1/webhook-test-urls/%s/requests", ""}, {"PATCH", "/v1/webhook-test-urls/%s", `{"status":500}`},
		} {
			if got := theirs.Do(at.method, fmt.Sprintf(at.path, id), at.body); got.Status != 404 || got.JSON["code"] != "inbox.not_found" {
				t.Errorf("%s %s: got %d %s", at.method, id, got.Status, got.Body)
			}
		}
	}
	if got := theirs.Want(200, "GET", "/v1/webhook-test-urls", ""); len(got.JSON["data"].([]any)) != 0 {
		t.Errorf("got %s", got.Body)
	}
	if got := ours.Do("POST", "/inbox/nobody", "x"); got.Status != 404 {
		t.Errorf("an unknown token: got %d", got.Status)
	}
}

func TestTheTwentyFirstTestURLIsRefused(t *testing.T) {
	c, _ := testURLs(t)
	for range inbox.MaxInboxes {
		c.Want(201, "POST", "/v1/webhook-test-urls", `{}`)
	}
	if got := c.Want(409, "POST", "/v1/webhook-test-urls", `{}`); got.JSON["code"] != "inbox.too_many" {
		t.Errorf("got %s", got.Body)
	}
}
