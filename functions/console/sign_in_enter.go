package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/session"
)

// SignInEnter exchanges a link for a session.
var SignInEnter = api.Route{
	Name:    "console.sign_in_enter",
	Method:  http.MethodPost,
	Path:    "/sign-in/{token}",
	Summary: "Sign in with a link",
	Door:    api.OpenDoor,
	Handle:  page(signInEnter),
}

func signInEnter(ctx context.Context, c *api.Call, in signInConfirmInput) (api.Answer, error) {
	token, ses, err := c.Sessions.SignIn(ctx, in.Token, c.Now)
	if fault.KindOf(err) == fault.Unauthenticated {
		a, err := show(signInConfirmPage, signInConfirmView{Title: "This link works no more", Wrong: &look.Notice{
			Tone: "warn", Text: "It has been used already, or it is older than 60 minutes. Ask for a new one.",
		}})
		return a.Status(http.StatusUnauthorized), err
	}
	if err != nil {
		return api.Answer{}, err
	}
	return api.Redirect("/").With("Set-Cookie", c.SessionCookie(token, ses.Created.Add(session.Longest))), nil
}
