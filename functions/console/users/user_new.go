package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// UserNew asks whom to invite, and what they may do.
var UserNew = api.Route{
	Name:    "console.user_new",
	Method:  http.MethodGet,
	Path:    "/settings/users/new",
	Summary: "The form that invites a user",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(userNew),
}

func userNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return newUserForm(ctx, c, userFields{}, nil)
}

func newUserForm(ctx context.Context, c *api.Call, in userFields, because error) (api.Answer, error) {
	in.ID = ""
	v, err := in.form(ctx, c, look.Frame{
		Title: "Invite a user", Section: "users", Crumbs: []look.Link{toUsers},
		Lead: "They are sent a link that works for 7 days. Who signs in to Motorpool already works here at once, and is told so.",
	}, because)
	if err != nil {
		return api.Answer{}, err
	}
	v.Action, v.Do = record.UsersPath, "Send invitation"
	if because != nil {
		return page.Again(userFormPage, v)
	}
	return page.Show(userFormPage, v)
}
