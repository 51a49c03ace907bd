package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InspectionCreate begins an inspection and leads to its form.
var InspectionCreate = api.Route{
	Name:    "console.inspection_create",
	Method:  http.MethodPost,
	Path:    "/inspections",
	Summary: "Begin an inspection",
	Allow:   access.DoInspections,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionCreate),
}

func inspectionCreate(ctx context.Context, c *api.Call, in inspectionDraft) (api.Answer, error) {
	if err := chore.Unchosen(ctx, c, in.Asset); page.Mine(err) {
		return newInspectionForm(ctx, c, in, "", err)
	} else if err != nil {
		return api.Answer{}, err
	}
	i, err := c.Inspections.Begin(ctx, c.Actor, in.order(c), c.Now)
	if page.Mine(err) {
		return newInspectionForm(ctx, c, in, "", err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return api.Redirect(inspectionPath(i.ID) + "/form"), nil
}
