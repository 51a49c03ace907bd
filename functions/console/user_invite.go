package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// UserInvite asks a person to work here.
var UserInvite = api.Route{
	Name:    "console.user_invite",
	Method:  http.MethodPost,
	Path:    "/settings/users",
	Summary: "Invite a user",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page(userInvite),
}

func userInvite(ctx context.Context, c *api.Call, in userFields) (api.Answer, error) {
	m, err := c.Members.Invite(ctx, c.Actor, in.Email, in.details(), c.Now)
	if mine(err) || fault.CodeOf(err) == "user.beyond" {
		return newUserForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return done(userPath(m.ID), "user-invited")
}
