package insurance

import (
	"cmp"
	"context"
	"strings"

	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
)

// callOf is what a form calls a vehicle: its number, or else its plate, VIN or id.
func callOf(ctx context.Context, c *api.Call, id string) (string, error) {
	a, err := c.Fleet.Asset(ctx, c.Actor.Workspace, id)
	if err != nil {
		return "", err
	}
	return cmp.Or(a.Number, a.Registration.Plate, a.VIN, a.ID), nil
}

// vehicleCalled is the id of the vehicle that the reader sees and that has this
// number, plate or VIN, or this id; fault.NotFound if there is none.
func vehicleCalled(ctx context.Context, c *api.Call, word string) (string, error) {
	if ident.Has("ast", word) {
		return word, c.Fleet.Seen(ctx, c.Actor, word)
	}
	list, _, err := c.Fleet.Assets(ctx, c.Actor, fleet.AssetFilter{Q: word}, "", 20)
	if err != nil {
		return "", err
	}
	for _, a := range list {
		for _, name := range []string{a.Number, a.Registration.Plate, a.VIN} {
			if name != "" && plain(name) == plain(word) {
				return a.ID, nil
			}
		}
	}
	return "", fault.New(fault.NotFound, "asset.not_found", "There is no such vehicle here.")
}

// plain is a name without what people write differently.
func plain(s string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(s))
}
