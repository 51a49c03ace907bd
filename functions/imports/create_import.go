package imports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// CreateImport takes an uploaded file; it is read by the next job.
var CreateImport = api.Route{
	Name:    "imports.create_import",
	Method:  http.MethodPost,
	Path:    "/v1/imports",
	Summary: "Begin an import",
	About:   "Upload the file first (`POST /v1/uploads` with the purpose `import`). It is read in the background: ask for the import until its `state` is `mapping`, or `failed` with a `problem` in words. CSV in UTF-8 or UTF-16 and XLSX are taken: at most 50,000 rows, 200 columns and 20 MB.",
	Allow:   access.EditAssets,
	Status:  http.StatusCreated,
	Faults:  []string{"import.kind", "import.no_files", "attachment.not_found", "attachment.purpose", "attachment.waiting", "attachment.used"},
	Handle:  rest.JSON(createImport),
}

type createImportInput struct {
	Body createImportBody
}

type createImportBody struct {
	Kind string `json:"kind" enum:"assets" doc:"What its rows are"`
	File string `json:"file" doc:"The upload" example:"att_01k9x3v7q2m8r4t6w0y5z1a3f2"`
}

func createImport(ctx context.Context, c *api.Call, in createImportInput) (importView, error) {
	i, err := c.Imports.Create(ctx, c.Actor, in.Body.Kind, in.Body.File, c.Now)
	return viewOf(i), err
}
