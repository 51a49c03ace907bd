package settings

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/apikey"
)

// CreateKey makes an API key. The key is in this answer and in no later one.
var CreateKey = api.Route{
	Name:    "settings.create_key",
	Method:  http.MethodPost,
	Path:    "/v1/api-keys",
	Summary: "Create an API key",
	About:   "The key itself is in this answer and in no later one: keep it now. A key can do no more than whoever makes it.",
	Allow:   access.ManageKeys,
	Status:  http.StatusCreated,
	Faults:  []string{"key.invalid", "key.beyond"},
	Handle:  rest.JSON(createKey),
}

type createKeyInput struct {
	Body struct {
		Name      string         `json:"name" minLength:"1" maxLength:"100" doc:"What you will recognise it by" example:"Accounting export"`
		Scopes    []access.Grant `json:"scopes,omitempty" maxItems:"50" doc:"What the key may do; empty means everything. GET /v1/me lists what you can give" example:"[\"assets.view\"]"`
		ExpiresAt time.Time      `json:"expires_at,omitzero" doc:"When the key ends; leave it out for a key that does not" example:"2027-03-01T00:00:00Z"`
	}
}

type createKeyOutput struct {
	keyView
	Key string `json:"key" doc:"The key. It is not shown again" example:"mp_live_7h2kq9w4m1x8c5v3b6n0p2r4t6"`
}

func createKey(ctx context.Context, c *api.Call, in createKeyInput) (createKeyOutput, error) {
	k, plain, err := c.Keys.Create(ctx, c.Actor, apikey.Request(in.Body), c.Now)
	if err != nil {
		return createKeyOutput{}, err
	}
	return createKeyOutput{viewKey(k, c.Now), plain}, nil
}
