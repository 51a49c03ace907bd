package uploads

import (
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// BeginHere is Begin for the pages of the console, whose script sends the bytes.
var BeginHere = api.Route{
	Name:    "uploads.begin_here",
	Method:  http.MethodPost,
	Path:    "/uploads",
	Summary: "Begin an upload from a page",
	Allow:   access.Public,
	Door:    api.SessionDoor,
	Status:  http.StatusCreated,
	Handle:  rest.JSON(begin),
}
