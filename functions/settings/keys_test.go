package settings_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
)

func TestKeyIsShownOnce(t *testing.T) {
	o := open(t)
	made := o.Want(201, "POST", "/v1/api-keys", `{"name":"CRM","scopes":["assets.view"],"expires_at":"2027-03-01T00:00:00Z"}`)
	plain, id := made.JSON["key"].(string), made.JSON["id"].(string)
	if !strings.HasPrefix(plain, "mp_live_") || made.JSON["last4"] != plain[len(plain)-4:] || made.JSON["state"] != "active" || made.JSON["expires_at"] != "2027-03-01T00:00:00Z" {
		t.Errorf("got %s", made.Body)
	}
	for _, path := range []string{"/v1/api-keys", "/v1/api-keys/" + id, "/v1/audit-log"} {
		if a := o.Want(200, "GET", path, ""); strings.Contains(a.Body, plain[8:]) || strings.Contains(a.Body, "sha256") || !strings.Contains(a.Body, id) {
			t.Errorf("%s: %s", path, a.Body)
		}
	}
	if a, err := o.Keys.Authenticate(t.Context(), plain, o.time); err != nil || a.ID != id || a.May(access.EditAssets) {
		t.Errorf("got %+v %v", a, err)
	}
}

func TestRevokedKeyStaysInTheList(t *testing.T) {
	o := open(t)
	made := o.Want(201, "POST", "/v1/api-keys", `{"name":"CRM"}`)
	id := made.JSON["id"].(string)
	for range 2 {
		if a := o.Want(204, "DELETE", "/v1/api-keys/"+id, ""); a.Body != "" {
			t.Errorf("got %q", a.Body)
		}
	}
	if _, err := o.Keys.Authenticate(t.Context(), made.JSON["key"].(string), o.time); err == nil {
		t.Error("it still works")
	}
	if a := o.Want(200, "GET", "/v1/api-keys/"+id, ""); a.JSON["state"] != "revoked" || a.JSON["revoked_at"] != "2026-03-01T09:00:00Z" {
		t.Errorf("got %s", a.Body)
	}
}

func TestKeyExpires(t *testing.T) {
	o := open(t)
	id := o.Want(201, "POST", "/v1/api-keys", `{"name":"CRM","expires_at":"2026-03-01T10:00:00Z"}`).JSON["id"].(string)
	o.time = o.time.Add(time.Hour)
	if a := o.Want(200, "GET", "/v1/api-keys/"+id, ""); a.JSON["state"] != "expired" {
		t.Errorf("got %s", a.Body)
	}
}

func TestKeysArePagedNewestFirst(t *testing.T) {
	o := open(t)
	for i := range 5 {
		o.Want(201, "POST", "/v1/api-keys", fmt.Sprintf(`{"name":"%d"}`, i))
	}
	names, path := "", "/v1/api-keys?limit=2"
	for path != "" {
		a := o.Want(200, "GET", path, "")
		for _, k := range a.JSON["data"].([]any) {
			names += k.(map[string]any)["name"].(string)
		}
		path = ""
		if next, ok := a.JSON["next_cursor"].(string); ok {
			path = "/v1/api-keys?limit=2&cursor=" + next
		}
	}
	if names != "43210" {
		t.Errorf("got %s", names)
	}
}

func TestSameCreationAgainMakesOneKey(t *testing.T) {
	o := open(t)
	first := o.Want(201, "POST", "/v1/api-keys", `{"name":"CRM"}`, "Idempotency-Key", "k1")
	again := o.Want(201, "POST", "/v1/api-keys", `{"name":"CRM"}`, "Idempotency-Key", "k1")
	if again.Body != first.Body || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("got %s after %s", again.Body, first.Body)
	}
	if n := len(o.Want(200, "GET", "/v1/api-keys", "").JSON["data"].([]any)); n != 1 {
		t.Errorf("%d keys", n)
	}
	if a := o.Want(409, "POST", "/v1/api-keys", `{"name":"ERP"}`, "Idempotency-Key", "k1"); a.JSON["code"] != "idempotency.mismatch" {
		t.Errorf("got %s", a.Body)
	}
}

func TestKeysOfAnotherWorkspaceAreNotFound(t *testing.T) {
	o := open(t)
	id := o.Want(201, "POST", "/v1/api-keys", `{"name":"CRM"}`).JSON["id"].(string)
	stranger := o.actor
	stranger.Workspace = "wsp_99999999999999999999999999"
	o.Want(201, "POST", "/v1/api-keys", `{"name":"2"}`)
	mine := o.Want(200, "GET", "/v1/api-keys?limit=1", "").JSON["next_cursor"].(string)
	o.as(t, stranger)
	o.refuse(t, []bad{
		{"get", "GET /v1/api-keys/" + id, "", "404 key.not_found"},
		{"revoke", "DELETE /v1/api-keys/" + id, "", "404 key.not_found"},
		{"their cursor", "GET /v1/api-keys?cursor=" + mine, "", "422 cursor.invalid cursor"},
	})
	if a := o.Want(200, "GET", "/v1/api-keys", ""); len(a.JSON["data"].([]any)) != 0 {
		t.Errorf("got %s", a.Body)
	}
}

