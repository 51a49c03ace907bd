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

// PhoneBegin shows what an app has to be told. It counts once a code has been given.
var PhoneBegin = api.Route{
	Name:    "console.phone_begin",
	Method:  http.MethodPost,
	Path:    "/account/phone",
	Summary: "Set up an app",
	Door:    api.OpenDoor,
	Handle:  page.Handler(phoneBegin),
}

func phoneBegin(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return withReader(ctx, c, func(_ session.Session, i *identity.Identity) (api.Answer, error) {
		e, err := c.Identities.BeginPhone(ctx, i.ID, "Motorpool")
		if err != nil {
			return api.Answer{}, err
		}
		code, err := look.CodeOf(e.URL, "Code for your app")
		if err != nil {
			return api.Answer{}, err
		}
		v := phoneView{doorView: codeDoor(""), Code: &code, Secret: e.Secret}
		v.Title, v.Text, v.Hidden = "Set up an app", "Scan this code with the app, or type the text below it. Then give the code that the app shows.", nil
		v.Action, v.Button, v.Links = page.PhonePath+"/confirm", "Confirm", []look.Link{{Text: "Cancel", To: "/"}}
		return page.Show(phoneTemplate, v)
	})
}
