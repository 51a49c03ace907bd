package lambda

import (
	"context"
	"net/http"
	"sync"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// route answers requests that API Gateway hands on, for one route or for those of
// one subject. It registers them when the first request comes.
func (p *product) route(own []api.Route, page func(http.ResponseWriter, *http.Request, *api.Problem)) func(context.Context, request) (response, error) {
	var once sync.Once
	var handler http.Handler
	return func(ctx context.Context, in request) (response, error) {
		once.Do(func() {
			product := p.at(in.StageVariables["base"])
			edge := &api.Edge{
				App: product, Now: p.now, Log: p.log, ErrorPage: page, API: in.StageVariables["api"],
				Who: admitted(api.Doors(product.Keys, product.Sessions, p.now)),
			}
			handler = edge.Handler(own)
		})
		if auth := in.RequestContext.Authorizer; auth != nil && auth.Lambda != nil {
			ctx = context.WithValue(ctx, actorKey{}, texts(auth.Lambda))
		}
		req, err := newRequest(ctx, in)
		if err != nil {
			return response{}, err
		}
		return serveHTTP(handler, req), nil
	}
}

type actorKey struct{}

// admitted takes the word of the authorizer, which API Gateway asked before it
// let the request through, for whose API key came. Other doors are others' to
// answer.
func admitted(others func(*http.Request, api.Door) (access.Actor, error)) func(*http.Request, api.Door) (access.Actor, error) {
	return func(r *http.Request, door api.Door) (access.Actor, error) {
		if door != api.KeyDoor {
			return others(r, door)
		}
		who, _ := r.Context().Value(actorKey{}).(map[string]string)
		if actor, ok := api.ActorFrom(who); ok {
			return actor, nil
		}
		return access.Actor{}, fault.New(fault.Unauthenticated, "auth.missing", "Send an API key: Authorization: Bearer mp_….")
	}
}

// texts keeps what is text of an authorizer's context; that is all we put in.
func texts(m map[string]any) map[string]string {
	kept := make(map[string]string, len(m))
	for k, v := range m {
		if s, ok := v.(string); ok {
			kept[k] = s
		}
	}
	return kept
}
