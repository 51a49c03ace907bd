package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
	"motorpool/shared/identity"
)

// PhoneConfirm takes the first code of an app, and shows the recovery codes, once.
var PhoneConfirm = api.Route{
	Name:    "console.phone_confirm",
	Method:  http.MethodPost,
	Path:    "/account/phone/confirm",
	Summary: "Confirm an app",
	Door:    api.OpenDoor,
	Handle:  page(phoneConfirm),
}

type phoneCodeInput struct {
	Code string `form:"code"`
}

func phoneConfirm(ctx context.Context, c *api.Call, in phoneCodeInput) (api.Answer, error) {
	return withPerson(ctx, c, func(i *identity.Identity) (api.Answer, error) {
		codes, err := c.Identities.ConfirmPhone(ctx, i.ID, in.Code, c.Now)
		if err != nil {
			v := phoneDoor()
			v.Action = phonePath + "/confirm"
			return barred(v, err)
		}
		if err := c.Sessions.Strengthen(ctx, c.SessionToken(), c.Now); err != nil {
			return api.Answer{}, err
		}
		return show(phoneTemplate, phoneView{Recover: codes, doorView: doorView{
			Title: "Keep these codes", Text: "Each lets you in once when you have lost your phone. They are not shown again: print them, or put them into a password manager.",
			Links: []look.Link{{Text: "I have kept them", To: "/"}},
		}})
	})
}
