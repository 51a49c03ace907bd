package tracking

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/odometer"
)

// recorders may record what they read, besides those who edit vehicles.
var recorders = []access.Grant{access.ManageCare, access.DoInspections}

// OdometerRecord takes what somebody read off a dashboard.
var OdometerRecord = api.Route{
	Name:    "console.odometer_record",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/odometer",
	Summary: "Record an odometer reading",
	Allow:   access.EditAssets,
	Or:      recorders,
	Door:    api.SessionDoor,
	Handle:  page.Handler(odometerRecord),
}

type odometerFields struct {
	ID       string `path:"id"`
	Value    string `form:"value"`
	ReadAt   string `form:"read_at"`
	Note     string `form:"note"`
	Replaced bool   `form:"cluster_replaced"`
	Confirm  bool   `form:"confirm"`
}

func (in odometerFields) draft(zone *time.Location) (d odometer.Draft, err error) {
	d = odometer.Draft{Note: in.Note, Replaced: in.Replaced, Confirm: in.Confirm}
	digits := strings.NewReplacer(" ", "", ",", "", "\u00a0", "").Replace(in.Value)
	if d.Value, err = strconv.ParseInt(digits, 10, 64); err != nil {
		return d, fault.New(fault.Invalid, "odometer.value", "Give the whole number on the dashboard.").At("value")
	}
	if in.ReadAt == "" {
		return d, nil
	}
	if d.ReadAt, err = time.ParseInLocation(page.LocalTime, in.ReadAt, zone); err != nil {
		return d, fault.New(fault.Invalid, "odometer.read_at", "Give a day and a time.").At("read_at")
	}
	return d, nil
}

func odometerRecord(ctx context.Context, c *api.Call, in odometerFields) (api.Answer, error) {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	d, err := in.draft(w.Location())
	if err == nil {
		_, _, err = c.Odometer.Record(ctx, c.Actor, in.ID, d, c.Now)
	}
	if !page.Mine(err) {
		if err != nil {
			return api.Answer{}, err
		}
		return page.Done(record.AssetPath(in.ID)+"/odometer", "reading-recorded")
	}
	v, failed := odometerOf(ctx, c, odometerPageInput{ID: in.ID})
	if failed != nil {
		return api.Answer{}, failed
	}
	v.Fields[0].Value, v.Fields[1].Value, v.Fields[2].Value = in.Value, in.ReadAt, in.Note
	v.Swapped, v.Confirm = in.Replaced, fault.CodeOf(err) == "odometer.jump"
	v.Wrong = page.Wrong(err, v.Fields)
	return page.Again(odometerTemplate, v)
}
