package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// Forgotten asks for the address to which a link is sent.
var Forgotten = api.Route{
	Name:    "console.forgotten",
	Method:  http.MethodGet,
	Path:    "/forgotten",
	Summary: "Forgotten your password?",
	Door:    api.OpenDoor,
	Handle:  page.Handler(forgotten),
}

func forgotten(_ context.Context, _ *api.Call, _ struct{}) (api.Answer, error) {
	return page.Show(doorPage, forgottenDoor())
}

func forgottenDoor() doorView {
	return doorView{
		Title: "Forgotten your password?", Text: "We send you a link with which you can set a new one, within 60 minutes.",
		Fields: []look.Field{page.EmailField}, Action: "/forgotten", Button: "Send the link", Links: []look.Link{{Text: "Back to signing in", To: "/sign-in"}},
	}
}
