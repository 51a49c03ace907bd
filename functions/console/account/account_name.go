package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// AccountName changes what people call their reader, in every workspace that lives here.
var AccountName = api.Route{
	Name:    "console.account_name",
	Method:  http.MethodPost,
	Path:    "/account/name",
	Summary: "Change my name",
	Door:    api.OpenDoor,
	Handle:  page.Handler(accountName),
}

func accountName(ctx context.Context, c *api.Call, in accountFields) (api.Answer, error) {
	return withReader(ctx, c, func(ses session.Session, i *identity.Identity) (api.Answer, error) {
		err := c.Identities.Rename(ctx, i.ID, page.Trim(in.Name))
		if page.Mine(err) {
			return showAccount(ctx, c, ses, i, in, err)
		}
		if err != nil {
			return api.Answer{}, err
		}
		places, err := c.Sessions.Places(ctx, ses)
		if err != nil {
			return api.Answer{}, err
		}
		for _, p := range places {
			err := c.Workspaces.Here(ctx, p.Workspace)
			if err == nil {
				_, err = c.Members.Rename(ctx, p, page.Trim(in.Name), c.Now)
			}
			if err != nil && fault.CodeOf(err) != "workspace.left" { // one that has moved away keeps the name of before
				return api.Answer{}, err
			}
		}
		return page.Done(accountPath, "name-saved")
	})
}
