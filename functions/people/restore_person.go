package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RestorePerson brings a customer back from the archive.
var RestorePerson = api.Route{
	Name:    "people.restore_person",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/restore",
	Summary: "Restore a person",
	About:   "The opposite of archiving. Raises `person.updated`; nothing if they are not archived.",
	Allow:   access.EditPeople,
	Faults:  []string{"person.not_found", "person.stale", "person.anonymised"},
	Handle:  rest.JSON(restorePerson),
}

func restorePerson(ctx context.Context, c *api.Call, in personChange) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.Restore(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(c, p), err
}
