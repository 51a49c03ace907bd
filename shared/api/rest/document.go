package rest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// Document returns the OpenAPI 3.1 document of those routes that are under /v1,
// as JSON. It returns an error for a route that cannot be documented.
func Document(routes []api.Route) ([]byte, error) {
	d, err := Describe(routes)
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(d, "", "  ")
}

// DocumentYAML is Document as YAML.
func DocumentYAML(routes []api.Route) ([]byte, error) {
	d, err := Describe(routes)
	if err != nil {
		return nil, err
	}
	return d.YAML()
}

// Describe returns the document as values. It registers the routes with huma for the sake of what it writes down.
// Two types of one name in one folder make it panic; that is an error here.
func Describe(routes []api.Route) (d *huma.OpenAPI, err error) {
	setup()
	at := &api.Route{Name: "the document"}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("api: %s cannot be documented: %v", at.Name, v)
		}
	}()
	namer := func(t reflect.Type, hint string) string { return schemaNamer(at.Area())(t, hint) }
	d = skeleton(huma.NewMapRegistry(schemaPrefix, namer))
	a := huma.NewAPI(huma.Config{OpenAPI: d, Formats: huma.DefaultFormats, DefaultFormat: "application/json"}, &single{})
	for i := range routes {
		at = &routes[i]
		if !strings.HasPrefix(at.Path, "/v1/") {
			continue
		}
		h, ok := at.Handle.(documented)
		if !ok {
			return nil, fmt.Errorf("api: %s is under /v1 but is not made with rest.JSON", at.Name)
		}
		op := operation(at)
		h.register(a, op)
		annotate(OperationOf(d, at), at)
		if !slices.ContainsFunc(d.Tags, func(t *huma.Tag) bool { return t.Name == at.Area() }) {
			d.Tags = append(d.Tags, &huma.Tag{Name: at.Area()})
		}
	}
	complete(d.Components.Schemas)
	loosen(d)
	return d, nil
}

func skeleton(schemas huma.Registry) *huma.OpenAPI {
	problem := schemas.Schema(reflect.TypeFor[api.Problem](), true, "Problem")
	responses := map[string]*huma.Response{}
	for _, status := range []int{400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 500, 503} {
		var codes []string
		for _, c := range api.Codes {
			if c.Status == status {
				codes = append(codes, "`"+c.Code+"`")
			}
		}
		text := http.StatusText(status)
		if len(codes) > 0 {
			text += ": " + strings.Join(codes, ", ")
		}
		r := &huma.Response{
			Description: text, Headers: map[string]*huma.Param{"Request-Id": {Ref: "#/components/headers/Request-Id"}},
			Content: map[string]*huma.MediaType{"application/problem+json": {Schema: problem}},
		}
		if status == 429 || status == 503 {
			r.Headers["Retry-After"] = &huma.Param{Ref: "#/components/headers/Retry-After"}
		}
		responses[responseName(status)] = r
	}
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "Motorpool", Version: "1",
			Description: "Fleet, bookings, billing and webhooks for vehicle subscription and rental operators. Human documentation is at /docs.",
		},
		Servers: []*huma.Server{{URL: "/"}},
		Components: &huma.Components{
			Schemas: schemas, Responses: responses, Headers: headers(),
			Parameters: map[string]*huma.Param{
				"Idempotency-Key": {
					Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string", MinLength: ptr(1), MaxLength: ptr(255)}, Example: "5f0c6c1e-6d3b-4c57-9d5e-0a4d1f7c2b11",
					Description: "A new value for each new request makes it safe to send again: within 24 hours the same request with the same key happens once and is answered the same.",
				},
				"Request-Id": {
					Name: "Request-Id", In: "header", Schema: &huma.Schema{Type: "string", MaxLength: ptr(100)},
					Description: "Your name for the request, given back in the answer and kept in the audit log; made for you if absent.",
				},
			},
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"api_key": {Type: "http", Scheme: "bearer", BearerFormat: "mp_live_… or mp_test_…", Description: "An API key of the workspace: Authorization: Bearer mp_live_…"},
			},
		},
	}
}

func headers() map[string]*huma.Header {
	number, text := &huma.Schema{Type: "integer"}, &huma.Schema{Type: "string"}
	return map[string]*huma.Header{
		"Request-Id":           {Description: "Name it when you ask for help", Schema: text},
		"Retry-After":          {Description: "In how many seconds to try again", Schema: number},
		"RateLimit-Limit":      {Description: "How many requests you can send at once", Schema: number},
		"RateLimit-Remaining":  {Description: "How many of them are left", Schema: number},
		"RateLimit-Reset":      {Description: "In how many seconds all of them are there again", Schema: number},
		"Idempotency-Replayed": {Description: "true if this is the answer to an earlier request with the same Idempotency-Key", Schema: text},
	}
}

// annotate adds what holds for a route because of what it is.
func annotate(op *huma.Operation, r *api.Route) {
	op.Tags = []string{r.Area()}
	if r.Door == api.KeyDoor {
		op.Security = []map[string][]string{{"api_key": {}}}
	}
	op.Extensions = map[string]any{}
	if r.Allow != access.Public {
		op.Extensions["x-permission"] = string(r.Allow)
	}
	if len(r.Or) > 0 {
		op.Extensions["x-permission-or"] = r.Or
	}
	if len(r.Faults) > 0 {
		op.Extensions["x-error-codes"] = r.Faults
	}
	op.Parameters = append(op.Parameters, &huma.Param{Ref: "#/components/parameters/Request-Id"})
	if r.Method == http.MethodPost {
		op.Parameters = append(op.Parameters, &huma.Param{Ref: "#/components/parameters/Idempotency-Key"})
	}
	delete(op.Responses, "default")
	if ok := op.Responses[strconv.Itoa(max(r.Status, 200))]; ok != nil {
		if ok.Headers == nil {
			ok.Headers = map[string]*huma.Param{}
		}
		for _, name := range []string{"Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} {
			ok.Headers[name] = &huma.Param{Ref: "#/components/headers/" + name}
		}
		if r.Method == http.MethodPost {
			ok.Headers["Idempotency-Replayed"] = &huma.Param{Ref: "#/components/headers/Idempotency-Replayed"}
		}
	}
	for _, status := range refusals(op, r) {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Ref: "#/components/responses/" + responseName(status)}
	}
}

// refusals are the statuses, other than success, that a route can answer with.
func refusals(op *huma.Operation, r *api.Route) []int {
	all := []int{400, 401, 422, 429, 500, 503}
	if r.Allow != access.Public {
		all = append(all, 403)
	}
	if strings.Contains(r.Path, "{") {
		all = append(all, 404)
	}
	if r.Method == http.MethodPost || r.Method == http.MethodPatch || r.Method == http.MethodDelete || r.Method == http.MethodPut {
		all = append(all, 409)
	}
	if slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == "If-Match" }) {
		all = append(all, 412)
	}
	if op.RequestBody != nil {
		all = append(all, 413, 415)
	}
	return all
}

func responseName(status int) string {
	return strings.ReplaceAll(http.StatusText(status), " ", "")
}

// OperationOf finds r in a document that Describe made with it.
func OperationOf(d *huma.OpenAPI, r *api.Route) *huma.Operation {
	p := d.Paths[r.Path]
	return map[string]*huma.Operation{
		http.MethodGet: p.Get, http.MethodPost: p.Post, http.MethodPut: p.Put, http.MethodPatch: p.Patch, http.MethodDelete: p.Delete,
	}[r.Method]
}

func ptr[T any](v T) *T { return &v }
