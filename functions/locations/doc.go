// Package locations answers for the places that the operator works from, and for
// which vehicles are where: everything under /v1/locations, and the transfers of
// assets. What may be done is decided in shared/location and shared/fleet.
package locations

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ActivateLocation, AssignAssets, CheckPickup, CreateLocation, DeactivateLocation, EditLocation, GetLocation,
	ListLocationTransfers, ListLocations, ListPickupDays, ListTransfers, TransferAsset,
}
