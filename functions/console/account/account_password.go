package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// AccountPassword gives its reader a new password, and ends their sessions elsewhere.
var AccountPassword = api.Route{
	Name:    "console.account_password",
	Method:  http.MethodPost,
	Path:    "/account/password",
	Summary: "Change my password",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(accountPassword),
}

func accountPassword(ctx context.Context, c *api.Call, in accountFields) (api.Answer, error) {
	return withReader(ctx, c, func(ses session.Session, i *identity.Identity) (api.Answer, error) {
		err := c.Identities.ChangePassword(ctx, i.ID, in.Old, in.Password, c.Now)
		if page.Mine(err) {
			in.Name = i.Name
			return showAccount(ctx, c, ses, i, in, err)
		}
		if err != nil {
			return api.Answer{}, err
		}
		if err := c.Sessions.EndAll(ctx, i.ID, ses.ID); err != nil {
			return api.Answer{}, err
		}
		token, ses, err := c.Sessions.Renew(ctx, c.SessionToken(), false, c.Now)
		if err != nil {
			return api.Answer{}, err
		}
		a, err := page.Done(accountPath, "password-changed")
		return page.Keep(c, a, token, ses), err
	})
}
