package events

import "time"

// AssetLocationChanged says that a vehicle is at another location than before,
// belongs to another one, or can be picked up elsewhere.
type AssetLocationChanged struct {
	Object   Asset    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "asset.location_changed".
func (AssetLocationChanged) Type() string { return "asset.location_changed" }

// Link says where the object can be read.
func (e AssetLocationChanged) Link() Link { return e.Object.link() }

// AssetTransfer is a vehicle's way from one location to another, as the API
// shows it.
type AssetTransfer struct {
	ID       string    `json:"id" example:"trf_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	Asset    string    `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	From     string    `json:"from,omitempty" doc:"Absent where it was nowhere" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c1"`
	To       string    `json:"to,omitempty" doc:"Absent where it is nowhere" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c2"`
	At       time.Time `json:"at" doc:"When it arrived"`
	Odometer *int64    `json:"odometer,omitempty" doc:"What its odometer showed, in metres" example:"48211000"`
	Reason   string    `json:"reason,omitempty"`
	By       Actor     `json:"by" doc:"Who recorded it"`
}
