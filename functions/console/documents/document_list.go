package documents

import (
	"context"
	"net/http"
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/document"
)

// DocumentList shows documents: those to verify, those that expire, and the rest by state.
var DocumentList = api.Route{
	Name:    "console.document_list",
	Method:  http.MethodGet,
	Path:    "/documents",
	Summary: "The documents",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentList),
}

type documentListInput struct {
	Show   string `query:"show"` // a state, expiring or all; empty: those to verify
	Type   string `query:"type"`
	Q      string `query:"q"`
	Days   string `query:"expiring"`
	Owner  string `query:"owner"` // per_…, com_… or ast_…
	Whose  string `query:"whose"` // what an owner is called; it goes before Owner
	Cursor string `query:"cursor"`
}

type documentListView struct {
	look.Frame
	Acts     []look.Act
	Tabs     []look.Tab
	Hidden   []look.Option
	Filters  []look.Field
	Filtered bool
	Notices  []look.Notice
	Papers   look.Papers
}

var documentListPage = look.Page(files, "document_list")

func documentList(ctx context.Context, c *api.Call, in documentListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Documents", Section: "documents"})
	if err != nil {
		return api.Answer{}, err
	}
	today, err := c.Documents.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	in, said, err := in.whose(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	filter, in := in.filter(f)
	var list []*document.Document
	var next string
	if in.Whose == "" { // it is known whose
		if list, next, err = c.Documents.Documents(ctx, c.Actor, filter, in.Cursor, 50, c.Now); err != nil {
			return api.Answer{}, err
		}
	}
	v := documentListView{
		Frame: f, Tabs: in.tabs(), Filters: in.fields(f), Filtered: in.Q+in.Type+in.Owner != "", Notices: said,
		Hidden: []look.Option{{Text: "show", Value: in.Show}, {Text: "owner", Value: in.Owner}},
	}
	for _, d := range list {
		p := record.PaperOf(f, d, today)
		if p.Owner, err = ownerLink(ctx, c, d.Owner); err != nil {
			return api.Answer{}, err
		}
		v.Papers.Rows = append(v.Papers.Rows, p)
	}
	v.Acts = exporting(f, filter)
	v.Papers.Empty = in.empty(v.Filtered, next != "")
	v.Papers.Pager = page.Pager(look.Count(len(list), "document", "documents"), in.Cursor, next, "/documents", "show", in.Show, "owner", in.Owner, "type", in.Type, "q", in.Q, "expiring", in.Days)
	if f.May(access.ManageSettings) {
		v.Papers.Acts = []look.Act{{Text: "Who is told", Icon: "gear", To: "/settings/documents"}}
	}
	return page.Show(documentListPage, v)
}

// soon is how many days the list of what expires looks ahead, if nobody says.
const soon = 30

func (in documentListInput) filter(f look.Frame) (document.Filter, documentListInput) {
	filter := document.Filter{Owner: in.Owner, Type: in.Type, State: document.State(in.Show)}
	if in.Show == "" {
		filter.State = document.Submitted
	}
	if n, err := strconv.Atoi(in.Days); err == nil && n > 0 && n <= 365 {
		in.Show = "expiring"
	}
	if in.Show == "all" {
		filter.State, filter.All = "", true
	}
	if in.Show == "expiring" {
		filter.State, filter.Until = "", soon
		if n, err := strconv.Atoi(in.Days); err == nil && n > 0 && n <= 365 {
			filter.Until = n
		}
		in.Days = strconv.Itoa(filter.Until)
	}
	if f.May(access.ViewPII) {
		filter.Q = page.Trim(in.Q)
	}
	return filter, in
}

// exporting keeps the days only where the list is of what expires.
func exporting(f look.Frame, filter document.Filter) []look.Act {
	within := ""
	if filter.Until > 0 {
		within = strconv.Itoa(filter.Until)
	}
	return record.Exporting(f, "documents", "type", filter.Type, "state", string(filter.State), "q", filter.Q, "expires_within", within)
}

func (in documentListInput) tabs() (all []look.Tab) {
	for _, t := range []struct{ show, text string }{{"", "To verify"}, {"expiring", "Expiring"}, {"expired", "Expired"}, {"requested", "Requested"}, {"rejected", "Rejected"}, {"verified", "Verified"}, {"all", "All"}} {
		all = append(all, look.Tab{Text: t.text, To: page.With("/documents", "show", t.show, "owner", in.Owner), Current: in.Show == t.show})
	}
	return all
}

func (in documentListInput) fields(f look.Frame) []look.Field {
	types := []look.Option{{Text: "All types"}}
	for _, typ := range document.Types {
		types = append(types, look.Option{Value: typ, Text: record.DocumentTitle(typ)})
	}
	all := []look.Field{{Name: "whose", Label: "Whose", Value: in.Whose, Type: "search", Placeholder: "A name or number begins with"}, {Name: "type", Label: "Type", Type: "select", Options: look.Choose(in.Type, types...)}}
	if in.Show == "expiring" {
		all = append(all, look.Field{Name: "expiring", Label: "Within", Type: "number", Value: in.Days, Unit: "days"})
	}
	if f.May(access.ViewPII) {
		all = append(all, look.Field{Name: "q", Label: "Number", Value: in.Q, Type: "search", Placeholder: "It begins with", Search: true})
	}
	return all
}

func (in documentListInput) empty(filtered, more bool) look.Empty {
	switch {
	case more:
		return look.Empty{Icon: "search", Title: "None so far", Text: "This part of the list holds no document that matches. Go on below."}
	case in.Whose != "":
		return look.Empty{Icon: "search", Title: "Whose documents?", Text: "Choose above, or search by another name."}
	case filtered:
		return look.Empty{Icon: "search", Title: "No document matches", Text: "Choose another type, state or owner, or another number.", Links: []look.Link{{Text: "Clear the filters", To: page.With("/documents", "show", in.Show)}}}
	case in.Show == "":
		return look.Empty{Icon: "check", Title: "Nothing to verify", Text: "What customers hand in over a link waits here until somebody has looked at it."}
	}
	return look.Empty{Icon: "paper", Title: "None", Text: "Documents are added and asked for on the pages of people, companies and assets."}
}
