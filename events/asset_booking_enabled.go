package events

// AssetBookingEnabled says that a vehicle may be booked from now on.
type AssetBookingEnabled struct {
	Object   Asset    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "asset.booking_enabled".
func (AssetBookingEnabled) Type() string { return "asset.booking_enabled" }

// Link says where the object can be read.
func (e AssetBookingEnabled) Link() Link { return e.Object.link() }
