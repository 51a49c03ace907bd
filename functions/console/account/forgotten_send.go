package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
)

// ForgottenSend has a link sent. The answer is the same for every address.
var ForgottenSend = api.Route{
	Name:    "console.forgotten_send",
	Method:  http.MethodPost,
	Path:    "/forgotten",
	Summary: "Send a link",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(forgottenSend),
}

type forgottenInput struct {
	Email string `form:"email"`
}

func forgottenSend(ctx context.Context, c *api.Call, in forgottenInput) (api.Answer, error) {
	if err := c.Identities.Ask(ctx, identity.Reset, in.Email, c.Now); err != nil {
		return barred(forgottenDoor(), err)
	}
	return page.Show(doorPage, doorView{
		Title: "Look into your inbox", Text: "If somebody signs in with this address, a link is on its way to it.",
		Links: []look.Link{{Text: "Back to signing in", To: "/sign-in"}},
	})
}
