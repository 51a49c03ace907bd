package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

// InspectionAct adds a correction, takes down what the customer says, makes their link or voids.
var InspectionAct = api.Route{
	Name:    "console.inspection_act",
	Method:  http.MethodPost,
	Path:    "/inspections/{id}",
	Summary: "Amend, settle or void an inspection",
	Allow:   access.DoInspections,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionAct),
}

type inspectionActInput struct {
	ID   string   `path:"id"`
	Do   string   `form:"do"`
	Name string   `form:"name"`
	Text string   `form:"text"`
	File []string `form:"file"` // uploaded for a correction
}

func inspectionAct(ctx context.Context, c *api.Call, in inspectionActInput) (api.Answer, error) {
	var err error
	var link string
	switch in.Do {
	case "amend":
		_, err = c.Inspections.Amend(ctx, c.Actor, in.ID, in.Text, in.File, 0, c.Now)
	case "acknowledge":
		_, err = c.Inspections.Settle(ctx, c.Actor, in.ID, inspection.Acknowledged, inspection.Verdict{Name: in.Name, Comment: in.Text}, 0, c.Now)
	case "dispute":
		_, err = c.Inspections.Settle(ctx, c.Actor, in.ID, inspection.Disputed, inspection.Verdict{Name: in.Name, Comment: in.Text}, 0, c.Now)
	case "link":
		var p inspection.Pass
		p, err = c.Inspections.Invite(ctx, c.Actor, in.ID, c.Now)
		link = p.URL
	case "void":
		if !c.Actor.May(access.ManageInspections) {
			return api.Answer{}, fault.New(fault.Denied, "access.denied", "Only who writes templates may void inspections.")
		}
		_, err = c.Inspections.Cancel(ctx, c.Actor, in.ID, in.Text, 0, c.Now)
	}
	if link != "" || page.Mine(err) {
		show := inspectionShow{ID: in.ID, Link: link}
		if in.Do == "amend" { // what was written stays
			show.Text, show.File = in.Text, in.File
		}
		return inspectionPageOf(ctx, c, show, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(inspectionPath(in.ID), "inspection-"+in.Do)
}
