package events

import "time"

// Role is a set of permissions that users hold together, as the outside sees it.
type Role struct {
	ID          string    `json:"id" doc:"The role's identifier" example:"rol_01k9x3v7q2m8r4t6w0y5z1a3b6"`
	Name        string    `json:"name" doc:"No other role has it" example:"Customer success"`
	Description string    `json:"description,omitempty"`
	Grants      []string  `json:"grants" nullable:"false" doc:"What its holders may do, sorted" example:"[\"assets.view\",\"people.view\"]"`
	BuiltIn     bool      `json:"built_in" doc:"Motorpool's own: Admin, who may do everything. It cannot be changed"`
	CreatedAt   time.Time `json:"created_at,omitzero" doc:"Absent for a built-in role"`
	UpdatedAt   time.Time `json:"updated_at,omitzero"`
	Version     int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (r Role) link() Link { return Link{ID: r.ID, Type: "role", URL: "/v1/roles/" + r.ID} }
