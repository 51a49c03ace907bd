package assets

import (
	"motorpool/functions/console/record"
	"motorpool/shared/fleet"
)

func photosPath(asset string) string { return record.AssetPath(asset) + "/photos" }

// standIn is the image that stands for an asset without photos, from categories
// that were read already: its primary one's, or that one's parent's.
func standIn(a *fleet.Asset, categories []*fleet.Category) string {
	id := a.PrimaryCategory
	if id == "" && len(a.Categories) > 0 {
		id = a.Categories[0]
	}
	for range 2 { // levels
		for _, c := range categories {
			if c.ID != id {
				continue
			}
			if c.Image != "" {
				return c.Image
			}
			id = c.Parent
			break
		}
	}
	return ""
}