func TestBadInputMakesNoKey(t *testing.T) {
	o := open(t)
	o.Want(201, "POST", "/v1/api-keys", `{"name":"one"}`)
	const post = "POST /v1/api-keys"
	o.refuse(t, []bad{
		{"no body", post, "", "422 request.body"},
		{"no JSON", post, "name=CRM", "400 request.json"},
		{"cut short", post, `{"name":"CRM"`, "400 request.json"},
		{"a list", post, `[{"name":"CRM"}]`, "422 request.invalid body"},
		{"a form", post + " Content-Type: application/x-www-form-urlencoded", "name=CRM", "415 request.content_type"},
		{"no name", post, `{}`, "422 request.invalid name"},
		{"null for a name", post, `{"name":null}`, "422 request.invalid name"},
		{"an empty name", post, `{"name":""}`, "422 request.invalid name"},
		{"a name of spaces", post, `{"name":"  "}`, "422 key.invalid name"},
		{"a long name", post, `{"name":"` + strings.Repeat("x", 101) + `"}`, "422 request.invalid name"},
		{"a number for a name", post, `{"name":5}`, "422 request.invalid name"},
		{"an unknown field", post, `{"name":"CRM","admin":true}`, "422 request.unknown_field admin"},
		{"a field in capitals", post, `{"name":"CRM","Scopes":[]}`, "422 request.unknown_field Scopes"},
		{"a name twice", post, `{"name":"CRM","scopes":["assets.view"],"scopes":[]}`, "400 request.json"},
		{"an unknown scope", post, `{"name":"CRM","scopes":["assets.view","assets.steal"]}`, "422 key.invalid scopes[1]"},
		{"a scope twice", post, `{"name":"CRM","scopes":["assets.view","assets.view"]}`, "422 key.invalid scopes[1]"},
		{"scopes that are no list", post, `{"name":"CRM","scopes":"assets.view"}`, "422 request.invalid scopes"},
		{"a scope that is no string", post, `{"name":"CRM","scopes":[1]}`, "422 request.invalid scopes[0]"},
		{"too many scopes", post, `{"name":"CRM","scopes":["` + strings.Repeat(`x","`, 50) + `x"]}`, "422 request.invalid scopes"},
		{"no instant", post, `{"name":"CRM","expires_at":"tomorrow"}`, "422 request.invalid expires_at"},
		{"a day for an instant", post, `{"name":"CRM","expires_at":"2027-01-01"}`, "422 request.invalid expires_at"},
		{"expired", post, `{"name":"CRM","expires_at":"2026-03-01T09:00:00Z"}`, "422 key.invalid expires_at"},
		{"several at once", post, `{"name":" ","scopes":["x"],"expires_at":"2020-01-01T00:00:00Z"}`, "422 key.invalid name scopes[0] expires_at"},
		{"too large", post, `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, "413 request.too_large"},
		{"a bad Idempotency-Key", post + " Idempotency-Key: é", `{"name":"CRM"}`, "422 request.idempotency_key Idempotency-Key"},
		{"a list too long", "GET /v1/api-keys?limit=201", "", "422 request.invalid limit"},
		{"a list of none", "GET /v1/api-keys?limit=0", "", "422 request.invalid limit"},
		{"a cursor of nobody's", "GET /v1/api-keys?cursor=abc", "", "422 cursor.invalid cursor"},
		{"an unknown filter", "GET /v1/api-keys?state=active", "", "422 request.unknown_field state"},
		{"no such key", "GET /v1/api-keys/key_00000000000000000000000000", "", "404 key.not_found"},
		{"a strange key", "GET /v1/api-keys/AUDIT%2300000000000000000000000001", "", "404 key.not_found"},
		{"revoke no such key", "DELETE /v1/api-keys/key_00000000000000000000000000", "", "404 key.not_found"},
		{"another method", "PUT /v1/api-keys", `{}`, "405 route.method"},
	})
	clerk := o.actor
	clerk.Grants = []access.Grant{access.ManageKeys, access.ViewAssets}
	o.as(t, clerk)
	o.refuse(t, []bad{
		{"more than one holds", post, `{"name":"CRM","scopes":["assets.edit"]}`, "403 key.beyond scopes"},
		{"everything", post, `{"name":"CRM"}`, "403 key.beyond scopes"},
	})
}
