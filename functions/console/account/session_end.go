package account

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

// SessionEnd ends one session of its reader.
var SessionEnd = api.Route{
	Name:    "console.session_end",
	Method:  http.MethodPost,
	Path:    "/account/sessions/{id}/end",
	Summary: "Sign out one browser",
	Door:    api.OpenDoor,
	Handle:  page.Handler(sessionEnd),
}

type sessionEndInput struct {
	ID string `path:"id"`
}

func sessionEnd(ctx context.Context, c *api.Call, in sessionEndInput) (api.Answer, error) {
	return withReader(ctx, c, func(ses session.Session, _ *identity.Identity) (api.Answer, error) {
		if err := c.Sessions.End(ctx, ses.Identity, in.ID); err != nil {
			return page.Back(accountPath, err)
		}
		return page.Done(accountPath, "session-ended")
	})
}
