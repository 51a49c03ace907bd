package page

import (
	"context"

	"motorpool/shared/api"
	"motorpool/shared/session"
)

// Keep has the browser keep a session's token.
func Keep(c *api.Call, a api.Answer, token string, ses session.Session) api.Answer {
	return a.With("Set-Cookie", c.SessionCookie(token, ses.Created.Add(session.Longest)))
}

// WorkspacesPath is where somebody is sent who has not chosen a workspace.
const WorkspacesPath = "/workspaces"

// PhonePath is where somebody is sent who has to give a code of their phone.
const PhonePath = "/account/phone"

// Session is the session of whoever asks, in a workspace or not.
func Session(ctx context.Context, c *api.Call) (session.Session, error) {
	return c.Sessions.Who(ctx, c.SessionToken(), c.Now)
}
