package console

import (
	"context"
	"net/http"

	"motorpool/shared/api"
	"motorpool/shared/identity"
)

// PhoneCode takes a code from somebody who signed in without one.
var PhoneCode = api.Route{
	Name:    "console.phone_code",
	Method:  http.MethodPost,
	Path:    "/account/phone/code",
	Summary: "Give a code",
	Door:    api.OpenDoor,
	Handle:  page(phoneCode),
}

func phoneCode(ctx context.Context, c *api.Call, in phoneCodeInput) (api.Answer, error) {
	return withPerson(ctx, c, func(i *identity.Identity) (api.Answer, error) {
		if err := c.Identities.Code(ctx, i.ID, in.Code, c.Now); err != nil {
			return barred(phoneDoor(), err)
		}
		return api.Redirect("/"), c.Sessions.Strengthen(ctx, c.SessionToken(), c.Now)
	})
}
