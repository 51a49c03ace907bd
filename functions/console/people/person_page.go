package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/customer"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/person"
)

// PersonPage shows one customer: who they are, whom one can ask about them, who
// may be the same person, and what was done.
var PersonPage = api.Route{
	Name:    "console.person_page",
	Method:  http.MethodGet,
	Path:    "/people/{id}",
	Summary: "One person",
	Allow:   access.ViewPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personPage),
}

type personPageInput struct {
	ID     string `path:"id"`
	Tab    string `query:"tab"`
	Find   string `query:"find"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type personPageView struct {
	look.Frame
	State        look.Badge
	Notices      []look.Notice
	Acts         []look.Act
	Leave        []page.Advice
	Tab          string
	Tabs         []look.Tab
	Groups       []page.FactGroup
	Tags         []string
	Notes        string
	Contacts     []contactCard
	Companies    customer.Links
	Papers       look.Papers
	NoContacts   look.Empty
	Duplicates   []customer.Duplicate
	NoDuplicates look.Empty
	Blocks       []blockRow
	NoBlocks     look.Empty
	Entries      []record.Entry
	Pager        look.Pager
	Created      look.Moment
	Updated      look.Moment
	Dialogs      []look.Dialog
}

var personPageTemplate = look.Page(files, "person_page")

func personPage(ctx context.Context, c *api.Call, in personPageInput) (api.Answer, error) {
	whole, err := c.People.Person(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	p, redacted := whole.SeenBy(c.Actor)
	f, err := page.Frame(ctx, c, look.Frame{Title: p.Name(), Section: "people", Crumbs: []look.Link{toPeople}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	v := personPageView{Frame: f, State: personBadge(p), Tab: in.Tab, Tags: p.Tags, Notes: p.Notes, Created: f.Exact(p.Created), Updated: f.Ago(p.Updated), Groups: personFacts(p)}
	v.tabs(p)
	v.notices(p, redacted)
	if err := v.alert(ctx, c, p); err != nil {
		return api.Answer{}, err
	}
	v.offer(p)
	if err := v.fill(ctx, c, in, p); err != nil {
		return api.Answer{}, err
	}
	return page.Show(personPageTemplate, v)
}

func (v *personPageView) tabs(p *person.Person) {
	for _, t := range []struct{ name, text string }{{"", "Details"}, {"contacts", "Contacts"}, {"companies", "Companies"}, {"documents", "Documents"}, {"duplicates", "Duplicates"}, {"blocks", "Blocks"}, {"history", "History"}} {
		tab := look.Tab{Text: t.text, To: page.With(record.PersonPath(p.ID), "tab", t.name), Current: v.Tab == t.name}
		if t.name == "contacts" && len(p.Contacts) > 0 {
			tab.Count = page.Number(len(p.Contacts))
		}
		v.Tabs = append(v.Tabs, tab)
	}
}

// fill reads what the tab needs.
func (v *personPageView) fill(ctx context.Context, c *api.Call, in personPageInput, p *person.Person) (err error) {
	switch in.Tab {
	case "companies":
		v.Companies, err = companiesOf(ctx, c, v.Frame, p, page.Trim(in.Find))
		return err
	case "documents":
		v.Papers, err = record.PapersOf(ctx, c, v.Frame, document.Owner{Type: "person", ID: p.ID}, in.Cursor, record.PersonPath(p.ID))
		return err
	case "contacts":
		v.contacts(p)
	case "duplicates":
		found, err := c.People.Duplicates(ctx, c.Actor.Workspace, p.ID)
		if err != nil {
			return err
		}
		v.duplicates(p, found)
	case "blocks":
		blocks, next, err := c.People.Blocks(ctx, c.Actor.Workspace, p.ID, in.Cursor, 50)
		if err != nil {
			return err
		}
		v.blocks(c.Actor, blocks)
		v.Pager = page.Pager(look.Count(len(blocks), "block", "blocks"), in.Cursor, next, record.PersonPath(p.ID), "tab", "blocks")
	case "history":
		entries, next, err := c.People.History(ctx, c.Actor.Workspace, p.ID, in.Cursor, 50)
		if err != nil {
			return err
		}
		for _, e := range entries {
			v.Entries = append(v.Entries, record.EntryOf(v.Clock, e))
		}
		v.Pager = page.Pager(look.Count(len(entries), "entry", "entries"), in.Cursor, next, record.PersonPath(p.ID), "tab", "history")
	}
	return nil
}
