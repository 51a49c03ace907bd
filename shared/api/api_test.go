package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/fault"
)

type paint struct {
	Colour string `json:"colour" minLength:"1" maxLength:"20"`
	Coats  int    `json:"coats,omitempty" minimum:"1" maximum:"5"`
}

type thingInput struct {
	ID   string `path:"id"`
	Dry  bool   `query:"dry"`
	Body struct {
		Name  string          `json:"name" minLength:"1" maxLength:"10"`
		Kind  string          `json:"kind,omitempty" enum:"car,van"`
		Seats int             `json:"seats,omitempty" minimum:"1" maximum:"60"`
		Tags  []string        `json:"tags,omitempty" maxItems:"3"`
		Paint *paint          `json:"paint,omitempty"`
		Built time.Time       `json:"built,omitzero"`
		Data  json.RawMessage `json:"data,omitempty"`
	}
}

type thing struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Data    json.RawMessage `json:"data,omitempty"`
	Version int64           `json:"version"`
}

func (t thing) ETagVersion() int64 { return t.Version }

type listInput struct {
	api.Paging
	Since time.Time `query:"since"`
}

var (
	errSecret = errors.New("password=hunter2 at 10.0.0.1")

	putThing = api.Route{
		Name: "things.put", Method: http.MethodPost, Path: "/v1/things/{id}", Allow: access.EditAssets, Status: http.StatusCreated, MaxBody: 2000,
		Summary: "Put a thing", Handle: rest.JSON(func(_ context.Context, c *api.Call, in thingInput) (thing, error) {
			if c.Actor.Request == "" || c.Actor.IP == "" {
				return thing{}, errors.New("the actor says nothing of the request")
			}
			return thing{in.ID, in.Body.Name, in.Body.Data, 3}, nil
		}),
	}
	listThings = api.Route{
		Name: "things.list", Method: http.MethodGet, Path: "/v1/things", Allow: access.ViewAssets,
		Summary: "List things", Handle: rest.JSON(func(_ context.Context, _ *api.Call, in listInput) (api.List[thing], error) {
			return api.ListOf([]thing{{ID: "thg_1", Version: int64(in.Limit)}}, ""), nil
		}),
	}
	breakThing = api.Route{
		Name: "things.break", Method: http.MethodGet, Path: "/v1/things/{id}/break", Allow: access.Public,
		Handle: rest.JSON(func(_ context.Context, c *api.Call, in struct {
			ID string `path:"id"`
		},
		) (api.None, error) {
			switch in.ID {
			case "panic":
				panic("at the worst moment")
			case "secret":
				return api.None{}, errSecret
			case "later":
				f := fault.New(fault.Unavailable, "thing.later", "Come back later.")
				f.After = 90 * time.Second
				return api.None{}, f
			case "busy":
				return api.None{}, fault.New(fault.Unavailable, "thing.busy", "Come back.")
			}
			return api.None{}, fault.New(fault.NotFound, "thing.not_found", "There is no such thing.").At("id")
		}),
	}
	removeThing = api.Route{
		Name: "things.remove", Method: http.MethodDelete, Path: "/v1/things/{id}", Allow: access.ArchiveAssets, Status: http.StatusNoContent,
		Summary: "Remove a thing", Handle: rest.JSON(func(context.Context, *api.Call, struct {
			api.IfMatch
			ID string `path:"id"`
		},
		) (api.None, error) {
			return api.None{}, nil
		}),
	}
	things = []api.Route{breakThing, listThings, putThing, removeThing}
)

var editor = access.Actor{Kind: "api_key", ID: "key_1", Name: "Editor", Workspace: "wsp_1", Grants: []access.Grant{access.EditAssets, access.ViewAssets}}

func serve(t *testing.T) *apitest.Client {
	return apitest.Serve(t, &app.App{}, func() time.Time { return apitest.Now }, editor, things)
}

