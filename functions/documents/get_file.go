package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetFile shows where one of a document's files can be read.
var GetFile = api.Route{
	Name:    "documents.get_file",
	Method:  http.MethodGet,
	Path:    "/v1/documents/{id}/files/{attachment}",
	Summary: "Get a document's file",
	About:   "The address works for some minutes, for whoever has it.",
	Allow:   access.ViewPII,
	Faults:  []string{"document.not_found", "document.no_file"},
	Handle:  rest.JSON(getFile),
}

type getFileInput struct {
	ID         string `path:"id"`
	Attachment string `path:"attachment"`
}

type getFileOutput struct {
	URL string `json:"url" doc:"Where the file can be read for some minutes" example:"https://files.example.com/att_01k9x3v7q2m8r4t6w0y5z1a3b5"`
}

func getFile(ctx context.Context, c *api.Call, in getFileInput) (getFileOutput, error) {
	url, err := c.Documents.File(ctx, c.Actor, in.ID, in.Attachment)
	return getFileOutput{url}, err
}
