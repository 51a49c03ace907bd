package lambda

import (
	"context"
	"log/slog"

	"github.com/aws/aws-lambda-go/events"

	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// checkKey says whose API key came with a request (payload format 2.0, simple
// responses). API Gateway remembers what it says for a minute, by the whole
// Authorization header; a refusal it answers with 403 by itself.
//
// Only an answer that is certain is given: while the table cannot be reached
// the call fails, so that nobody is refused, and that remembered, by accident.
func (p *product) checkKey(ctx context.Context, in events.APIGatewayV2CustomAuthorizerV2Request) (verdict, error) {
	r, err := newRequest(ctx, request{
		RawPath: in.RawPath, RawQueryString: in.RawQueryString, Headers: in.Headers,
		RequestContext: events.APIGatewayV2HTTPRequestContext{HTTP: in.RequestContext.HTTP},
	})
	if err != nil {
		return verdict{}, err
	}
	product := p.at("")
	actor, err := api.Doors(product.Keys, product.Sessions, p.now)(r, api.KeyDoor)
	switch {
	case err == nil:
		return verdict{Allowed: true, Context: api.ActorContext(actor)}, nil
	case fault.KindOf(err) == fault.Unauthenticated:
		p.log.LogAttrs(ctx, slog.LevelInfo, "refused", slog.String("code", fault.CodeOf(err)), slog.String("request", in.RequestContext.RequestID))
		return verdict{}, nil
	default:
		p.log.LogAttrs(ctx, slog.LevelError, "cannot tell", slog.String("error", err.Error()), slog.String("request", in.RequestContext.RequestID))
		return verdict{}, err
	}
}

// verdict is a simple response of a Lambda authorizer.
type verdict struct {
	Allowed bool              `json:"isAuthorized"`
	Context map[string]string `json:"context,omitempty"`
}
