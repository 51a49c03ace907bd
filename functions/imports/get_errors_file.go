package imports

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetErrorsFile leads to the rows that were refused, as CSV.
var GetErrorsFile = api.Route{
	Name:    "imports.get_errors_file",
	Method:  http.MethodGet,
	Path:    "/v1/imports/{id}/errors-file",
	Summary: "Get the file of refused rows",
	About:   "A link that works for 15 minutes. The file has the columns that were sent, the number of the row and what is wrong with it, so that it can be corrected and sent again.",
	Allow:   access.EditAssets,
	Faults:  []string{"import.not_found", "import.no_errors"},
	Handle:  rest.JSON(getErrorsFile),
}

type fileLink struct {
	URL       string    `json:"url" doc:"Whoever has it can read the file"`
	ExpiresAt time.Time `json:"expires_at" doc:"When it stops working"`
}

func getErrorsFile(ctx context.Context, c *api.Call, in byID) (fileLink, error) {
	url, until, err := c.Imports.ErrorFile(ctx, c.Actor, in.ID, c.Now)
	return fileLink{url, until}, err
}
