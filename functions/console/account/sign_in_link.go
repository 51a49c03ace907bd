package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// SignInLink asks for the address to which a link is sent.
var SignInLink = api.Route{
	Name:    "console.sign_in_link",
	Method:  http.MethodGet,
	Path:    "/sign-in/link",
	Summary: "Have a sign-in link sent",
	Door:    api.OpenDoor,
	Handle:  page.Handler(signInLink),
}

func signInLink(_ context.Context, _ *api.Call, _ struct{}) (api.Answer, error) {
	return page.Show(doorPage, signInLinkDoor())
}

func signInLinkDoor() doorView {
	return doorView{
		Title: "Have a sign-in link sent", Text: "We send you a link that signs you in, once, within 60 minutes.",
		Fields: []look.Field{page.EmailField}, Action: "/sign-in/link", Button: "Send the link", Links: []look.Link{{Text: "Back to signing in", To: "/sign-in"}},
	}
}
