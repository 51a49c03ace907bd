// Package apitest speaks to the product in a test, over HTTP, as a client would.
package apitest

import (
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
	"motorpool/shared/app"
)

// Now is the instant at which tests take place unless they move it.
var Now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// Client sends requests to routes as one actor.
type Client struct {
	t *testing.T
	h http.Handler
}

// Serve returns a client of routes that speaks as actor.
func Serve(t *testing.T, a *app.App, now func() time.Time, actor access.Actor, routes ...[]api.Route) *Client {
	var all []api.Route
	for _, r := range routes {
		all = append(all, r...)
	}
	return At(t, &api.Edge{
		App: a, Now: now, Rate: api.Rate{PerSecond: -1},
		Who: func(*http.Request, api.Door) (access.Actor, error) { return actor, nil },
	}, all)
}

// At returns a client of routes behind an edge of the test's own making. Its
// log is discarded unless it has one.
func At(t *testing.T, edge *api.Edge, routes []api.Route) *Client {
	if edge.Log == nil {
		edge.Log = slog.New(slog.DiscardHandler)
	}
	return &Client{t, edge.Handler(routes)}
}

// Handler is what the client speaks to.
func (c *Client) Handler() http.Handler { return c.h }

// An Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	Body   string
	JSON   map[string]any // nil if the body is not a JSON object
}

// Do sends one request; headers are pairs of name and value.
func (c *Client) Do(method, path, body string, headers ...string) Answer {
	c.t.Helper()
	r := httptest.NewRequestWithContext(c.t.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	b, _ := io.ReadAll(w.Result().Body)
	a := Answer{Status: w.Code, Header: w.Result().Header, Body: string(b)}
	_ = json.Unmarshal(b, &a.JSON) // not every answer is an object
	return a
}

// Want sends one request and stops the test unless it is answered with status.
func (c *Client) Want(status int, method, path, body string, headers ...string) Answer {
	c.t.Helper()
	a := c.Do(method, path, body, headers...)
	if a.Status != status {
		c.t.Fatalf("%s %s: got %d %s, want %d", method, path, a.Status, a.Body, status)
	}
	return a
}
