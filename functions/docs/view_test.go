package docs_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"motorpool/functions"
	"motorpool/functions/docs"
)

// TestEveryRouteForProgramsIsDocumented, whatever its area.
func TestEveryRouteForProgramsIsDocumented(t *testing.T) {
	t.Parallel()
	h, err := docs.Site()
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/openapi.json", nil))
	var d struct {
		Paths map[string]map[string]any
	}
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	for _, r := range functions.Routes() {
		if strings.HasPrefix(r.Path, "/v1/") && d.Paths[r.Path][strings.ToLower(r.Method)] == nil {
			t.Errorf("%s is not in the docs", r.Name)
		}
	}
}
