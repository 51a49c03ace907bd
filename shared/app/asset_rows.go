package app

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/importing"
	"motorpool/shared/location"
	"motorpool/shared/table"
)

// assetRows takes rows as assets, and gives assets as rows.
type assetRows struct {
	fleet     *fleet.Service
	locations *location.Service
}

// Grant is what it takes to import assets.
func (assetRows) Grant() access.Grant { return access.EditAssets }

// Fields lists what a row may say.
func (assetRows) Fields() []importing.Field {
	var all []importing.Field
	for _, f := range assetFields() {
		all = append(all, f.Field)
	}
	return all
}

// Begin reads the names of categories and locations once for a page.
func (r assetRows) Begin(ctx context.Context, actor access.Actor, dry bool, at time.Time) (importing.Taker, error) {
	n, err := r.names(ctx, actor)
	if err != nil {
		return nil, err
	}
	t := assetTaker{r.fleet, actor, n, map[string]assetField{}, at}
	if dry {
		t.fleet = r.fleet.Rehearsal()
	}
	for _, f := range assetFields() {
		t.fields[f.Name] = f
	}
	return t, nil
}

type assetTaker struct {
	fleet  *fleet.Service
	actor  access.Actor
	names  *naming
	fields map[string]assetField
	at     time.Time
}

// Take puts the asset that the row's VIN names.
func (t assetTaker) Take(ctx context.Context, r importing.Record, also func(importing.Taken) ([]table.Op, error)) (importing.Taken, error) {
	if r.Set["vin"] == "" {
		return importing.Taken{}, fault.New(fault.Invalid, "import.vin", "Give the VIN, or the serial number of what has none: it tells which asset the row is about.").At("vin")
	}
	say := func(d *fleet.AssetDetails, _ bool) error { return t.describe(d, r) }
	what := func(a *fleet.Asset, o fleet.Outcome) importing.Taken {
		taken := importing.Taken{Outcome: importing.Outcome(o), Object: a.ID}
		for _, w := range a.Warnings() {
			taken.Warnings = append(taken.Warnings, w.Message)
		}
		return taken
	}
	a, out, err := t.fleet.Put(ctx, t.actor, r.Set["vin"], say, func(a *fleet.Asset, o fleet.Outcome) ([]table.Op, error) { return also(what(a, o)) }, t.at)
	if err != nil {
		return importing.Taken{}, err
	}
	return what(a, out), nil
}

// describe puts what r says into d, or says all that is wrong with it.
func (t assetTaker) describe(d *fleet.AssetDetails, r importing.Record) error {
	wrong := fault.New(fault.Invalid, "import.row", "Some cells are not right.")
	put := func(name, cell string) {
		if short, ok := strings.CutPrefix(name, customFields); ok {
			own(d, short, cell)
		} else if err := t.fields[name].set(d, cell, t.names); err != nil {
			wrong.Fields = append(wrong.Fields, fault.Field{Name: name, Reason: reason(err)})
		}
	}
	home := d.HomeLocation
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		put(name, r.Set[name])
	}
	for _, name := range slices.Sorted(maps.Keys(r.Clear)) {
		put(name, "")
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	if r.Set["current_location"] == "" && d.CurrentLocation == home && home != "" && d.HomeLocation != "" && r.Set["home_location"] != "" {
		d.CurrentLocation = d.HomeLocation // it was at home, and still is
	}
	if _, said := r.Set["primary_category"]; !said && len(d.Categories) == 1 {
		d.PrimaryCategory = d.Categories[0]
	}
	return nil
}

// naming finds categories and locations by what people call them.
type naming struct {
	categories, locations map[string][]string // ids by name, slug or code in lower case, and by id
	called                map[string]string   // names by id
	currency              string              // of amounts without one
}

// maxNamed is how many categories and how many locations are known by name.
const maxNamed = 5000

func (r assetRows) names(ctx context.Context, actor access.Actor) (*naming, error) {
	n := &naming{map[string][]string{}, map[string][]string{}, map[string]string{}, ""}
	for cursor := ""; ; {
		page, next, err := r.fleet.Categories(ctx, actor.Workspace, fleet.CategoryFilter{}, cursor, 500)
		if err != nil {
			return nil, err
		}
		for _, c := range page {
			know(n.categories, c.ID, c.ID, c.Name, c.Slug)
			n.called[c.ID] = c.Name
		}
		if cursor = next; cursor == "" || len(n.called) > maxNamed {
			break
		}
	}
	for cursor := ""; r.locations != nil; {
		page, next, err := r.locations.Locations(ctx, actor, location.Filter{}, cursor, 500)
		if err != nil {
			return nil, err
		}
		for _, l := range page {
			know(n.locations, l.ID, l.ID, l.Name, l.Code)
			n.called[l.ID] = l.Name
		}
		if cursor = next; cursor == "" || len(n.called) > 2*maxNamed {
			break
		}
	}
	return n, nil
}

// know files an id under what it is called. What is called so by several is
// filed under all of them.
func know(by map[string][]string, id string, names ...string) {
	for n, name := range names {
		name = strings.ToLower(strings.Join(strings.Fields(name), " "))
		if name == "" || n > 0 && len(by[name]) > 0 && by[name][len(by[name])-1] == id {
			continue
		}
		by[name] = append(by[name], id)
	}
}

func (n *naming) category(name string) (string, error) {
	return pick(n.categories, name, "category", "slug")
}

func (n *naming) location(name string) (string, error) {
	return pick(n.locations, name, "location", "code")
}

func pick(by map[string][]string, name, noun, short string) (string, error) {
	if name == "" {
		return "", nil
	}
	switch ids := by[strings.ToLower(strings.Join(strings.Fields(name), " "))]; len(ids) {
	case 0:
		return "", fault.New(fault.Invalid, "import."+noun, "There is no %s called %.60q. Give its name, its %s or its id, or add it first.", noun, name, short)
	case 1:
		return ids[0], nil
	default:
		return "", fault.New(fault.Invalid, "import."+noun, "%d of them are called %.60q. Give the %s or the id.", len(ids), name, short)
	}
}

// nameOf is what an id is called, in a way that finds it again.
func (n *naming) nameOf(id string) string {
	name := n.called[id]
	key := strings.ToLower(strings.Join(strings.Fields(name), " "))
	if name == "" || len(n.categories[key])+len(n.locations[key]) != 1 || strings.ContainsAny(name, ";,|") {
		return id
	}
	return name
}
