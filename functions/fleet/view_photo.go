package fleet

import (
	"context"

	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/photo"
)

// photoView is a photo as answers show it: the object of its events, and where
// it can be seen.
type photoView struct {
	events.AssetPhoto
	URLs photo.Links `json:"urls" doc:"Where it can be seen, by anybody, for some minutes. Ask again for new ones"`
}

// photosView are an asset's photos, in order.
type photosView struct {
	Asset   string      `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Photos  []photoView `json:"photos" nullable:"false"`
	Cover   *coverView  `json:"cover,omitempty" doc:"What lists and the website show: the first photo, or the image of its primary category"`
	Version int64       `json:"version" doc:"Counts the changes; the ETag" example:"3"`
}

// coverView is the picture that stands for an asset.
type coverView struct {
	ID   string      `json:"id" example:"att_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	From string      `json:"from" enum:"asset,category" doc:"Whose picture it is"`
	URLs photo.Links `json:"urls"`
}

// ETagVersion makes the ETag.
func (v photosView) ETagVersion() int64 { return v.Version }

// viewPhotos shows an album. Without a photo, the primary category's image stands in.
func viewPhotos(ctx context.Context, c *api.Call, a *photo.Album, err error) (photosView, error) {
	if err != nil {
		return photosView{}, err
	}
	is := a.Object()
	v := photosView{Asset: a.Asset, Photos: []photoView{}, Version: a.Version}
	for _, p := range is.Photos {
		links, err := c.Photos.Links(ctx, c.Actor.Workspace, p.ID)
		if err != nil {
			return v, err
		}
		v.Photos = append(v.Photos, photoView{p, links})
		if p.Cover {
			v.Cover = &coverView{p.ID, "asset", links}
		}
	}
	if v.Cover != nil {
		return v, nil
	}
	image, err := c.Fleet.Image(ctx, c.Actor.Workspace, a.Asset)
	if err != nil || image == "" {
		return v, err
	}
	links, err := c.Photos.Links(ctx, c.Actor.Workspace, image)
	v.Cover = &coverView{image, "category", links}
	return v, err
}
