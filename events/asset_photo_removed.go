package events

// AssetPhotoRemoved says that a photo of a vehicle was removed. Links to it end.
type AssetPhotoRemoved struct {
	Object AssetPhoto `json:"object"`
}

// Type is "asset.photo_removed".
func (AssetPhotoRemoved) Type() string { return "asset.photo_removed" }

// Link says where the photos that are left can be read.
func (e AssetPhotoRemoved) Link() Link { return photosLink(e.Object.Asset) }
