package docs_test

import (
	"bytes"
	"io"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"motorpool/functions"
	"motorpool/functions/settings"
	"motorpool/shared/api/rest"
	"motorpool/shared/docs"
)

// TestDocsLeadSomewhere follows every link of every page.
func TestDocsLeadSomewhere(t *testing.T) {
	h, err := docs.New(functions.Routes(), docs.Page{Slug: "events", Title: "Events", Body: "<h2>Assets</h2>"})
	if err != nil {
		t.Fatal(err)
	}
	pages, todo := map[string]string{}, []string{"/docs"}
	for len(todo) > 0 {
		path, _, _ := strings.Cut(todo[0], "#")
		todo = todo[1:]
		if _, done := pages[path]; done || strings.HasPrefix(path, "https://www.rfc-editor.org/") {
			continue
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
		body, _ := io.ReadAll(w.Result().Body)
		if w.Code != 200 {
			t.Fatalf("%s: %d", path, w.Code)
		}
		pages[path] = string(body)
		for _, m := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(pages[path], -1) {
			if strings.HasPrefix(m[1], "#") {
				m[1] = path + m[1]
			}
			todo = append(todo, m[1])
		}
		csp := w.Header().Get("Content-Security-Policy")
		if strings.Contains(pages[path], "<script") || strings.Contains(pages[path], " style=") || !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("%s: scripts, styles or CSP %q", path, csp)
		}
	}
	for path, body := range pages {
		for _, m := range regexp.MustCompile(`href="(/docs[^"#]*)?#([^"]+)"`).FindAllStringSubmatch(body, -1) {
			to := m[1]
			if to == "" {
				to = path
			}
			if !strings.Contains(pages[to], `id="`+m[2]+`"`) {
				t.Errorf("%s: nothing at %s#%s", path, to, m[2])
			}
		}
	}
	for _, path := range []string{"/openapi.json", "/openapi.yaml", "/docs/settings", "/docs/errors", "/docs/events", "/docs/style.css"} {
		if pages[path] == "" {
			t.Errorf("no page leads to %s", path)
		}
	}
	if !strings.Contains(pages["/docs/settings"], "mp_live_7h2kq9w4m1x8c5v3b6n0p2r4t6") || !strings.Contains(pages["/docs/errors"], `id="key.beyond"`) {
		t.Error("the docs lack an example or a code")
	}
}

func TestTwoPagesAtOneAddressAreRefused(t *testing.T) {
	if _, err := docs.New(settings.Routes, docs.Page{Slug: "errors", Title: "Mine"}); err == nil {
		t.Error("a second page of errors was taken")
	}
}

// TestDocumentIsOpenAPI asks the schema of OpenAPI 3.1 itself, as
// https://spec.openapis.org/oas/3.1/schema/2026-08-03 has it.
func TestDocumentIsOpenAPI(t *testing.T) {
	c := jsonschema.NewCompiler()
	schema, err := c.Compile("testdata/openapi-3.1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	b, err := rest.Document(functions.Routes())
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(document); err != nil {
		t.Error(err)
	}
}
