// Package assets is the console's pages of the fleet's vehicles.
package assets

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AssetArchive,
	AssetAssign,
	AssetBooking,
	AssetCreate,
	AssetDelete,
	AssetDuplicate,
	AssetEdit,
	AssetList,
	AssetNew,
	AssetPage,
	AssetPhotoAdd,
	AssetPhotoDescribe,
	AssetPhotoMove,
	AssetPhotoOrder,
	AssetPhotoRemove,
	AssetPhotos,
	AssetSave,
	AssetTimeline,
	AssetTransfer,
}
