package events

// AssetPhotosChanged says that the photos of a vehicle were put into another
// order, or described differently.
type AssetPhotosChanged struct {
	Object   AssetPhotos `json:"object"`
	Previous Previous    `json:"previous"`
}

// Type is "asset.photos_changed".
func (AssetPhotosChanged) Type() string { return "asset.photos_changed" }

// Link says where the photos can be read.
func (e AssetPhotosChanged) Link() Link { return photosLink(e.Object.ID) }
