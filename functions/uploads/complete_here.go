package uploads

import (
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// CompleteHere is Complete for the pages of the console.
var CompleteHere = api.Route{
	Name:    "uploads.complete_here",
	Method:  http.MethodPost,
	Path:    "/uploads/{id}/complete",
	Summary: "Complete an upload from a page",
	Allow:   access.Public,
	Door:    api.SessionDoor,
	Handle:  rest.JSON(complete),
}
