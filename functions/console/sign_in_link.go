package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
)

// SignInLink asks for the address to which a link is sent.
var SignInLink = api.Route{
	Name:    "console.sign_in_link",
	Method:  http.MethodGet,
	Path:    "/sign-in/link",
	Summary: "Have a sign-in link sent",
	Door:    api.OpenDoor,
	Handle:  page(signInLink),
}

func signInLink(_ context.Context, _ *api.Call, _ struct{}) (api.Answer, error) {
	return show(doorPage, signInLinkDoor())
}

func signInLinkDoor() doorView {
	return doorView{
		Title: "Have a sign-in link sent", Text: "We send you a link that signs you in, once, within 60 minutes.",
		Fields: []look.Field{emailField}, Action: "/sign-in/link", Button: "Send the link", Links: []look.Link{{Text: "Back to signing in", To: "/sign-in"}},
	}
}
