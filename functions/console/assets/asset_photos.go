package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fleet"
	"motorpool/shared/photo"
)

// AssetPhotos shows a vehicle's photos in their order.
var AssetPhotos = api.Route{
	Name:    "console.asset_photos",
	Method:  http.MethodGet,
	Path:    "/assets/{id}/photos",
	Summary: "An asset's photos",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetPhotos),
}

type assetPhotosInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
	record.Uploads
}

type assetPhotosView struct {
	look.Frame
	Tabs    []look.Tab
	Photos  []photoCard
	Stands  string // the category's image, where there is no photo
	Edit    bool
	Self    string
	Files   look.Files
	Ready   []string
	Waiting string // what is uploaded and not yet a photo
	Empty   look.Empty
}

type photoCard struct {
	ID, Self, Src, Large, Alt, Name string
	Cover, First, Last              bool
}

var assetPhotosPage = look.Page(files, "asset_photos")

func assetPhotos(ctx context.Context, c *api.Call, in assetPhotosInput) (api.Answer, error) {
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	album, err := c.Photos.Album(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: "Photos of " + a.Title(), Section: "assets", Crumbs: []look.Link{record.ToAssets, {Text: a.Title(), To: record.AssetPath(a.ID)}}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	self := photosPath(a.ID)
	v := assetPhotosView{
		Frame: f, Tabs: record.AssetTabs(f, record.AssetPath(a.ID), "photos"), Self: self, Ready: in.Ready(),
		Edit:  f.May(access.EditAssets) && a.Status() != fleet.Archived,
		Files: in.Control(attachment.Photo, self, "add-photos", "Add photos"),
		Empty: look.Empty{Icon: "car", Title: "No photos yet", Text: "The first one is the cover: lists and the website show it. Until then they show the category's image."},
	}
	v.Files.Many, v.Files.Send = true, true
	v.Waiting = look.Count(len(v.Ready), "file is uploaded", "files are uploaded")
	if v.Photos, err = photoCards(ctx, c, a.ID, album); err != nil {
		return api.Answer{}, err
	}
	if len(v.Photos) == 0 {
		image, err := c.Fleet.Image(ctx, c.Actor.Workspace, a.ID)
		if err != nil {
			return api.Answer{}, err
		}
		v.Stands = record.CoverOf(ctx, c, "", image, attachment.Medium)
	}
	return page.Show(assetPhotosPage, v)
}

func photoCards(ctx context.Context, c *api.Call, asset string, album *photo.Album) (all []photoCard, err error) {
	for i, p := range album.Photos {
		links, err := c.Photos.Links(ctx, c.Actor.Workspace, p.ID)
		if err != nil {
			return nil, err
		}
		n := "Photo " + page.Number(i+1)
		card := photoCard{ID: p.ID, Self: photosPath(asset) + "/" + p.ID, Src: links.Small, Large: links.Large, Alt: p.Alt, Name: n, Cover: i == 0, First: i == 0, Last: i == len(album.Photos)-1}
		all = append(all, card)
	}
	return all, nil
}