func TestGoodRequestIsAnswered(t *testing.T) {
	c := serve(t)
	a := c.Want(201, "POST", "/v1/things/thg_1?dry=true", `{"name":"Ute","kind":"car","seats":5,"data":{ "z": 9007199254740993, "a": [1e3] }}`, "Request-Id", "mine-1")
	if a.JSON["name"] != "Ute" || a.Header.Get("ETag") != `"3"` || a.Header.Get("Request-Id") != "mine-1" {
		t.Errorf("got %s %v", a.Body, a.Header)
	}
	if !strings.Contains(a.Body, `9007199254740993`) {
		t.Errorf("a large number lost digits: %s", a.Body)
	}
	if a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers: %v", a.Header)
	}
	if a := c.Want(200, "GET", "/v1/things", ""); a.JSON["data"].([]any)[0].(map[string]any)["version"] != 50.0 {
		t.Errorf("limit is 50 unless given: %s", a.Body)
	}
}

// TestBadRequestSaysWhatIsWrong is the list of everything that can be wrong
// with a request as such: status, code, field. The body shows no name of a Go
// type or package.
func TestBadRequestSaysWhatIsWrong(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 120) + "1" + strings.Repeat("}", 120)
	for _, tt := range []struct {
		name, request, body string
		status              int
		code                string
	}{
		{"no body", "POST /v1/things/t", "", 422, "request.body"},
		{"not JSON", "POST /v1/things/t", "name=Ute", 400, "request.json"},
		{"cut short", "POST /v1/things/t", `{"name":"U`, 400, "request.json"},
		{"two values", "POST /v1/things/t", `{"name":"U"}{}`, 400, "request.json"},
		{"a name twice", "POST /v1/things/t", `{"name":"U","name":"V"}`, 400, "request.json"},
		{"a name twice, deep down", "POST /v1/things/t", `{"name":"U","data":{"x":{"y":1,"y":2}}}`, 400, "request.json"},
		{"nested too deeply", "POST /v1/things/t", `{"name":"U","data":` + deep + `}`, 400, "request.json"},
		{"not UTF-8", "POST /v1/things/t", "{\"name\":\"\xff\"}", 400, "request.json"},
		{"NaN", "POST /v1/things/t", `{"name":"U","seats":NaN}`, 400, "request.json"},
		{"an infinite number", "POST /v1/things/t", `{"name":"U","data":1e999}`, 400, "request.json"},
		{"a number that is too large", "POST /v1/things/t", `{"name":"U","seats":99999999999999999999}`, 422, "request.invalid seats"},
		{"a list for an object", "POST /v1/things/t", `[]`, 422, "request.invalid body"},
		{"null for an object", "POST /v1/things/t", `null`, 422, "request.invalid body"},
		{"a field is missing", "POST /v1/things/t", `{}`, 422, "request.invalid name"},
		{"null for a string", "POST /v1/things/t", `{"name":null}`, 422, "request.invalid name"},
		{"empty", "POST /v1/things/t", `{"name":""}`, 422, "request.invalid name"},
		{"too long", "POST /v1/things/t", `{"name":"12345678901"}`, 422, "request.invalid name"},
		{"a number for a string", "POST /v1/things/t", `{"name":7}`, 422, "request.invalid name"},
		{"a string for a number", "POST /v1/things/t", `{"name":"U","seats":"5"}`, 422, "request.invalid seats"},
		{"a fraction", "POST /v1/things/t", `{"name":"U","seats":1.5}`, 422, "request.invalid seats"},
		{"too few", "POST /v1/things/t", `{"name":"U","seats":0}`, 422, "request.invalid seats"},
		{"not one of", "POST /v1/things/t", `{"name":"U","kind":"bus"}`, 422, "request.invalid kind"},
		{"no list", "POST /v1/things/t", `{"name":"U","tags":"a"}`, 422, "request.invalid tags"},
		{"an item of a list", "POST /v1/things/t", `{"name":"U","tags":["a",1]}`, 422, "request.invalid tags[1]"},
		{"too many items", "POST /v1/things/t", `{"name":"U","tags":["a","b","c","d"]}`, 422, "request.invalid tags"},
		{"a field of a field", "POST /v1/things/t", `{"name":"U","paint":{"colour":""}}`, 422, "request.invalid paint.colour"},
		{"a missing field of a field", "POST /v1/things/t", `{"name":"U","paint":{}}`, 422, "request.invalid paint.colour"},
		{"no instant", "POST /v1/things/t", `{"name":"U","built":"yesterday"}`, 422, "request.invalid built"},
		{"an unknown field", "POST /v1/things/t", `{"name":"U","naem":"V"}`, 422, "request.unknown_field naem"},
		{"a field in capitals", "POST /v1/things/t", `{"name":"U","NAME":"V"}`, 422, "request.unknown_field NAME"},
		{"an unknown field of a field", "POST /v1/things/t", `{"name":"U","paint":{"colour":"red","x":1}}`, 422, "request.unknown_field paint.x"},
		{"a text that turns its direction", "POST /v1/things/t", `{"name":"\u202eevil"}`, 422, "request.invalid name"},
		{"a text deep down that hides", "POST /v1/things/t", `{"name":"U","tags":["a","b` + "\u200b" + `"]}`, 422, "request.invalid tags[1]"},
		{"a name of a field that hides", "POST /v1/things/t", `{"name":"U","data":{"x\u2066":1}}`, 422, "request.invalid data.x\u2066"},
		{"too large", "POST /v1/things/t", `{"name":"` + strings.Repeat("x", 3000) + `"}`, 413, "request.too_large"},
		{"an unknown parameter", "GET /v1/things?limt=5", "", 422, "request.unknown_field limt"},
		{"a parameter that is no number", "GET /v1/things?limit=five", "", 422, "request.invalid limit"},
		{"a parameter out of range", "GET /v1/things?limit=1000", "", 422, "request.invalid limit"},
		{"a parameter that is no instant", "GET /v1/things?since=yesterday", "", 422, "request.invalid since"},
		{"a query that cannot be read", "GET /v1/things?limit=%zz", "", 400, "request.query"},
		{"a query that is not UTF-8", "GET /v1/things?cursor=%ff", "", 400, "request.query"},
		{"a NUL in the query", "GET /v1/things?cursor=%00", "", 400, "request.query"},
		{"a path that is not UTF-8", "DELETE /v1/things/%ff", "", 400, "request.path"},
		{"an unknown address", "GET /v1/thongs", "", 404, "route.not_found"},
		{"a method that the address does not take", "PATCH /v1/things/t", "", 405, "route.method"},
		{"not allowed", "DELETE /v1/things/t", "", 403, "access.denied"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			method, path, _ := strings.Cut(tt.request, " ")
			a := serve(t).Want(tt.status, method, path, tt.body)
			code, field, _ := strings.Cut(tt.code, " ")
			if a.JSON["code"] != code || a.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("got %s %s, want code %s", a.Header.Get("Content-Type"), a.Body, code)
			}
			if a.JSON["status"] != float64(tt.status) || a.JSON["type"] != "/docs/errors#"+code || a.JSON["request_id"] == nil || a.JSON["title"] == "" {
				t.Errorf("not a whole problem: %s", a.Body)
			}
			fields, _ := a.JSON["errors"].([]any)
			if field != "" && (len(fields) != 1 || fields[0].(map[string]any)["field"] != field) {
				t.Errorf("got fields %v, want %s", fields, field)
			}
			for _, f := range fields {
				if r := f.(map[string]any)["reason"].(string); !strings.HasSuffix(r, ".") || r[0] < 'A' || r[0] > 'Z' {
					t.Errorf("not a sentence: %q", r)
				}
			}
			for _, word := range []string{"Go ", "struct", "json:", "thingInput", "int64", "unmarshal", "api_test", "schema", "expected"} {
				if strings.Contains(a.Body, word) {
					t.Errorf("%q is nobody's business: %s", word, a.Body)
				}
			}
		})
	}
}

