package console

import (
	"context"
	"net/http"
	"net/url"

	"motorpool/functions/console/look"
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

type signInConfirmInput struct {
	Token string `path:"token"`
}

type signInConfirmView struct {
	Title  string
	Action string
	Wrong  *look.Notice
}

var signInConfirmPage = look.Alone(files, "sign_in_confirm")

func signInConfirm(_ context.Context, _ *api.Call, in signInConfirmInput) (api.Answer, error) {
	return show(signInConfirmPage, signInConfirmView{Title: "Welcome", Action: "/sign-in/" + url.PathEscape(in.Token)})
}
