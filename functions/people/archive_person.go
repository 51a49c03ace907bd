package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ArchivePerson puts a customer away.
var ArchivePerson = api.Route{
	Name:    "people.archive_person",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/archive",
	Summary: "Archive a person",
	About:   "They leave lists and searches, unless those ask for archived people. What refers to them stays as it is, and so does a block. Raises `person.archived`; nothing if they are archived already.",
	Allow:   access.EditPeople,
	Faults:  []string{"person.not_found", "person.stale", "person.anonymised"},
	Handle:  rest.JSON(archivePerson),
}

func archivePerson(ctx context.Context, c *api.Call, in personChange) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.Archive(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(c, p), err
}
