package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// SignInCode takes the code of a phone after a password or a link.
var SignInCode = api.Route{
	Name:    "console.sign_in_code",
	Method:  http.MethodPost,
	Path:    "/sign-in/code",
	Summary: "Sign in with a code",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(signInCode),
}

type signInCodeInput struct {
	Ticket string `form:"ticket"`
	Code   string `form:"code"`
}

func signInCode(ctx context.Context, c *api.Call, in signInCodeInput) (api.Answer, error) {
	step, err := c.Sessions.Code(ctx, in.Ticket, in.Code, browser(c), c.Now)
	switch {
	case fault.CodeOf(err) == "auth.link":
		return spentLink("It took too long. Begin anew.")
	case err != nil:
		return barred(codeDoor(in.Ticket), err)
	}
	return welcome(ctx, c, step)
}
