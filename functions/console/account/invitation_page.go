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

// InvitationPage is where an invitation leads. Looking at it uses nothing up.
var InvitationPage = api.Route{
	Name:    "console.invitation_page",
	Method:  http.MethodGet,
	Path:    "/invitation/{token}",
	Summary: "An invitation",
	Door:    api.OpenDoor,
	Handle:  page.Handler(invitationPage),
}

func invitationPage(ctx context.Context, c *api.Call, in tokenInput) (api.Answer, error) {
	v, err := in.invitationDoor(ctx, c)
	if fault.KindOf(err) == fault.Unauthenticated {
		return spentLink("It has been used already, replaced by a newer one, or it is older than 7 days. Ask whoever invited you.")
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(doorPage, v)
}

func (in tokenInput) invitationDoor(ctx context.Context, c *api.Call) (doorView, error) {
	l, err := c.Identities.Look(ctx, identity.Invite, in.Token, c.Now)
	if err != nil {
		return doorView{}, err
	}
	w, err := c.Workspaces.Get(ctx, l.Workspace)
	if err != nil {
		return doorView{}, err
	}
	i, err := c.Identities.Load(ctx, l.Identity)
	if err != nil {
		return doorView{}, err
	}
	v := doorView{Title: "Join " + w.Name, Text: "You were invited as " + i.Email + ".", Action: in.to("/invitation/"), Button: "Join"}
	if !i.HasPassword() {
		v.Text += " Choose a password to sign in with."
		v.Fields = []look.Field{page.NewField}
	}
	return v, nil
}
