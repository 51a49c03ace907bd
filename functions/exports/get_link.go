package exports

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetLink leads to the file of an export.
var GetLink = api.Route{
	Name:    "exports.get_link",
	Method:  http.MethodGet,
	Path:    "/v1/exports/{id}/link",
	Summary: "Get an export's file",
	About:   "A link that works until the file is removed, 24 hours after it was ready. Whoever has it can read the file.",
	Allow:   access.RunExports,
	Faults:  []string{"export.not_found", "export.not_ready", "export.expired", "export.denied"},
	Handle:  rest.JSON(getLink),
}

type fileLink struct {
	URL       string    `json:"url" doc:"Whoever has it can read the file"`
	ExpiresAt time.Time `json:"expires_at" doc:"When it stops working"`
}

func getLink(ctx context.Context, c *api.Call, in byID) (fileLink, error) {
	url, until, err := c.Exports.Link(ctx, c.Actor, in.ID, c.Now)
	return fileLink{url, until}, err
}
