package api_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
)

// FuzzBody sends any bytes as a body: they are taken, and then every JSON
// reader agrees that they are JSON, or they are refused with a whole problem.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		`{"name":"Ute"}`, `{"name":"U","kind":"car","seats":5,"tags":["a"],"paint":{"colour":"red"},"built":"2026-03-01T09:00:00Z","data":{"a":[1,2.5e3,null]}}`,
		"", "null", "[]", `"x"`, "1e999", `{"name":"U","name":"V"}`, `{"name":"\ud800"}`, "{\"name\":\"\xff\"}", `{"name":"U"} x`, strings.Repeat("[", 200),
		`{"name":"U","built":"9999999-01-01T00:00:00Z"}`, `{"name":"U","seats":1e1}`, `{"name":"U","seats":-0}`, `{"":1}`, `{"a.b[0]":1}`,
	} {
		f.Add(seed)
	}
	edge := &api.Edge{
		App: &app.App{}, Now: func() time.Time { return apitest.Now }, Rate: api.Rate{PerSecond: -1},
		Who: func(*http.Request, api.Door) (access.Actor, error) { return editor, nil },
	}
	f.Fuzz(func(t *testing.T, body string) {
		a := apitest.At(t, edge, []api.Route{putThing}).Do("POST", "/v1/things/t", body)
		switch {
		case a.Status == 201:
			if !json.Valid([]byte(body)) {
				t.Errorf("%q was taken", body)
			}
		case a.Status >= 500 || a.Status < 400 || a.JSON["code"] == nil || a.JSON["detail"] == "":
			t.Errorf("%q: got %d %s", body, a.Status, a.Body)
		}
	})
}

// FuzzIfMatch: what is taken is what we gave.
func FuzzIfMatch(f *testing.F) {
	for _, seed := range []string{"", "*", `"1"`, `"0"`, `"-1"`, `W/"1"`, `1`, `"`, `""`, `"1`, `"9223372036854775808"`, ` "3" `, `"+3"`, `""3""`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		v, err := api.IfMatch{IfMatch: tag}.Version()
		trimmed := strings.TrimSpace(tag)
		switch {
		case err != nil:
		case v == 0 && (trimmed == "" || trimmed == "*"):
		case v < 1 || trimmed != `"`+strconv.FormatInt(v, 10)+`"`:
			t.Errorf("%q was read as %d", tag, v)
		}
	})
}
