package functions_test

import (
	"net/http"
	"strings"
	"testing"

	"motorpool/shared/api"
	"motorpool/shared/apitest"
	"motorpool/shared/workspace"
)

// strangerKey opens a second workspace on the same machine.
const strangerKey = "mp_test_stranger000000000000000000"

// TestTwoWorkspacesAreStrangers makes one of everything in a workspace and asks for
// it, by every route and page that takes an id, from another: there is no such
// thing, nothing of it is in any list, and nothing has changed afterwards.
func TestTwoWorkspacesAreStrangers(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		w := newWorld(r)
		ids := w.stock("Harbour")
		stranger := w.as(w.found("Strangers", "eve@strangers.example"))
		before := w.told(w.Client, ids)
		for path, a := range before {
			if a.Status >= 400 {
				t.Errorf("to its own workspace: %s: %d %.300s", path, a.Status, a.Body)
			}
		}
		addressed(t, ids, func(r api.Route, path string) {
			if a := ask(stranger, r, path); !unknown(stranger, a, r) {
				t.Errorf("%s %s %s: %d %.300s", r.Name, r.Method, path, a.Status, a.Body)
			}
		})
		for path, a := range w.told(w.Client, ids) {
			if strings.HasPrefix(path, "/v1/") && a.Body != before[path].Body {
				t.Errorf("%s was changed:\n%s\n%s", path, before[path].Body, a.Body)
			}
		}
		for _, r := range listed() {
			a := ask(stranger, r, r.Path)
			if a.Status >= 400 {
				t.Errorf("%s: %d %.300s", r.Path, a.Status, a.Body)
			}
			for word, id := range ids {
				if len(id) > 20 && strings.Contains(a.Body, id) {
					t.Errorf("%s lists %s of the other workspace", r.Path, word)
				}
			}
		}
	})
}

// told reads everything that ids name.
func (w *world) told(c *apitest.Client, ids map[string]string) map[string]apitest.Answer {
	w.t.Helper()
	all := map[string]apitest.Answer{}
	addressed(w.t, ids, func(r api.Route, path string) {
		if r.Method == http.MethodGet && !silent[r.Name] {
			all[path] = ask(c, r, path)
		}
	})
	return all
}

// TestACursorOfAnotherWorkspaceOpensNothing pages through one workspace's events
// and gives the cursor to the other.
func TestACursorOfAnotherWorkspaceOpensNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, r *rig) {
		other, err := r.host.Workspaces.Create(t.Context(), workspace.Draft{Name: "Strangers", Mode: workspace.Test, TimeZone: "UTC"}, r.now())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.host.Keys.Adopt(t.Context(), other.ID, strangerKey, "stranger", r.now()); err != nil {
			t.Fatal(err)
		}
		r.endpoint("*")
		for range 5 {
			r.post(201, "/v1/events", `{"type":"custom.thing","data":{}}`)
			r.post(201, "/v1/categories", `{"name":"`+r.host.Now().String()+strings.Repeat("x", 1+len(r.receiver.requests()))+`"}`)
			r.settle()
		}
		for _, path := range []string{"/v1/events", "/v1/webhook-deliveries", "/v1/categories"} {
			cursor, _ := r.get(200, path+"?limit=2")["next_cursor"].(string)
			if cursor == "" {
				t.Errorf("%s: five things and no cursor after two", path)
				continue
			}
			got := r.do(t, strangerKey, http.StatusUnprocessableEntity, "GET", path+"?cursor="+cursor, "")
			if got["code"] != "cursor.invalid" {
				t.Errorf("%s: code %v, want cursor.invalid", path, got["code"])
			}
		}
	})
}
