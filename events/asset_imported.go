package events

// AssetImported says that an import of vehicles is over: done, or cancelled
// after a part of it. Each vehicle has told of itself besides.
type AssetImported struct {
	Object Import `json:"object"`
}

// Type is "asset.imported".
func (AssetImported) Type() string { return "asset.imported" }

// Link says where the object can be read.
func (e AssetImported) Link() Link { return e.Object.link() }
