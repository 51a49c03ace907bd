package imports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListFields shows the fields to which columns can be mapped.
var ListFields = api.Route{
	Name:    "imports.list_fields",
	Method:  http.MethodGet,
	Path:    "/v1/imports/fields",
	Summary: "List what a row may say",
	About:   "The fields to which columns can be mapped. An empty cell leaves a field as it is; `NULL` clears it.",
	Allow:   access.EditAssets,
	Faults:  []string{"import.kind"},
	Handle:  rest.JSON(listFields),
}

type listFieldsInput struct {
	Kind string `query:"kind" enum:"assets" required:"true"`
}

func listFields(_ context.Context, c *api.Call, in listFieldsInput) (api.List[fieldView], error) {
	fields, err := c.Imports.Fields(c.Actor, in.Kind)
	return listOf(fields, "", fieldViewOf), err
}
