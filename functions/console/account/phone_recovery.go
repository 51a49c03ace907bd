package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// PhoneRecovery shows new recovery codes, once; those of before work no more.
var PhoneRecovery = api.Route{
	Name:    "console.phone_recovery",
	Method:  http.MethodPost,
	Path:    "/account/phone/recovery",
	Summary: "Make new recovery codes",
	Door:    api.OpenDoor,
	Attempt: true,
	Handle:  page.Handler(phoneRecovery),
}

func phoneRecovery(ctx context.Context, c *api.Call, in accountFields) (api.Answer, error) {
	return withReader(ctx, c, func(ses session.Session, i *identity.Identity) (api.Answer, error) {
		codes, err := c.Identities.RenewRecovery(ctx, i.ID, in.Code, c.Now)
		if err = inForm(err, "code"); page.Mine(err) {
			in.Name = i.Name
			return showAccount(ctx, c, ses, i, in, err)
		}
		if err != nil {
			return api.Answer{}, err
		}
		return keepCodes(codes)
	})
}
