package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// SignInEnter exchanges a link for a session, or for the question for a code.
var SignInEnter = api.Route{
	Name:    "console.sign_in_enter",
	Method:  http.MethodPost,
	Path:    "/sign-in/{token}",
	Summary: "Sign in with a link",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(signInEnter),
}

func signInEnter(ctx context.Context, c *api.Call, in tokenInput) (api.Answer, error) {
	step, err := c.Sessions.SignIn(ctx, in.Token, browser(c), c.Now)
	if fault.KindOf(err) == fault.Unauthenticated {
		return spentLink("It has been used already, or it is older than 60 minutes. Ask for a new one.")
	}
	if err != nil {
		return api.Answer{}, err
	}
	return welcome(ctx, c, step)
}
