package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// PhoneCode takes a code from somebody who signed in without one.
var PhoneCode = api.Route{
	Name:    "console.phone_code",
	Method:  http.MethodPost,
	Path:    "/account/phone/code",
	Summary: "Give a code",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(phoneCode),
}

func phoneCode(ctx context.Context, c *api.Call, in phoneCodeInput) (api.Answer, error) {
	return withReader(ctx, c, func(_ session.Session, i *identity.Identity) (api.Answer, error) {
		if err := c.Identities.Code(ctx, i.ID, in.Code, c.Now); err != nil {
			return barred(phoneDoor(), err)
		}
		return stronger(ctx, c, api.Redirect("/"))
	})
}
