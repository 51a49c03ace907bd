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

// UserSave changes a user, unless somebody else has meanwhile.
var UserSave = api.Route{
	Name:    "console.user_save",
	Method:  http.MethodPost,
	Path:    "/settings/users/{id}",
	Summary: "Change a user",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(userSave),
}

func userSave(ctx context.Context, c *api.Call, in userFields) (api.Answer, error) {
	_, err := c.Members.Edit(ctx, c.Actor, in.ID, in.describe, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.UserPath(in.ID), err)
	case page.Mine(err) || fault.CodeOf(err) == "user.beyond":
		m, lost := c.Members.Get(ctx, c.Actor, in.ID)
		if lost != nil {
			return api.Answer{}, lost
		}
		return editUserForm(ctx, c, m, in, "", err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.UserPath(in.ID), "user-saved")
}
