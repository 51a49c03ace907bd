package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// Reset sets a new password and signs in.
var Reset = api.Route{
	Name:    "console.reset",
	Method:  http.MethodPost,
	Path:    "/reset/{token}",
	Summary: "Set a new password",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(reset),
}

func reset(ctx context.Context, c *api.Call, in tokenInput) (api.Answer, error) {
	step, err := c.Sessions.Reset(ctx, in.Token, in.Password, browser(c), c.Now)
	if fault.CodeOf(err) == "auth.link" {
		return spentLink("It has been used already, or it is older than 60 minutes. Ask for a new one.")
	}
	if err != nil {
		return barred(in.resetDoor(), err)
	}
	return welcome(ctx, c, step)
}
