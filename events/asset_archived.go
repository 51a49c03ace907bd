package events

// AssetArchived says that a vehicle left the fleet for good.
type AssetArchived struct {
	Object   Asset    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "asset.archived".
func (AssetArchived) Type() string { return "asset.archived" }

// Link says where the object can be read.
func (e AssetArchived) Link() Link { return e.Object.link() }
