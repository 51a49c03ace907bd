package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// SessionEndAll ends every session of its reader but the one they ask in.
var SessionEndAll = api.Route{
	Name:    "console.session_end_all",
	Method:  http.MethodPost,
	Path:    "/account/sessions/end",
	Summary: "Sign out everywhere else",
	Door:    api.OpenDoor,
	Handle:  page.Handler(sessionEndAll),
}

func sessionEndAll(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return withReader(ctx, c, func(ses session.Session, _ *identity.Identity) (api.Answer, error) {
		if err := c.Sessions.EndAll(ctx, ses.Identity, ses.ID); err != nil {
			return api.Answer{}, err
		}
		return page.Done(accountPath, "sessions-ended")
	})
}
