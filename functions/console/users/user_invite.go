package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(userInvite),
}

func userInvite(ctx context.Context, c *api.Call, in userFields) (api.Answer, error) {
	m, err := c.Members.Invite(ctx, c.Actor, in.Email, in.details(), c.Now)
	if page.Mine(err) || fault.CodeOf(err) == "user.beyond" {
		return newUserForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.UserPath(m.ID), "user-invited")
}
