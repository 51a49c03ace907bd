package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// PhoneConfirm takes the first code of an app, and shows the recovery codes, once.
var PhoneConfirm = api.Route{
	Name:    "console.phone_confirm",
	Method:  http.MethodPost,
	Path:    "/account/phone/confirm",
	Summary: "Confirm an app",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(phoneConfirm),
}

type phoneCodeInput struct {
	Code string `form:"code"`
}

func phoneConfirm(ctx context.Context, c *api.Call, in phoneCodeInput) (api.Answer, error) {
	return withReader(ctx, c, func(_ session.Session, i *identity.Identity) (api.Answer, error) {
		codes, err := c.Identities.ConfirmPhone(ctx, i.ID, in.Code, c.Now)
		if err != nil {
			v := phoneDoor()
			v.Action = page.PhonePath + "/confirm"
			return barred(v, err)
		}
		a, err := keepCodes(codes)
		if err != nil {
			return api.Answer{}, err
		}
		return stronger(ctx, c, a)
	})
}

// keepCodes shows recovery codes, this once.
func keepCodes(codes []string) (api.Answer, error) {
	return page.Show(phoneTemplate, phoneView{Recover: codes, doorView: doorView{
		Title: "Keep these codes", Text: "Each lets you in once when you have lost your phone. They are not shown again: print them, or put them into a password manager.",
		Links: []look.Link{{Text: "I have kept them", To: "/"}},
	}})
}
