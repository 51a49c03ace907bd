package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// PhoneRemove makes codes unnecessary again, for one last code.
var PhoneRemove = api.Route{
	Name:    "console.phone_remove",
	Method:  http.MethodPost,
	Path:    "/account/phone/remove",
	Summary: "Remove the app that makes codes",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(phoneRemove),
}

func phoneRemove(ctx context.Context, c *api.Call, in accountFields) (api.Answer, error) {
	return withReader(ctx, c, func(ses session.Session, i *identity.Identity) (api.Answer, error) {
		err := inForm(c.Identities.RemovePhone(ctx, i.ID, in.Code, c.Now), "code")
		if page.Mine(err) {
			in.Name = i.Name
			return showAccount(ctx, c, ses, i, in, err)
		}
		if err != nil {
			return api.Answer{}, err
		}
		return page.Done(accountPath, "phone-removed")
	})
}
