package webhooks

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/webhook"
)

// RotateSecret makes a new signing secret. The one before signs along for a while.
var RotateSecret = api.Route{
	Name:    "webhooks.rotate_secret",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints/{id}/rotate-secret",
	Summary: "Rotate the signing secret",
	About:   "The secret before stays valid for the overlap, 24 hours unless told otherwise; until then each request carries both signatures, the newest first. An overlap of 0 ends all secrets before at once. Raises `webhook_endpoint.secret_rotated`.",
	Allow:   access.RevealSecrets,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.overlap", "webhook.too_many_secrets"},
	Handle:  rest.JSON(rotateSecret),
}

type rotateSecretInput struct {
	ID   string `path:"id" maxLength:"40"`
	Body *rotateSecretBody
}

type rotateSecretBody struct {
	OverlapSeconds *int64 `json:"overlap_seconds,omitempty" minimum:"0" maximum:"604800" doc:"How long the secret before signs along; 86400 unless told otherwise" example:"86400"`
}

func rotateSecret(ctx context.Context, c *api.Call, in rotateSecretInput) (secretsView, error) {
	overlap := webhook.DefaultOverlap
	if in.Body != nil && in.Body.OverlapSeconds != nil {
		overlap = time.Duration(*in.Body.OverlapSeconds) * time.Second
	}
	e, ring, err := c.Webhooks.RotateSecret(ctx, c.Actor, in.ID, overlap, c.Now)
	if err != nil {
		return secretsView{}, err
	}
	return secretsViewOf(e, ring.Live(c.Now)), nil
}
