package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inspection"
)

// InspectionAnswer takes the fields that a browser posts: one, as it changes, or all.
var InspectionAnswer = api.Route{
	Name:    "console.inspection_answer",
	Method:  http.MethodPost,
	Path:    "/inspections/{id}/form",
	Summary: "Fill in an inspection",
	Allow:   access.DoInspections,
	Door:    api.SessionDoor,
	MaxBody: 20 << 20,
	Handle:  page.Handler(inspectionAnswer),
}

type inspectionAnswerInput struct {
	ID string `path:"id"`
}

func inspectionAnswer(ctx context.Context, c *api.Call, in inspectionAnswerInput) (api.Answer, error) {
	err := fillIn(ctx, c, in.ID)
	if err == nil && c.HTTP.PostForm.Get("script") != "" { // it wants to see that this was taken, not where to go
		return inspectionFormOf(ctx, c, in.ID, "", nil)
	}
	if err == nil && c.HTTP.PostForm.Get("do") == "complete" {
		say := inspection.Completion{ConfirmOdometer: c.HTTP.PostForm.Get("confirm") == "on"}
		if _, err = c.Inspections.Complete(ctx, c.Actor, in.ID, say, 0, c.Now); err == nil {
			return page.Done(inspectionPath(in.ID), "inspection-completed")
		}
	}
	if page.Mine(err) {
		return inspectionFormOf(ctx, c, in.ID, "", err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(inspectionPath(in.ID)+"/form", "inspection-saved")
}
