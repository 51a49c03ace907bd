package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// DuplicateAsset adds a copy of a vehicle to the fleet.
var DuplicateAsset = api.Route{
	Name:    "fleet.duplicate_asset",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/duplicate",
	Summary: "Duplicate an asset",
	About:   "Booking is off for the copy. What belongs to the one vehicle (VIN, registration, key number, acquisition) is copied only from an archived asset, which so returns to the fleet. The number gets a suffix where it is taken. Devices are never copied. Raises `asset.duplicated`, and `odometer.recorded` and `asset.photo_added` for what it is given beside.",
	Allow:   access.EditAssets,
	Status:  http.StatusCreated,
	Faults:  []string{"asset.not_found", "asset.number_taken", "asset.copy_too_large", "category.closing", "category.merging"},
	Handle:  rest.JSON(duplicateAsset),
}

type duplicateAssetInput struct {
	ID   string `path:"id"`
	Body *duplicateAssetBody
}

type duplicateAssetBody struct {
	Odometer *bool `json:"odometer,omitempty" doc:"Whether the copy's odometer begins with the original's last actual reading, where there is one. Unless you say so: where the original is archived, for then it is the same vehicle"`
	Photos   bool  `json:"photos,omitempty" doc:"Whether the copy is given copies of the original's photos"`
}

func duplicateAsset(ctx context.Context, c *api.Call, in duplicateAssetInput) (assetView, error) {
	var with fleet.With
	if in.Body != nil {
		with = fleet.With(*in.Body)
	}
	a, err := c.Fleet.Duplicate(ctx, c.Actor, in.ID, with, c.Now)
	return viewOf(a), err
}
