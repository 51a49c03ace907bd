package events

// AssetBookingDisabled says that a vehicle may not be booked for the time being.
type AssetBookingDisabled struct {
	Object   Asset    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "asset.booking_disabled".
func (AssetBookingDisabled) Type() string { return "asset.booking_disabled" }

// Link says where the object can be read.
func (e AssetBookingDisabled) Link() Link { return e.Object.link() }
