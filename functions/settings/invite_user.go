package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/member"
)

// InviteUser asks a person to work here.
var InviteUser = api.Route{
	Name:    "settings.invite_user",
	Method:  http.MethodPost,
	Path:    "/v1/users",
	Summary: "Invite a user",
	About:   "They are sent a link that works for 7 days. Somebody who signs in to Motorpool already is a user at once, and is told so. You can give only what you hold: a role that may do no more than you, and no location beyond yours. Raises `user.invited`, and `user.activated` for who is a user at once.",
	Allow:   access.ManageUsers,
	Status:  http.StatusCreated,
	Faults:  []string{"user.email", "user.invalid", "user.exists", "user.role", "user.beyond", "user.location"},
	Handle:  rest.JSON(inviteUser),
}

type inviteUserInput struct {
	Body struct {
		Email           string   `json:"email" maxLength:"254" doc:"It cannot be changed later" example:"tom@harbourcitycars.example"`
		Name            string   `json:"name" minLength:"1" maxLength:"100" example:"Tom Okafor"`
		Role            string   `json:"role" doc:"rol_admin, or a role of the workspace" example:"rol_01k9x3v7q2m8r4t6w0y5z1a3b6"`
		Locations       []string `json:"locations,omitempty" maxItems:"50" doc:"The only locations they work at; empty: all"`
		DefaultLocation string   `json:"default_location,omitempty" doc:"Where they work unless they say otherwise"`
	}
}

func inviteUser(ctx context.Context, c *api.Call, in inviteUserInput) (userView, error) {
	b := in.Body
	m, err := c.Members.Invite(ctx, c.Actor, b.Email, member.Details{Name: b.Name, Role: b.Role, Locations: b.Locations, DefaultLocation: b.DefaultLocation}, c.Now)
	return viewUser(m), err
}
