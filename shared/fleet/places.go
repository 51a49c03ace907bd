package fleet

import (
	"context"
	"fmt"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Locations knows where assets can be. location.Service is one.
type Locations interface {
	// Refer returns the op that holds while assets may be at the location. It
	// returns fault.NotFound if there is no such location, or the actor does not
	// work there, and fault.Conflict if it is not active.
	Refer(ctx context.Context, actor access.Actor, id string) (table.Op, error)
}

const maxAvailable = 20

// AvailableAt lists where customers can pick a up: the locations that were named
// for it, or else its home.
func (a *Asset) AvailableAt() []string {
	if len(a.AvailableLocations) == 0 && a.HomeLocation != "" {
		return []string{a.HomeLocation}
	}
	return slices.Clone(a.AvailableLocations)
}

// Places lists the locations that a names: where it belongs, is, and can be picked
// up.
func (a *Asset) Places() []string {
	return unique(append([]string{a.HomeLocation, a.CurrentLocation}, a.AvailableLocations...))
}

// SeenBy reports whether a has to do with a location at which the actor works.
func (a *Asset) SeenBy(actor access.Actor) bool { return actor.At(a.Places()...) }

// checkPlaces settles where the asset is if nobody says: at home.
func (d *AssetDetails) checkPlaces(c *complaints) {
	d.AvailableLocations = unique(d.AvailableLocations)
	one := func(field, id string) {
		if id != "" && !ident.Has("loc", id) {
			c.Add(field, "There is no such location. Give its id: loc_…")
		}
	}
	one("home_location", d.HomeLocation)
	one("current_location", d.CurrentLocation)
	for i, id := range d.AvailableLocations {
		one(fmt.Sprintf("available_locations[%d]", i), id)
	}
	if len(d.AvailableLocations) > maxAvailable {
		c.Add("available_locations", "Give at most %d locations.", maxAvailable)
	}
	if d.HomeLocation == "" && (d.CurrentLocation != "" || len(d.AvailableLocations) > 0) {
		c.Add("home_location", "Say where the asset belongs; it is at a location.")
	}
	if d.CurrentLocation == "" {
		d.CurrentLocation = d.HomeLocation
	}
}

// named returns the ops that keep the locations active which a newly names, and
// says which of them there is not.
func (s *Service) named(ctx context.Context, actor access.Actor, a *Asset) (ops []table.Op, err error) {
	var known []string
	if a.was != nil {
		known = a.was.Places()
	}
	for _, id := range a.Places() {
		if slices.Contains(known, id) {
			continue
		}
		op, err := s.refer(ctx, actor, id, a.placed(id))
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	if !a.SeenBy(actor) {
		return nil, fault.New(fault.Invalid, "asset.home_location", "Give the asset one of the locations at which you work; you would not see it any more.").At("home_location")
	}
	return ops, nil
}

func (s *Service) refer(ctx context.Context, actor access.Actor, id, field string) (table.Op, error) {
	missing := fault.New(fault.Invalid, "asset.location", "There is no such location. Give its id: loc_…").At(field)
	if s.Locations == nil {
		return table.Op{}, missing
	}
	op, err := s.Locations.Refer(ctx, actor, id)
	if fault.KindOf(err) == fault.NotFound {
		return op, missing
	}
	return op, err
}

// shut puts into words that one of the locations was deactivated meanwhile.
func shut(named []table.Op, err error) error {
	if slices.ContainsFunc(named, func(op table.Op) bool { return overtaken(err, op.Item.Key) }) {
		return fault.New(fault.Conflict, "location.inactive", "One of the locations was deactivated a moment ago. Choose another one.")
	}
	return err
}

// placed is the first field of a that names the location.
func (a *Asset) placed(id string) string {
	switch id {
	case a.HomeLocation:
		return "home_location"
	case a.CurrentLocation:
		return "current_location"
	}
	return fmt.Sprintf("available_locations[%d]", slices.Index(a.AvailableLocations, id))
}

// keepPlaces leaves out of a copy the locations where it can no longer be.
func (s *Service) keepPlaces(ctx context.Context, actor access.Actor, d *Asset) {
	gone := func(id string) bool {
		_, err := s.refer(ctx, actor, id, "")
		kind := fault.KindOf(err)
		return err != nil && (kind == fault.Invalid || kind == fault.Conflict)
	}
	d.AvailableLocations = slices.DeleteFunc(d.AvailableLocations, gone)
	if d.HomeLocation != "" && gone(d.HomeLocation) {
		d.HomeLocation, d.CurrentLocation, d.AvailableLocations = "", "", nil
	}
	if d.CurrentLocation != "" && gone(d.CurrentLocation) {
		d.CurrentLocation = d.HomeLocation
	}
	if d.CurrentLocation == "" {
		d.LocatedAt = time.Time{}
	}
	d.news = []events.Event{events.AssetDuplicated{Object: d.Object(), Original: d.news[0].(events.AssetDuplicated).Original}}
}

// settle remembers since when a is where it is, if that has just changed.
func (a *Asset) settle(was string, at time.Time) {
	if a.CurrentLocation != was {
		a.LocatedAt = at
	}
}

// Find returns the asset with this id, archived or not, as far as the actor may
// see it: whoever answers an actor asks this, and not Asset. What is only where
// they do not work is fault.NotFound.
func (s *Service) Find(ctx context.Context, actor access.Actor, id string) (*Asset, error) {
	a, err := s.load(ctx, actor.Workspace, id)
	if err == nil && !a.SeenBy(actor) {
		return nil, noSuchAsset()
	}
	return a, err
}

// Seen returns fault.NotFound unless there is such an asset and the actor may see it.
func (s *Service) Seen(ctx context.Context, actor access.Actor, id string) error {
	_, err := s.Find(ctx, actor, id)
	return err
}

// maxAt is how many vehicles are counted for who cannot deactivate a location.
const maxAt = 100

// AtLocation says how many vehicles in service have to do with a location: they
// belong there, are there, or can be picked up there. Empty if none do.
func (s *Service) AtLocation(ctx context.Context, workspace, location string) (string, error) {
	page, err := s.Table.Query(ctx, table.Query{PK: placePK(workspace, location, false), Prefix: pointerPrefix, Limit: maxAt})
	switch n := len(page.Items); {
	case err != nil || n == 0:
		return "", err
	case page.Next != "":
		return fmt.Sprintf("more than %d vehicles", n), nil
	case n == 1:
		return "1 vehicle", nil
	default:
		return fmt.Sprintf("%d vehicles", n), nil
	}
}
