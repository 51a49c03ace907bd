package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// SignInPassword exchanges an address and a password for a session, or for the question for a code.
var SignInPassword = api.Route{
	Name:    "console.sign_in_password",
	Method:  http.MethodPost,
	Path:    "/sign-in",
	Summary: "Sign in with a password",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(signInPassword),
}

type signInPasswordInput struct {
	Email    string `form:"email"`
	Password string `form:"password"`
}

func signInPassword(ctx context.Context, c *api.Call, in signInPasswordInput) (api.Answer, error) {
	step, err := c.Sessions.Password(ctx, in.Email, in.Password, browser(c), c.Now)
	if err != nil {
		return barred(passwordDoor(in.Email), err)
	}
	return welcome(ctx, c, step)
}
