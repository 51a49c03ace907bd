package people

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonAlike shows customers who may be one person, in pairs.
var PersonAlike = api.Route{
	Name:    "console.person_alike",
	Method:  http.MethodGet,
	Path:    "/people/duplicates",
	Summary: "People who may be one person",
	Allow:   access.ViewPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personAlike),
}

type personAlikeInput struct {
	Cursor string `query:"cursor"`
}

type personAlikeView struct {
	look.Frame
	Rows  []alikeRow
	Pager look.Pager
	Empty look.Empty
}

type alikeRow struct {
	One, Other look.Link
	OneState   look.Badge
	OtherState look.Badge
	Why        string
	Compare    look.Act
}

// lookedAt is how many people one page of the search for duplicates looks at.
const lookedAt = 25

var personAlikePage = look.Page(files, "person_alike")

func personAlike(ctx context.Context, c *api.Call, in personAlikeInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Possible duplicates", Section: "people", Crumbs: []look.Link{toPeople},
		Lead: fmt.Sprintf("Two things in common, or the number of a document. Each page looks at %d people, the newest first.", lookedAt),
	})
	if err != nil {
		return api.Answer{}, err
	}
	pairs, next, err := c.People.Alike(ctx, c.Actor.Workspace, in.Cursor, lookedAt)
	if err != nil {
		return api.Answer{}, err
	}
	v := personAlikeView{Frame: f, Pager: page.Pager(look.Count(len(pairs), "pair", "pairs"), in.Cursor, next, "/people/duplicates")}
	for _, p := range pairs {
		one, _ := p.One.SeenBy(c.Actor)
		other, _ := p.Person.SeenBy(c.Actor)
		v.Rows = append(v.Rows, alikeRow{
			One: look.Link{Text: one.Name(), To: record.PersonPath(one.ID)}, OneState: personBadge(one),
			Other: look.Link{Text: other.Name(), To: record.PersonPath(other.ID)}, OtherState: personBadge(other),
			Why:     strings.ReplaceAll(strings.Join(p.Why, ", "), "_", " "),
			Compare: look.Act{Text: "Compare", Icon: "merge", To: record.PersonPath(one.ID) + "?tab=duplicates", Small: true},
		})
	}
	v.Empty = look.Empty{Icon: "merge", Title: "No duplicates", Text: "Nobody has two of these in common with somebody else: e-mail, mobile, name and birth date, residential address; nor the number of a document."}
	if next != "" {
		v.Empty = look.Empty{Icon: "search", Title: "None so far", Text: "None of these people looks like another. Go on below."}
	}
	return page.Show(personAlikePage, v)
}
