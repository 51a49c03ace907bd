package chore

import (
	"context"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
)

// Finder is the search over a form by which its vehicle is found.
type Finder struct {
	Action string
	Hidden []look.Option // what the address has besides
	Field  look.Field
}

// Find is a search for a vehicle whose results are on the page of action, with
// the same pairs of parameters.
func Find(action, q string, pairs ...string) *Finder {
	f := &Finder{Action: action, Field: look.Field{Name: "q", Label: "Find the vehicle", Value: q, Type: "search", Placeholder: "Number, plate or VIN", Search: true}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			f.Hidden = append(f.Hidden, look.Option{Text: pairs[i], Value: pairs[i+1]})
		}
	}
	return f
}

// CarField is where a form says of which vehicle it is: none, until somebody
// chooses one. What a search finds alone is chosen.
func CarField(ctx context.Context, c *api.Call, chosen, q string) (look.Field, error) {
	f := look.Field{Name: "asset", Label: "Vehicle", Type: "select", Required: true, Wide: true}
	found, chosen, err := cars(ctx, c, chosen, page.Trim(q))
	if err != nil {
		return f, err
	}
	switch {
	case len(found) == 0 && q != "":
		f.Hint = "Nothing was found. Search above by the beginning of a number, plate or VIN."
	case len(found) == 0:
		f.Hint = "There is no vehicle yet. Add one first, under Fleet."
	case chosen == "":
		f.Hint = "Search above if it is not in the list."
	}
	f.Options = look.Choose(chosen, append([]look.Option{{Text: "Choose a vehicle"}}, found...)...)
	return f, nil
}

// cars are the vehicles to choose from: the one that is chosen, and what a search finds.
func cars(ctx context.Context, c *api.Call, chosen, q string) (out []look.Option, which string, err error) {
	var list []*fleet.Asset
	if chosen != "" {
		a, err := c.Fleet.Find(ctx, c.Actor, chosen)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, "", err
		}
		if err == nil {
			list, which = append(list, a), a.ID
		}
	}
	found, _, err := c.Fleet.Assets(ctx, c.Actor, fleet.AssetFilter{Q: q, ByNumber: true}, "", 50)
	if err != nil {
		return nil, "", err
	}
	if which == "" && q != "" && len(found) == 1 {
		which = found[0].ID
	}
	for _, a := range append(list, found...) {
		if !slices.ContainsFunc(out, func(o look.Option) bool { return o.Value == a.ID }) {
			out = append(out, look.Option{Value: a.ID, Text: page.Trim(a.Title() + " " + a.Registration.Plate)})
		}
	}
	return out, which, nil
}

// Unchosen is what is said of a form that names no vehicle, or one that is not
// there for who fills it in; nil if it names one that is.
func Unchosen(ctx context.Context, c *api.Call, asset string) error {
	if asset != "" {
		_, err := c.Fleet.Find(ctx, c.Actor, asset)
		if fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return fault.New(fault.Invalid, "asset.unchosen", "Choose the vehicle.").At("asset")
}
