package events

// AssetCreated says that a vehicle joined the fleet. Booking is off at first.
type AssetCreated struct {
	Object Asset `json:"object"`
}

// Type is "asset.created".
func (AssetCreated) Type() string { return "asset.created" }

// Link says where the object can be read.
func (e AssetCreated) Link() Link { return e.Object.link() }
