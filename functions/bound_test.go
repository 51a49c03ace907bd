package functions_test

import (
	"net/http"
	"strings"
	"testing"

	"motorpool/shared/api"
	"motorpool/shared/apitest"
)

// everywhere are the things that belong to no location, by the word that routes
// have before them: somebody bound to one sees them all, if their role lets them.
var everywhere = map[string]string{
	"people": "customers rent anywhere", "companies": "as people", "categories": "shelves of the whole fleet",
	"inspection-templates": "forms of the whole workspace", "service-reminder-templates": "as inspection-templates",
	"roles": "rights are the workspace's", "users": "who works here; what they may be given is guarded by rank", "api-keys": "the workspace's",
}

// theirs are the things that only who asked for them finds.
var theirs = map[string]bool{"exports": true, "imports": true, "uploads": true}

// barred reports whether an answer says that this is about the whole workspace:
// whoever asks here holds every permission.
func barred(a apitest.Answer) bool {
	return a.Status == http.StatusForbidden
}

// TestWhoWorksAtOneLocationFindsNothingOfOthers asks for one of everything at
// another location, by every route and page that takes an id.
func TestWhoWorksAtOneLocationFindsNothingOfOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(open(t, nil))
	here, there := w.stock("Harbour"), w.stock("Airport")
	bound := w.owner
	bound.ID, bound.Locations = "usr_06eah81yg005p9sqs50p4n5aag", []string{here["locations"]}
	clerk := w.as(bound)
	addressed(t, there, func(r api.Route, path string) {
		if everywhere[thing(r)] != "" {
			return
		}
		if a := ask(clerk, r, path); !unknown(clerk, a, r) && !barred(a) {
			t.Errorf("%s %s %s: %d %.300s", r.Name, r.Method, path, a.Status, a.Body)
		}
	})
	addressed(t, here, func(r api.Route, path string) {
		if r.Method == http.MethodGet && everywhere[thing(r)] == "" && !silent[r.Name] && !theirs[thing(r)] {
			if a := ask(clerk, r, path); a.Status >= 400 && !barred(a) {
				t.Errorf("at their own location: %s %s: %d %.300s", r.Name, path, a.Status, a.Body)
			}
		}
	})
}

// thing is the word before the first id of a route.
func thing(r api.Route) string {
	before, _, _ := strings.Cut(r.Path, "/{")
	word := before[strings.LastIndex(before, "/")+1:]
	if other := named[word]; other != "" {
		return other
	}
	return word
}

// TestListsOfOneLocationHaveNothingOfOthers reads every list, search and page that
// names no object.
func TestListsOfOneLocationHaveNothingOfOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(open(t, nil))
	here, there := w.stock("Harbour"), w.stock("Airport")
	bound := w.owner
	bound.ID, bound.Locations = "usr_06eah81yg005p9sqs50p4n5aag", []string{here["locations"]}
	clerk := w.as(bound)
	var asks []string
	for _, r := range listed() {
		asks = append(asks, r.Path+withQuery(r))
	}
	asks = append(asks,
		"/v1/assets?q=n-a", "/v1/assets?q=ser-", "/v1/assets?sort=number", "/v1/issues?state=open", "/v1/issues?sort=due", "/v1/documents?state=verified", "/v1/documents?expires_within=365",
		"/v1/documents?q=r-1", "/v1/maintenance-windows?over=true", "/v1/service-reminders?kind=service", "/v1/inspections?state=in_progress", "/v1/expenses?item=fuel", "/v1/expenses?vendor=Northside",
		"/v1/insurance-policies?state=active", "/v1/insurance-claims?state=open", "/v1/devices?q=dev", "/v1/locations?q=air", "/assets?q=n-a", "/documents?show=expiring&expiring=365",
		"/v1/calendar?from=2026-03-01T00:00:00Z",
	)
	own := 0
	for _, path := range asks {
		a := clerk.Do(http.MethodGet, path, "")
		if a.Status >= 400 && !barred(a) {
			t.Errorf("%s: %d %.300s", path, a.Status, a.Body)
		}
		for word, id := range there {
			at, sub, _ := strings.Cut(word, "/")
			if everywhere[at] != "" || sub == "contacts" || len(id) < 20 {
				continue
			}
			if strings.Contains(a.Body, id) {
				t.Errorf("%s shows %s of another location", path, word)
			}
			if strings.Contains(a.Body, here[word]) {
				own++
			}
		}
	}
	if own < 40 {
		t.Errorf("only %d times something of their own location is there", own)
	}
}

func withQuery(r api.Route) string {
	if strings.HasPrefix(asked[r.Name], "?") {
		return asked[r.Name]
	}
	return ""
}
