package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
)

// SignInLinkSend has a link sent. The answer is the same for every address.
var SignInLinkSend = api.Route{
	Name:    "console.sign_in_link_send",
	Method:  http.MethodPost,
	Path:    "/sign-in/link",
	Summary: "Send a link",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(signInLinkSend),
}

type signInLinkInput struct {
	Email string `form:"email"`
}

func signInLinkSend(ctx context.Context, c *api.Call, in signInLinkInput) (api.Answer, error) {
	if err := c.Identities.Ask(ctx, identity.SignIn, in.Email, c.Now); err != nil {
		return barred(signInLinkDoor(), err)
	}
	return page.Show(doorPage, doorView{
		Title: "Look into your inbox", Text: "If somebody signs in with this address, a link is on its way to it.",
		Links: []look.Link{{Text: "Back to signing in", To: "/sign-in"}},
	})
}