func TestBodyMustBeJSON(t *testing.T) {
	c := serve(t)
	for contentType, status := range map[string]int{
		"application/json": 201, "application/json; charset=utf-8": 201, "application/merge-patch+json": 201,
		"application/x-www-form-urlencoded": 415, "text/plain": 415, "application/xml": 415, "json": 415, "a/b/c": 415,
	} {
		a := c.Want(status, "POST", "/v1/things/t", `{"name":"U"}`, "Content-Type", contentType)
		if status == 415 && a.JSON["code"] != "request.content_type" {
			t.Errorf("%s: got %s", contentType, a.Body)
		}
	}
}

func TestFaultsAreShownAndBugsAreNot(t *testing.T) {
	c := serve(t)
	for id, code := range map[string]string{"panic": "internal", "secret": "internal", "other": "thing.not_found", "later": "thing.later", "busy": "thing.busy"} {
		status := map[string]int{"internal": 500, "thing.not_found": 404, "thing.later": 503, "thing.busy": 503}[code]
		a := c.Want(status, "GET", "/v1/things/"+id+"/break", "")
		if a.JSON["code"] != code {
			t.Errorf("%s: got %s, want %s", id, a.Body, code)
		}
		if strings.Contains(a.Body, "hunter2") || strings.Contains(a.Body, "worst") {
			t.Errorf("%s tells too much: %s", id, a.Body)
		}
		if want := map[string]string{"later": "90", "busy": "1"}[id]; a.Header.Get("Retry-After") != want {
			t.Errorf("%s: got Retry-After %q, want %q", id, a.Header.Get("Retry-After"), want)
		}
	}
}

