package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// UserCodes says whether whoever works here gives a code of their phone when they
// sign in.
var UserCodes = api.Route{
	Name:    "console.user_codes",
	Method:  http.MethodPost,
	Path:    "/settings/users/codes",
	Summary: "Ask users for codes of their phones, or stop",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(userCodes),
}

type userCodesInput struct {
	On string `form:"on"` // "true", or anything else
}

func userCodes(ctx context.Context, c *api.Call, in userCodesInput) (api.Answer, error) {
	on, did := in.On == "true", "codes-off"
	if on {
		did = "codes-on"
	}
	if _, err := c.Workspaces.Change(ctx, c.Actor, workspace.Changes{RequireMFA: &on}, 0, c.Now); err != nil {
		return page.Back(record.UsersPath, err)
	}
	return page.Done(record.UsersPath, did)
}
