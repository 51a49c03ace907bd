package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/person"
)

// ListPeople shows customers, a page at a time.
var ListPeople = api.Route{
	Name:    "people.list_people",
	Method:  http.MethodGet,
	Path:    "/v1/people",
	Summary: "List people",
	About:   "In the order of family names, unless `sort` says otherwise; with `q` in the order of what they were found by. Archived people are listed only with `state=archived`. Who does not hold people.view_pii finds people by their names alone. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewPeople,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listPeople),
}

type listPeopleInput struct {
	api.Paging
	State string `query:"state" enum:"active,blocked,archived" doc:"active and blocked unless you say otherwise"`
	Tag   string `query:"tag" maxLength:"40" doc:"Whatever its case"`
	Q     string `query:"q" maxLength:"100" doc:"The beginning of a name, an e-mail address, a mobile or a document's number, whatever its case, accents, spaces and signs" example:"nunez a"`
	Sort  string `query:"sort" enum:"name,newest" doc:"name unless you say otherwise"`
}

func listPeople(ctx context.Context, c *api.Call, in listPeopleInput) (api.List[personView], error) {
	page, next, err := c.People.People(ctx, c.Actor, person.PersonFilter{
		State: person.State(in.State), Tag: in.Tag, Q: in.Q, Newest: in.Sort == "newest",
	}, in.Cursor, in.Limit)
	return listOf(page, next, func(p *person.Person) personView { return viewOf(c, p) }), err
}
