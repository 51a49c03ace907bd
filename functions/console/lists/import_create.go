package lists

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fault"
)

// ImportCreate takes the file: uploaded before by a script, which has no limit on
// AWS but its own, or posted with the form.
var ImportCreate = api.Route{
	Name:    "console.import_create",
	Method:  http.MethodPost,
	Path:    "/imports",
	Summary: "Upload a list",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	MaxBody: 21 << 20,
	Handle:  page.Handler(importCreate),
}

func importCreate(ctx context.Context, c *api.Call, _ api.None) (api.Answer, error) {
	id, err := importBegun(ctx, c)
	if err == nil {
		return page.Done(importPath(id), "import-created")
	}
	if !page.Mine(err) && fault.KindOf(err) != fault.Unavailable {
		return api.Answer{}, err
	}
	v, failed := importListInput{}.view(ctx, c)
	if failed != nil {
		return api.Answer{}, failed
	}
	v.Wrong = sentenceOf(err)
	return page.Again(importListPage, v)
}

// importBegun begins the import of the form's file.
func importBegun(ctx context.Context, c *api.Call) (string, error) {
	id := c.HTTP.PostFormValue("file") // what a script has uploaded
	if id == "" {
		var err error
		if id, err = importKept(ctx, c); err != nil {
			return "", err
		}
	}
	i, err := c.Imports.Create(ctx, c.Actor, "assets", id, c.Now)
	if err != nil {
		return "", err
	}
	return i.ID, nil
}

// importKept keeps the file that a form without a script carries.
func importKept(ctx context.Context, c *api.Call) (string, error) {
	file, about, err := c.HTTP.FormFile("file")
	if err != nil {
		return "", fault.New(fault.Invalid, "import.file", "Choose a file of at most %d MB.", attachment.Import.MaxSize()>>20).Because(err)
	}
	defer file.Close()
	draft := attachment.Draft{Purpose: attachment.Import, Name: about.Filename, Type: about.Header.Get("Content-Type"), Size: about.Size}
	a, err := c.Attachments.Keep(ctx, c.Actor, draft, file, c.Now)
	if err != nil {
		return "", err
	}
	return a.ID, nil
}
