package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/identity"
)

// SignInConfirm is where a sign-in link leads. It asks for a press of a button,
// because mail scanners open links too and a link works once, and says as whom, so
// that nobody is lured into somebody else's account.
var SignInConfirm = api.Route{
	Name:    "console.sign_in_confirm",
	Method:  http.MethodGet,
	Path:    "/sign-in/{token}",
	Summary: "Where a sign-in link leads",
	Door:    api.OpenDoor,
	Handle:  page.Handler(signInConfirm),
}

func signInConfirm(ctx context.Context, c *api.Call, in tokenInput) (api.Answer, error) {
	l, err := c.Identities.Look(ctx, identity.SignIn, in.Token, c.Now)
	if fault.KindOf(err) == fault.Unauthenticated {
		return spentLink("It has been used already, or it is older than 60 minutes. Ask for a new one.")
	}
	if err != nil {
		return api.Answer{}, err
	}
	i, err := c.Identities.Load(ctx, l.Identity)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(doorPage, doorView{
		Title: "Welcome", Action: in.to("/sign-in/"), Button: "Sign in",
		Text: "You sign in as " + i.Email + ". Press the button to sign in on this device. You stay signed in until you have been away for 12 hours, for 30 days at most.",
	})
}
