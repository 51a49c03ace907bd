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

// PhonePage asks for a code, or offers to set up an app that makes them. A workspace
// that wants codes sends people here.
var PhonePage = api.Route{
	Name:    "console.phone_page",
	Method:  http.MethodGet,
	Path:    "/account/phone",
	Summary: "Codes of a phone",
	Door:    api.OpenDoor,
	Handle:  page.Handler(phonePage),
}

type phoneView struct {
	doorView
	Code    *look.QR
	Secret  string   // for typing in
	Recover []string // shown once
}

var phoneTemplate = look.Alone(files, "phone_page")

func phonePage(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return withReader(ctx, c, func(_ session.Session, i *identity.Identity) (api.Answer, error) {
		if i.NeedsCode() {
			return page.Show(doorPage, phoneDoor())
		}
		return page.Show(doorPage, doorView{
			Title: "Protect your account", Button: "Set up an app", Action: page.PhonePath,
			Text:  "An app on your phone makes a code every 30 seconds, and you give one when you sign in. Any app for one-time codes will do. Some workspaces ask for it.",
			Links: []look.Link{{Text: "Choose a workspace", To: page.WorkspacesPath}},
		})
	})
}

func phoneDoor() doorView {
	v := codeDoor("")
	v.Title, v.Action, v.Button, v.Hidden = "Give a code", page.PhonePath+"/code", "Continue", nil
	v.Links = []look.Link{{Text: "Choose a workspace", To: page.WorkspacesPath}}
	return v
}