func TestMethodNotAllowedNamesThoseThatAre(t *testing.T) {
	a := serve(t).Want(405, "PATCH", "/v1/things/t", "")
	if a.Header.Get("Allow") != "DELETE, POST" {
		t.Errorf("Allow: %q", a.Header.Get("Allow"))
	}
}

func TestRequestIDIsMineOnlyIfHarmless(t *testing.T) {
	c := serve(t)
	for id, mine := range map[string]bool{"abc-1.2:3_x": true, "": false, "a b": false, "x\"y": false, strings.Repeat("a", 101): false, "é": false} {
		got := c.Want(200, "GET", "/v1/things", "", "Request-Id", id).Header.Get("Request-Id")
		if (got == id) != mine || got == "" {
			t.Errorf("%q: got %q", id, got)
		}
	}
}

type plate struct {
	Plate string `json:"plate" minLength:"2"`
}

// TestEmbeddedStructsAreRead: huma overlooks unexported ones, encoding/json
// does not; what is in them must be taken, validated and required.
func TestEmbeddedStructsAreRead(t *testing.T) {
	route := api.Route{Name: "things.embed", Method: http.MethodPost, Path: "/v1/embedded", Handle: rest.JSON(func(_ context.Context, _ *api.Call, in struct {
		Body struct {
			plate
			Name string `json:"name"`
		}
	},
	) (plate, error) {
		return in.Body.plate, nil
	})}
	c := apitest.Serve(t, &app.App{}, func() time.Time { return apitest.Now }, editor, []api.Route{route})
	if a := c.Want(200, "POST", "/v1/embedded", `{"name":"U","plate":"AB"}`); a.JSON["plate"] != "AB" {
		t.Errorf("got %s", a.Body)
	}
	for _, body := range []string{`{"name":"U"}`, `{"name":"U","plate":"A"}`, `{"name":"U","plate":5}`} {
		if a := c.Want(422, "POST", "/v1/embedded", body); !strings.Contains(a.Body, `"field":"plate"`) {
			t.Errorf("%s: got %s", body, a.Body)
		}
	}
}
