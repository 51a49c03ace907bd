package events

// AssetCategoryChanged says that a vehicle is in other categories than before, or
// takes its price from another one of them.
type AssetCategoryChanged struct {
	Object   Asset    `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "asset.category_changed".
func (AssetCategoryChanged) Type() string { return "asset.category_changed" }

// Link says where the object can be read.
func (e AssetCategoryChanged) Link() Link { return e.Object.link() }
