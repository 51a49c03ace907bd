package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/identity"
)

// ResetPage is where a link for a new password leads.
var ResetPage = api.Route{
	Name:    "console.reset_page",
	Method:  http.MethodGet,
	Path:    "/reset/{token}",
	Summary: "Set a new password",
	Door:    api.OpenDoor,
	Handle:  page.Handler(resetPage),
}

func resetPage(ctx context.Context, c *api.Call, in tokenInput) (api.Answer, error) {
	if _, err := c.Identities.Look(ctx, identity.Reset, in.Token, c.Now); fault.KindOf(err) == fault.Unauthenticated {
		return spentLink("It has been used already, or it is older than 60 minutes. Ask for a new one.")
	} else if err != nil {
		return api.Answer{}, err
	}
	return page.Show(doorPage, in.resetDoor())
}

func (in tokenInput) resetDoor() doorView {
	return doorView{
		Title: "Set a new password", Text: "You will be signed out everywhere else.",
		Fields: []look.Field{page.NewField}, Action: in.to("/reset/"), Button: "Set password",
	}
}
