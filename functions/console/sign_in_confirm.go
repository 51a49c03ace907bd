package console

import (
	"context"
	"net/http"

	"motorpool/shared/api"
)

// SignInConfirm is where a sign-in link leads. It asks for a press of a button,
// because mail scanners open links too and a link works once.
var SignInConfirm = api.Route{
	Name:    "console.sign_in_confirm",
	Method:  http.MethodGet,
	Path:    "/sign-in/{token}",
	Summary: "Where a sign-in link leads",
	Door:    api.OpenDoor,
	Handle:  page(signInConfirm),
}

func signInConfirm(_ context.Context, _ *api.Call, in tokenInput) (api.Answer, error) {
	return show(doorPage, doorView{
		Title: "Welcome", Action: in.to("/sign-in/"), Button: "Sign in",
		Text: "Press the button to sign in on this device. You stay signed in until you have been away for 12 hours, for 30 days at most.",
	})
}
