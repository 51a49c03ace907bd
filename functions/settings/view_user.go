package settings

import (
	"context"
	"time"

	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/member"
)

// userByID is the input of a route that does one thing to a user.
type userByID struct {
	ID string `path:"id"`
	api.IfMatch
}

// userView is a user as answers show it: the object of its events.
type userView struct{ events.User }

// seenView is a user with when they were last at work here.
type seenView struct {
	events.User
	LastSeen time.Time `json:"last_seen_at,omitzero" doc:"When they last did something in this workspace, to five minutes; absent: never" example:"2026-03-01T08:55:00Z"`
}

// ETagVersion makes the ETag.
func (v seenView) ETagVersion() int64 { return v.Version }

// ETagVersion makes the ETag.
func (v userView) ETagVersion() int64 { return v.Version }

func viewUser(m *member.Member) userView {
	if m == nil {
		return userView{}
	}
	return userView{m.Object()}
}

// roleView is a role as answers show it: the object of its events, and how many
// hold it.
type roleView struct {
	events.Role
	Users int `json:"users" doc:"How many hold it, disabled and invited ones too" example:"3"`
}

// ETagVersion makes the ETag.
func (v roleView) ETagVersion() int64 { return v.Version }

func viewRole(ctx context.Context, c *api.Call, r *member.Role, err error) (roleView, error) {
	if err != nil {
		return roleView{}, err
	}
	n, err := c.Members.Holders(ctx, c.Actor.Workspace, r.ID)
	return roleView{r.Object(), n}, err
}
