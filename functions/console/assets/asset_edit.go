package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
)

// AssetEdit is the form that changes an asset.
var AssetEdit = api.Route{
	Name:    "console.asset_edit",
	Method:  http.MethodGet,
	Path:    "/assets/{id}/edit",
	Summary: "The form that changes an asset",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetEdit),
}

type assetEditInput struct {
	ID string `path:"id"`
}

func assetEdit(ctx context.Context, c *api.Call, in assetEditInput) (api.Answer, error) {
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return editAssetForm(ctx, c, a, fieldsOf(a), nil)
}

func editAssetForm(ctx context.Context, c *api.Call, a *fleet.Asset, in assetFields, because error) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Edit " + a.Title(), Section: "assets", Crumbs: []look.Link{record.ToAssets, {Text: a.Title(), To: record.AssetPath(a.ID)}}})
	if err != nil {
		return api.Answer{}, err
	}
	categories, err := record.AllCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, categories, because)
	v.Action, v.Cancel, v.Do = record.AssetPath(a.ID), record.AssetPath(a.ID), "Save changes"
	if because != nil {
		return page.Again(assetFormPage, v)
	}
	return page.Show(assetFormPage, v)
}
