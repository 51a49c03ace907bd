package care

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/issue"
)

// IssuePhotoAdd adds uploads to the photos of an issue.
var IssuePhotoAdd = api.Route{
	Name:    "console.issue_photo_add",
	Method:  http.MethodPost,
	Path:    "/issues/{id}/photos",
	Summary: "Add uploaded photos to an issue",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(issuePhotoAdd),
}

type issuePhotoAddInput struct {
	ID   string   `path:"id"`
	File []string `form:"file"`
}

func issuePhotoAdd(ctx context.Context, c *api.Call, in issuePhotoAddInput) (api.Answer, error) {
	files := slices.DeleteFunc(in.File, func(id string) bool { return id == "" })
	add := func(d *issue.Details) error {
		d.Photos = append(d.Photos, files...)
		return nil
	}
	if _, err := c.Issues.Edit(ctx, c.Actor, in.ID, add, 0, c.Now); err != nil {
		return page.Back(record.IssuePath(in.ID), err)
	}
	return page.Done(record.IssuePath(in.ID), "photos-added")
}
