package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
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
	Handle:  page(assetEdit),
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
	f, err := frame(ctx, c, look.Frame{Title: "Edit " + a.Title(), Section: "assets", Crumbs: []look.Link{toAssets, {Text: a.Title(), To: assetPath(a.ID)}}})
	if err != nil {
		return api.Answer{}, err
	}
	categories, err := allCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, categories, because)
	v.Action, v.Cancel, v.Do = assetPath(a.ID), assetPath(a.ID), "Save changes"
	if because != nil {
		return again(assetFormPage, v)
	}
	return show(assetFormPage, v)
}
