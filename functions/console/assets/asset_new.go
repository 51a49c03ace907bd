package assets

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetNew is the form that adds an asset.
var AssetNew = api.Route{
	Name:    "console.asset_new",
	Method:  http.MethodGet,
	Path:    "/assets/new",
	Summary: "The form that adds an asset",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetNew),
}

func assetNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	return newAssetForm(ctx, c, assetFields{Type: "car", DistanceUnit: w.DistanceUnit}, nil)
}

func newAssetForm(ctx context.Context, c *api.Call, in assetFields, because error) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Add an asset", Section: "assets", Crumbs: []look.Link{record.ToAssets}, Lead: "Needed are its VIN or serial number, type, make, model, year, home location and a category. Booking stays off until you switch it on."})
	if err != nil {
		return api.Answer{}, err
	}
	categories, err := record.AllCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	places, err := record.AllLocations(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, categories, because)
	home := []look.Field{{
		Name: "home_location", Label: "Home location", Type: "select", Required: true, Hint: "Where it belongs, and is now.",
		Options: look.Choose(in.Home, append([]look.Option{{Text: "Choose one"}}, record.LocationOptions(places)...)...),
	}}
	page.Wrong(because, home)
	v.Groups[0].Fields = append(slices.Clip(v.Groups[0].Fields), home[0])
	v.Action, v.Cancel, v.Do = "/assets", "/assets", "Add asset"
	if because != nil {
		return page.Again(assetFormPage, v)
	}
	return page.Show(assetFormPage, v)
}
