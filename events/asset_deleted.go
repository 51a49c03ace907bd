package events

// AssetDeleted says that a vehicle which nothing ever referred to is gone. The
// object is as it last was.
type AssetDeleted struct {
	Object Asset `json:"object"`
}

// Type is "asset.deleted".
func (AssetDeleted) Type() string { return "asset.deleted" }

// Link says where the object can be read.
func (e AssetDeleted) Link() Link { return e.Object.link() }
