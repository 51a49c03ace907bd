package events

// AssetPhotoAdded says that a photo of a vehicle was added.
type AssetPhotoAdded struct {
	Object AssetPhoto `json:"object"`
}

// Type is "asset.photo_added".
func (AssetPhotoAdded) Type() string { return "asset.photo_added" }

// Link says where the photos can be read.
func (e AssetPhotoAdded) Link() Link { return photosLink(e.Object.Asset) }
