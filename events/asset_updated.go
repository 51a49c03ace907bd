package events

// AssetUpdated says that a vehicle was described anew. Its categories have an event of
// their own.
type AssetUpdated struct {
	Object   Asset    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "asset.updated".
func (AssetUpdated) Type() string { return "asset.updated" }

// Link says where the object can be read.
func (e AssetUpdated) Link() Link { return e.Object.link() }
