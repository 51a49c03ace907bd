package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inspection"
)

// InspectionTemplateSave saves the editor, adds, moves and removes fields, publishes and retires.
var InspectionTemplateSave = api.Route{
	Name:    "console.inspection_template_save",
	Method:  http.MethodPost,
	Path:    "/inspection-templates/{id}",
	Summary: "Save an inspection template",
	Allow:   access.ManageInspections,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionTemplateSave),
}

type inspectionTemplateSaveInput struct {
	ID      string `path:"id"`
	Version int64  `form:"version"`
	Do      string `form:"do"`
}

func inspectionTemplateSave(ctx context.Context, c *api.Call, in inspectionTemplateSaveInput) (api.Answer, error) {
	if in.Do == "retire" {
		if _, err := c.Inspections.Retire(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
			return api.Answer{}, err
		}
		return page.Done(record.TemplatePath(in.ID), "template-retired")
	}
	posted := detailsOf(c.HTTP.PostForm)
	posted.ProgramTypes, posted.Categories, posted.Locations = page.Words(c.HTTP.PostForm.Get("program_types")), c.HTTP.PostForm["categories"], c.HTTP.PostForm["locations"]
	rearrange(&posted, in.Do)
	t, err := c.Inspections.Edit(ctx, c.Actor, in.ID, func(d *inspection.Details) error {
		*d = posted
		return nil
	}, in.Version, c.Now)
	if err == nil && in.Do == "publish" {
		if _, err = c.Inspections.Publish(ctx, c.Actor, in.ID, 0, c.Now); err == nil {
			return page.Done(record.TemplatePath(in.ID), "template-published")
		}
	}
	if page.Mine(err) {
		was, gone := c.Inspections.Template(ctx, c.Actor.Workspace, in.ID)
		if gone != nil {
			return api.Answer{}, gone
		}
		was.Details = posted
		return templateEditor(ctx, c, was, "", err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.TemplatePath(t.ID), "template-saved")
}
