// Package fleet answers for vehicles and categories: everything under /v1/assets
// and /v1/categories. What may be done is decided in shared/fleet.
package fleet

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AddPhoto, ArchiveAsset, CreateAsset, CreateCategory, DeleteAsset, DeleteCategory, DescribePhoto,
	DisableBooking, DuplicateAsset, EditAsset, EditCategory, EnableBooking, GetAsset, GetCategory,
	ListAssetHistory, ListAssets, ListCategories, ListPhotos, MergeCategory, OrderPhotos, RemovePhoto,
}
