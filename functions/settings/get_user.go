package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetUser shows one user.
var GetUser = api.Route{
	Name:    "settings.get_user",
	Method:  http.MethodGet,
	Path:    "/v1/users/{id}",
	Summary: "Get a user",
	Allow:   access.ViewUsers,
	Faults:  []string{"user.not_found"},
	Handle:  rest.JSON(getUser),
}

type getUserInput struct {
	ID string `path:"id"`
}

func getUser(ctx context.Context, c *api.Call, in getUserInput) (userView, error) {
	m, err := c.Members.Get(ctx, c.Actor, in.ID)
	return viewUser(m), err
}
