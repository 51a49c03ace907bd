package events

import "time"

// Device is a tracking device as the outside sees it: the object of device
// events and the answer of the API.
type Device struct {
	ID         string    `json:"id" doc:"The device's identifier" example:"dev_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Provider   string    `json:"provider" doc:"Whose device it is" example:"teltonika"`
	Serial     string    `json:"serial" doc:"Its serial number; no other device of the provider has it" example:"352093081452321"`
	Label      string    `json:"label,omitempty" doc:"What you call it"`
	State      string    `json:"state" doc:"stale: fitted, and silent for more than 24 hours" enum:"unassigned,active,stale,faulty,retired"`
	Asset      string    `json:"asset,omitempty" doc:"The asset it is in" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	AttachedAt time.Time `json:"attached_at,omitzero" doc:"When it was put there"`
	Counts     bool      `json:"counts" doc:"The asset's odometer goes by it. Of several devices in one asset, one counts"`
	LastSeenAt time.Time `json:"last_seen_at,omitzero" doc:"When its latest journey ended"`
	RetiredAt  time.Time `json:"retired_at,omitzero"`
	CreatedAt  time.Time `json:"created_at"`
	UpdatedAt  time.Time `json:"updated_at"`
	Version    int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (d Device) link() Link {
	return Link{ID: d.ID, Type: "device", URL: "/v1/devices/" + d.ID}
}
