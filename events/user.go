package events

import "time"

// User is somebody's membership of a workspace, as the outside sees it. Where
// else that person works is not in it.
type User struct {
	ID              string    `json:"id" doc:"The person's identifier" example:"usr_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Email           string    `json:"email" example:"mia@harbourcitycars.example"`
	Name            string    `json:"name" example:"Mia Chen"`
	State           string    `json:"state" enum:"invited,active,disabled"`
	Role            string    `json:"role" doc:"What they may do: rol_admin, or a role of the workspace" example:"rol_01k9x3v7q2m8r4t6w0y5z1a3b6"`
	Locations       []string  `json:"locations" nullable:"false" doc:"The only locations they work at; empty: all" example:"[\"loc_01k9x3v7q2m8r4t6w0y5z1a3b7\"]"`
	DefaultLocation string    `json:"default_location,omitempty" doc:"Where they work unless they say otherwise" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3b7"`
	InvitedAt       time.Time `json:"invited_at" doc:"When the latest invitation was sent"`
	ActivatedAt     time.Time `json:"activated_at,omitzero" doc:"Absent: not yet"`
	DisabledAt      time.Time `json:"disabled_at,omitzero" doc:"Absent: not disabled"`
	CreatedAt       time.Time `json:"created_at"`
	UpdatedAt       time.Time `json:"updated_at"`
	Version         int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (u User) link() Link { return Link{ID: u.ID, Type: "user", URL: "/v1/users/" + u.ID} }
