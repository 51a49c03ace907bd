package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
)

// SignIn explains how to get in.
var SignIn = api.Route{
	Name:    "console.sign_in",
	Method:  http.MethodGet,
	Path:    "/sign-in",
	Summary: "How to sign in",
	Door:    api.OpenDoor,
	Handle:  page(signIn),
}

type signInInput struct {
	Did string `query:"did"`
}

type signInView struct {
	Title string
	Out   bool // who just signed out is told so
}

var signInPage = look.Alone(files, "sign_in")

func signIn(_ context.Context, _ *api.Call, in signInInput) (api.Answer, error) {
	return show(signInPage, signInView{"Sign in", in.Did == "signed-out"})
}
