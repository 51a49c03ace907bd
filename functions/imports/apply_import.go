package imports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ApplyImport does what the dry run promised.
var ApplyImport = api.Route{
	Name:    "imports.apply_import",
	Method:  http.MethodPost,
	Path:    "/v1/imports/{id}/apply",
	Summary: "Apply an import",
	About:   "Needs a dry run of the same mapping. Rows are taken one by one: those that are wrong are refused and hold up no other. A row changes the asset in service with its VIN, or adds one; archived assets are never touched. Raises what each asset raises, and `asset.imported` at the end.",
	Allow:   access.EditAssets,
	Faults:  []string{"import.not_found", "import.unchecked", "import.nothing", "import.working", "import.over", "import.failed", "import.changed"},
	Handle:  rest.JSON(applyImport),
}

func applyImport(ctx context.Context, c *api.Call, in byID) (importView, error) {
	i, err := c.Imports.Apply(ctx, c.Actor, in.ID, c.Now)
	return viewOf(i), err
}
