package assets

import (
	"context"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
)

// metres is how long the units of odometers are, in thousandths of a metre.
var metres = map[string]int64{"km": 1_000_000, "mi": 1_609_344}

// place shows where a belongs and is, its last ways from one location to
// another, and offers the next.
func (v *assetPageView) place(ctx context.Context, c *api.Call, a *fleet.Asset) error {
	places, err := record.AllLocations(ctx, c)
	if err != nil || len(places) == 0 {
		return err
	}
	names, others := map[string]string{}, []look.Option{}
	for _, l := range places {
		if names[l.ID] = l.Name; l.Active() && l.ID != a.CurrentLocation {
			others = append(others, look.Option{Value: l.ID, Text: l.Name})
		}
	}
	g := page.FactGroup{Title: "Location"}
	say := func(name, value string) {
		if value != "" {
			g.Facts = append(g.Facts, look.Pair{Name: name, Value: value})
		}
	}
	say("Belongs to", names[a.HomeLocation])
	say("Is at", names[a.CurrentLocation])
	for _, id := range a.AvailableAt() {
		say("Can be picked up at", names[id])
	}
	last, _, err := c.Fleet.Transfers(ctx, c.Actor, a.ID, "", 5)
	if err != nil {
		return err
	}
	for _, t := range last {
		to := names[t.To]
		if t.Odometer != nil {
			to += " at " + strconv.FormatInt(*t.Odometer*1000/metres[a.DistanceUnit], 10) + " " + a.DistanceUnit
		}
		say("Came on "+v.Exact(t.At).Text, page.Trim(to+" "+t.Reason))
	}
	if len(g.Facts) > 0 {
		v.Groups = append(v.Groups, g)
	}
	if v.May(access.ManageLocations) && a.Status() != fleet.Archived && a.HomeLocation != "" && len(others) > 0 {
		v.Acts = append(v.Acts, look.Act{Text: "Transfer", Icon: "send", Dialog: "transfer"})
		v.Dialogs = append(v.Dialogs, look.Dialog{
			ID: "transfer", Title: "Transfer " + a.Title(), Action: record.AssetPath(a.ID) + "/transfer", Do: "Transfer",
			Text: "It is at another location from now on. Where it belongs stays.",
			Fields: []look.Field{
				{Name: "to", Label: "To", Type: "select", Options: others},
				{Name: "odometer", Label: "Odometer", Type: "number", Unit: a.DistanceUnit},
				{Name: "reason", Label: "Reason", Max: 500},
			},
		})
	}
	return nil
}
