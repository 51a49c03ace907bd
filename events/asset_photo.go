package events

import "time"

// AssetPhoto is one photo of a vehicle as the outside sees it.
type AssetPhoto struct {
	ID       string    `json:"id" doc:"The photo's identifier, which is its attachment's" example:"att_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	Asset    string    `json:"asset" doc:"What it is of" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Position int       `json:"position" doc:"1 is the first, the cover" example:"1"`
	Cover    bool      `json:"cover" doc:"It is what lists and the website show"`
	Alt      string    `json:"alt,omitempty" doc:"What can be seen, for who cannot see it" example:"Front left, doors closed"`
	Width    int       `json:"width,omitempty" doc:"Pixels, upright" example:"4032"`
	Height   int       `json:"height,omitempty" example:"3024"`
	AddedAt  time.Time `json:"added_at"`
	Version  int64     `json:"version" doc:"Counts the changes of the asset's photos" example:"3"`
}

// AssetPhotos are the photos of a vehicle, in order.
type AssetPhotos struct {
	ID      string       `json:"id" doc:"The asset whose photos they are" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Photos  []AssetPhoto `json:"photos" nullable:"false"`
	Version int64        `json:"version" doc:"Counts the changes; the ETag" example:"3"`
}

func photosLink(asset string) Link {
	return Link{ID: asset, Type: "asset", URL: "/v1/assets/" + asset + "/photos"}
}
