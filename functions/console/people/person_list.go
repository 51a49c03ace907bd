package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/person"
)

// PersonList shows the customers.
var PersonList = api.Route{
	Name:    "console.person_list",
	Method:  http.MethodGet,
	Path:    "/people",
	Summary: "The customers",
	Allow:   access.ViewPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personList),
}

type personListInput struct {
	Q      string `query:"q"`
	State  string `query:"state"`
	Tag    string `query:"tag"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type personListView struct {
	look.Frame
	Acts     []look.Act
	Filters  []look.Field
	Filtered bool
	Rows     []personRow
	Pager    look.Pager
	Empty    look.Empty
}

type personRow struct {
	Name, To      string
	State         look.Badge
	Email, Mobile string
	Tags          []string
	Updated       look.Moment
}

var personListPage = look.Page(files, "person_list")

func personList(ctx context.Context, c *api.Call, in personListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "People", Section: "people", Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	list, next, err := c.People.People(ctx, c.Actor, person.PersonFilter{Q: page.Trim(in.Q), State: person.State(in.State), Tag: page.Trim(in.Tag)}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	v := personListView{Frame: f, Filters: in.filters(f.May(access.ViewPII)), Filtered: in.Q+in.State+in.Tag != ""}
	v.Acts = record.Exporting(f, "people", "q", in.Q, "state", in.State, "tag", in.Tag)
	add := ""
	if f.May(access.EditPeople) {
		add = "/people/new"
		v.Acts = append(v.Acts, look.Act{Text: "Add person", Icon: "plus", To: add, Tone: "main"})
	}
	v.Acts = append(v.Acts, look.Act{Text: "Duplicates", Icon: "merge", To: "/people/duplicates"})
	for _, p := range list {
		seen, _ := p.SeenBy(c.Actor)
		v.Rows = append(v.Rows, personRow{seen.Name(), record.PersonPath(p.ID), personBadge(seen), seen.Email, seen.Mobile, seen.Tags, f.Ago(p.Updated)})
	}
	v.Pager = page.Pager(look.Count(len(list), "person", "people"), in.Cursor, next, "/people", "q", in.Q, "state", in.State, "tag", in.Tag)
	v.Empty = nobody(v.Filtered, next != "", add)
	return page.Show(personListPage, v)
}

func (in personListInput) filters(all bool) []look.Field {
	hint := "Name"
	if all {
		hint = "Name, e-mail, phone or licence"
	}
	return []look.Field{
		{Name: "q", Label: "Search", Value: in.Q, Type: "search", Placeholder: hint, Search: true},
		{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, look.Option{Text: "Active and blocked"},
			look.Option{Value: string(person.Active), Text: "Active"}, look.Option{Value: string(person.Blocked), Text: "Blocked"}, look.Option{Value: string(person.Archived), Text: "Archived"})},
		{Name: "tag", Label: "Tag", Value: in.Tag, Max: 40},
	}
}

func nobody(filtered, more bool, add string) look.Empty {
	e := look.Empty{Icon: "user", Title: "Nobody here yet", Text: "Add the first customer, or let the API bring them in."}
	switch {
	case more:
		return look.Empty{Icon: "search", Title: "Nobody so far", Text: "This part of the list holds nobody who matches. Go on below."}
	case filtered:
		return look.Empty{Icon: "search", Title: "Nobody matches", Text: "The search looks at the beginning of names, in either order, and of what else it says.", Links: []look.Link{{Text: "Clear the filters", To: "/people"}}}
	case add != "":
		e.Links = []look.Link{{Text: "Add person", To: add}}
	}
	return e
}
