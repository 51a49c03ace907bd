package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apikey"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/audit"
	"motorpool/shared/ident"
)

type liveWorkspace struct{}

func (liveWorkspace) IsLive(context.Context, string) (bool, error) { return true, nil }

// nowhere is a ResponseWriter that costs nothing.
type nowhere struct{ h http.Header }

func (n nowhere) Header() http.Header         { return n.h }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}

// BenchmarkPost is what the edge costs a POST of 600 bytes in all: key from the
// table, permission, pace, JSON, validation, log. The handler does nothing.
func BenchmarkPost(b *testing.B) {
	tab := apitest.Table(b, time.Now)
	keys := &apikey.Service{Table: tab, NewID: ident.Counting(), Secret: ident.Secret, Workspaces: liveWorkspace{}, Audit: &audit.Service{Table: tab, NewID: ident.Counting()}}
	owner := access.Actor{Kind: "user", ID: "usr_1", Workspace: "wsp_1", Grants: access.All()}
	_, plain, err := keys.Create(b.Context(), owner, apikey.Request{Name: "bench"}, time.Now())
	if err != nil {
		b.Fatal(err)
	}
	edge := &api.Edge{App: &app.App{}, Now: time.Now, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Rate: api.Rate{PerSecond: 1e9, Burst: 1e9}}
	edge.Who = api.Doors(keys, keys, time.Now)
	h := edge.Handler(things)
	body, _ := json.Marshal(map[string]any{"name": "Ute", "kind": "car", "tags": []string{"a", "b"}, "data": map[string]any{"text": strings.Repeat("x", 400), "list": []int{1, 2, 3}, "more": map[string]any{"a": 1, "b": true}}})
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("POST", "/v1/things/thg_1", bytes.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+plain)
		r.Header.Set("Content-Type", "application/json")
		h.ServeHTTP(nowhere{http.Header{}}, r)
	}
}

// BenchmarkStart is what a Lambda pays to be able to serve its one route.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		(&api.Edge{App: &app.App{}, Now: time.Now, Log: slog.New(slog.DiscardHandler)}).Handler([]api.Route{putThing})
	}
}
