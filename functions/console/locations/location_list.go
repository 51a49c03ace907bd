package locations

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// LocationList shows the places that the operator works from.
var LocationList = api.Route{
	Name:    "console.location_list",
	Method:  http.MethodGet,
	Path:    "/locations",
	Summary: "Locations",
	Allow:   access.ViewLocations,
	Door:    api.SessionDoor,
	Handle:  page.Handler(locationList),
}

type locationListInput struct {
	Did string `query:"did"`
}

type locationListView struct {
	look.Frame
	Acts  []look.Act
	Rows  []locationRow
	Empty look.Empty
}

type locationRow struct {
	Name, To, Sub, Open, Assets string
	Status                      look.Badge
}

var locationListPage = look.Page(files, "location_list")

func locationList(ctx context.Context, c *api.Call, in locationListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Locations", Section: "locations", Toast: page.News(in.Did),
		Lead: "Where vehicles belong, are picked up and come back, and when somebody is there.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := locationListView{Frame: f, Empty: look.Empty{Icon: "pin", Title: "No locations yet", Text: "Add the place that your vehicles come from. Its hours decide when customers can pick up."}}
	v.Acts = record.Exporting(f, "locations")
	if f.May(access.ManageLocations) && len(c.Actor.Locations) == 0 {
		v.Acts = append(v.Acts, look.Act{Text: "Add location", Icon: "plus", To: locationsPath + "/new", Tone: "main"})
		v.Empty.Links = []look.Link{{Text: "Add location", To: locationsPath + "/new"}}
	}
	all, err := record.AllLocations(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	for _, l := range all {
		r := locationRow{Name: l.Name, To: locationPath(l.ID), Sub: l.Address.City, Status: locationBadge(l), Open: "Closed", Assets: page.With("/assets", "location", l.ID)}
		if l.Code != "" {
			r.Sub = page.Trim(l.Code + " " + r.Sub)
		}
		if l.Active() && l.Calendar().Open(c.Now, l.Zone()) {
			r.Open = "Open"
		}
		v.Rows = append(v.Rows, r)
	}
	return page.Show(locationListPage, v)
}
