package locations

import (
	"context"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/location"
)

// locationFactsView is a location for who may look and not change.
type locationFactsView struct {
	look.Frame
	Status     look.Badge
	Groups     []placeFacts
	Letterhead *location.Letterhead
	Next       []pickupDay
	Acts       []look.Act
}

type placeFacts struct {
	Title string
	Facts []placeFact
}

type placeFact struct{ Name, Value string }

var locationFactsPage = look.Page(files, "location_facts")

func locationFacts(ctx context.Context, c *api.Call, l *location.Location) (api.Answer, error) {
	in := locationFieldsOf(l)
	form, err := in.form(ctx, c, look.Frame{Title: l.Name, Section: "locations", Crumbs: []look.Link{toLocations}}, nil)
	if err != nil {
		return api.Answer{}, err
	}
	head := l.Letterhead()
	v := locationFactsView{
		Frame: form.Frame, Status: locationBadge(l), Letterhead: &head,
		Acts: []look.Act{{Text: "Assets of it", Icon: "car", To: page.With("/assets", "location", l.ID)}},
	}
	use := placeFacts{Title: "Use"}
	for _, b := range form.Boxes {
		say := "No"
		if b.Chosen {
			say = "Yes"
		}
		use.Facts = append(use.Facts, placeFact{b.Text, say})
	}
	v.Groups = append(v.Groups, use)
	for _, g := range form.Groups {
		if facts := factsOf(g); len(facts.Facts) > 0 {
			v.Groups = append(v.Groups, facts)
		}
	}
	if v.Next, err = nextPickups(c, l); err != nil {
		return api.Answer{}, err
	}
	return page.Show(locationFactsPage, v)
}

// factsOf are the fields of a group that are filled in.
func factsOf(g placeGroup) placeFacts {
	facts := placeFacts{Title: g.Title}
	for _, f := range g.Fields {
		if f.Value == "" {
			continue
		}
		value := f.Value
		if f.Unit != "" {
			value += " " + f.Unit
		}
		facts.Facts = append(facts.Facts, placeFact{f.Label, value})
	}
	return facts
}
