package console

import (
	"context"
	"net/http"

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
	Handle:  page(accountPassword),
}

func accountPassword(ctx context.Context, c *api.Call, in accountFields) (api.Answer, error) {
	return withReader(ctx, c, func(ses session.Session, i *identity.Identity) (api.Answer, error) {
		err := c.Identities.ChangePassword(ctx, i.ID, in.Old, in.Password, c.Now)
		if mine(err) {
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
		a, err := done(accountPath, "password-changed")
		return keep(c, a, token, ses), err
	})
}
