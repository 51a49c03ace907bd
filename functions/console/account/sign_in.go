package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// SignIn asks for an address and a password.
var SignIn = api.Route{
	Name:    "console.sign_in",
	Method:  http.MethodGet,
	Path:    "/sign-in",
	Summary: "Sign in",
	Door:    api.OpenDoor,
	Handle:  page.Handler(signIn),
}

type signInInput struct {
	Did string `query:"did"`
}

func signIn(_ context.Context, _ *api.Call, in signInInput) (api.Answer, error) {
	v := passwordDoor("")
	if in.Did == "signed-out" {
		v.Did = page.Said["signed-out"]
	}
	return page.Show(doorPage, v)
}

func passwordDoor(email string) doorView {
	address := page.EmailField
	address.Value = email
	return doorView{
		Title: "Sign in", Action: "/sign-in", Button: "Sign in",
		Fields: []look.Field{address, {Name: "password", Label: "Password", Type: "password", Required: true, Max: 200, Complete: "current-password"}},
		Links:  []look.Link{{Text: "Have a sign-in link sent", To: "/sign-in/link"}, {Text: "Forgotten your password?", To: "/forgotten"}},
	}
}
