package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// AccountPage shows people what is theirs in every workspace: their name, how they sign in, and
// where they are signed in.
var AccountPage = api.Route{
	Name:    "console.account_page",
	Method:  http.MethodGet,
	Path:    "/account",
	Summary: "My account",
	Door:    api.OpenDoor,
	Handle:  page.Handler(accountPage),
}

func accountPage(ctx context.Context, c *api.Call, in accountFields) (api.Answer, error) {
	return withReader(ctx, c, func(ses session.Session, i *identity.Identity) (api.Answer, error) {
		in.Name = i.Name
		return showAccount(ctx, c, ses, i, in, nil)
	})
}
