package record

import (
	"context"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/location"
)

// AllLocations are the locations that the reader may see, by name.
func AllLocations(ctx context.Context, c *api.Call) ([]*location.Location, error) {
	var all []*location.Location
	if !c.Actor.May(access.ViewLocations) {
		return nil, nil
	}
	for cursor := ""; ; {
		batch, next, err := c.Locations.Locations(ctx, c.Actor, location.Filter{}, cursor, 200)
		if err != nil {
			return nil, err
		}
		if all = append(all, batch...); next == "" || len(all) >= 1000 {
			return all, nil
		}
		cursor = next
	}
}
