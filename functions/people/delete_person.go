package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DeletePerson removes a customer who was added by mistake.
var DeletePerson = api.Route{
	Name:    "people.delete_person",
	Method:  http.MethodDelete,
	Path:    "/v1/people/{id}",
	Summary: "Delete a person",
	About:   "Only somebody to whom nothing ever referred, who was never blocked and never merged can be deleted; anybody else can be archived or anonymised. Raises `person.deleted`.",
	Allow:   access.EditPeople,
	Status:  http.StatusNoContent,
	Faults:  []string{"person.not_found", "person.stale", "person.in_use"},
	Handle:  rest.JSON(deletePerson),
}

func deletePerson(ctx context.Context, c *api.Call, in personChange) (api.None, error) {
	version, err := in.Version()
	if err != nil {
		return api.None{}, err
	}
	return api.None{}, c.People.Delete(ctx, c.Actor, in.ID, version, c.Now)
}
