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

func getUser(ctx context.Context, c *api.Call, in getUserInput) (seenView, error) {
	m, err := c.Members.Get(ctx, c.Actor, in.ID)
	if err != nil {
		return seenView{}, err
	}
	seen, err := c.Members.LastSeen(ctx, c.Actor.Workspace)
	return seenView{m.Object(), seen[m.ID]}, err
}
