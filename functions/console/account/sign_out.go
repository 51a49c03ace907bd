package account

import (
	"context"
	"net/http"
	"time"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// SignOut ends the session that the browser carries.
var SignOut = api.Route{
	Name:    "console.sign_out",
	Method:  http.MethodPost,
	Path:    "/sign-out",
	Summary: "Sign out",
	Door:    api.OpenDoor,
	Handle:  page.Handler(signOut),
}

func signOut(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	if err := c.Sessions.SignOut(ctx, c.SessionToken()); err != nil {
		return api.Answer{}, err
	}
	return api.Redirect("/sign-in?did=signed-out").With("Set-Cookie", c.SessionCookie("", time.Time{})), nil
}
