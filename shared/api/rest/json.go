// Package rest makes routes of functions from typed inputs to typed outputs, and
// describes them: what a request may be is read from Go types and their tags, and
// said in OpenAPI 3.1.
//
// It promises that a function is called with nothing its types do not allow, and
// that what is wrong is said field by field, in our words. It stands on huma
// (decision 0002), which nothing else of ours imports; a binary without JSON
// routes has neither. Doors, gates and problems are package api's.
package rest

import (
	"context"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"motorpool/shared/api"
)

// JSON makes a Handler of a function from an input to an output. In is a struct
// whose fields say where they come from, by tag: path:"id", query:"limit",
// header:"If-Match"; the JSON body is its field Body. Validation tags (doc,
// example, minLength, enum, …) are huma's: https://huma.rocks/features/request-validation/
// Every nested struct type needs a name. Unknown fields and parameters are refused.
func JSON[In, Out any](f func(context.Context, *api.Call, In) (Out, error)) api.Handler {
	return jsonHandler[In, Out]{f}
}

type jsonHandler[In, Out any] struct {
	f func(context.Context, *api.Call, In) (Out, error)
}

type reply[Out any] struct {
	Status int
	ETag   string `header:"ETag" doc:"The version; give it as If-Match when you change the thing" example:"\"3\""`
	Body   Out
}

type plainReply[Out any] struct {
	Status int
	Body   Out
}

type noReply struct{ Status int }

// documented is a handler that can describe itself.
type documented interface {
	register(a huma.API, op huma.Operation)
}

// TakesJSON says that the body is JSON.
func (jsonHandler[In, Out]) TakesJSON() {}

// Mount is for the edge.
func (h jsonHandler[In, Out]) Mount(r *api.Route) http.Handler {
	setup()
	one := &single{}
	a := huma.NewAPI(humaConfig(r), one)
	h.register(a, operation(r))
	complete(a.OpenAPI().Components.Schemas)
	return one
}

func (h jsonHandler[In, Out]) register(a huma.API, op huma.Operation) {
	checkInput(reflect.TypeFor[In](), op.OperationID)
	status := op.DefaultStatus
	if _, empty := any(*new(Out)).(api.None); empty {
		huma.Register(a, op, func(ctx context.Context, in *In) (*noReply, error) {
			_, err := h.do(ctx, in)
			return &noReply{status}, err
		})
		return
	}
	if _, versioned := any(*new(Out)).(api.Versioned); !versioned {
		huma.Register(a, op, func(ctx context.Context, in *In) (*plainReply[Out], error) {
			out, err := h.do(ctx, in)
			return &plainReply[Out]{statusOf(out, status), out}, err
		})
		return
	}
	huma.Register(a, op, func(ctx context.Context, in *In) (*reply[Out], error) {
		out, err := h.do(ctx, in)
		if err != nil {
			return nil, err
		}
		version := any(out).(api.Versioned).ETagVersion()
		return &reply[Out]{status, `"` + strconv.FormatInt(version, 10) + `"`, out}, nil
	})
}

// Statused is an output that knows of another status than its route's, for a
// request that found its work done: 200 where the route says 201.
type Statused interface{ HTTPStatus() int }

func statusOf(out any, status int) int {
	if s, ok := out.(Statused); ok {
		return s.HTTPStatus()
	}
	return status
}

func (h jsonHandler[In, Out]) do(ctx context.Context, in *In) (out Out, err error) {
	out, err = h.f(ctx, api.CallFrom(ctx), *in)
	if err != nil {
		return out, api.ProblemOf(ctx, err)
	}
	return out, nil
}

// single is a huma adapter for one operation, without a router: the edge has
// routed already.
type single struct {
	op *huma.Operation
	do func(huma.Context)
}

// Handle takes the operation.
func (s *single) Handle(op *huma.Operation, do func(huma.Context)) { s.op, s.do = op, do }

// ServeHTTP does it.
func (s *single) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.do(humago.NewContext(s.op, r, w))
}

// operation says what huma needs to know to serve r; operationDoc adds what
// readers need to know.
func operation(r *api.Route) huma.Operation {
	return huma.Operation{
		OperationID: r.Name, Method: r.Method, Path: r.Path, Summary: r.Summary, Description: r.About,
		DefaultStatus: max(r.Status, http.StatusOK), MaxBodyBytes: -1, BodyReadTimeout: -1,
		RejectUnknownQueryParameters: true,
	}
}

func humaConfig(r *api.Route) huma.Config {
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: unmarshal}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0", Info: &huma.Info{Title: "Motorpool", Version: "1"},
			Components: &huma.Components{Schemas: huma.NewMapRegistry(schemaPrefix, schemaNamer(r.Area()))},
		},
		Formats:       map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat: "application/json",
	}
}
