package tracking

import (
	"context"
	"net/http"
	"net/url"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/tracking"
)

// DeviceList shows the tracking devices, and takes a new one.
var DeviceList = api.Route{
	Name:    "console.device_list",
	Method:  http.MethodGet,
	Path:    "/devices",
	Summary: "Tracking devices",
	Allow:   access.ViewTracking,
	Door:    api.SessionDoor,
	Handle:  page.Handler(deviceList),
}

type deviceListInput struct {
	Q      string `query:"q"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
	Car    string `query:"car"` // a search for the vehicle of a new device
	asset  string // what was chosen for it
}

type deviceListView struct {
	look.Frame
	Acts   []look.Act
	Rows   []fittedRow
	Pager  look.Pager
	Empty  look.Empty
	MayAdd bool
	Wrong  *look.Notice
	Find   *chore.Finder
	Fields []look.Field
}

type fittedRow struct {
	Serial, Provider string
	State            look.Badge
	Asset            look.Link // its text is empty where there is none
	Seen             look.Moment
	TakeOut          look.Act
}

var deviceListTemplate = look.Page(files, "device_list")

func deviceList(ctx context.Context, c *api.Call, in deviceListInput) (api.Answer, error) {
	v, err := devicesOf(ctx, c, in)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(deviceListTemplate, v)
}

// devicesOf fills in the page of the devices, with an empty form.
func devicesOf(ctx context.Context, c *api.Call, in deviceListInput) (v deviceListView, err error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Devices", Section: "devices", Toast: page.News(in.Did),
		Lead: "A tracking device in an asset reports its trips. Of several in one asset, the first one counts for the odometer.",
	})
	if err != nil {
		return v, err
	}
	devices, next, err := c.Tracking.Devices(ctx, c.Actor, tracking.Filter{Q: in.Q}, in.Cursor, 50)
	if err != nil {
		return v, err
	}
	v = deviceListView{
		Frame: f, MayAdd: f.May(access.EditAssets), Pager: page.Pager(look.Count(len(devices), "device", "devices"), in.Cursor, next, "/devices", "q", in.Q),
		Empty: look.Empty{Icon: "log", Title: "No devices", Text: "Add the first one with the provider and the serial number that are on it."},
		Fields: []look.Field{
			{Name: "provider", Label: "Provider", Required: true, Max: 30, Hint: "One lower-case word."},
			{Name: "serial", Label: "Serial number", Required: true, Max: 40, Mono: true},
		},
	}
	v.Acts = record.Exporting(f, "devices", "q", in.Q)
	if v.MayAdd {
		car, err := chore.CarField(ctx, c, in.asset, in.Car)
		if err != nil {
			return v, err
		}
		car.Required, car.Options[0].Text = false, "In none yet"
		v.Fields = append(v.Fields, car)
		v.Find = chore.Find("/devices", in.Car, "q", in.Q)
		v.Find.Field.Name = "car"
	}
	for _, d := range devices {
		row := fittedRow{Serial: d.Serial, Provider: d.Provider, State: deviceBadge(d.State()), Seen: f.Ago(d.LastSeen)}
		if id := d.Asset(); id != "" {
			a, err := c.Fleet.Find(ctx, c.Actor, id)
			if err != nil {
				return v, err
			}
			row.Asset = look.Link{Text: a.Title(), To: record.AssetPath(id)}
			if v.MayAdd {
				row.TakeOut = look.Act{Text: "Take out", Post: "/devices/" + url.PathEscape(d.ID) + "/unassign", Small: true}
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return v, nil
}
