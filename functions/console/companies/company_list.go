package companies

import (
	"context"
	"net/http"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/company"
)

// CompanyList shows the companies.
var CompanyList = api.Route{
	Name:    "console.company_list",
	Method:  http.MethodGet,
	Path:    "/companies",
	Summary: "The companies",
	Allow:   access.ViewPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyList),
}

type companyListInput struct {
	Q      string `query:"q"`
	Status string `query:"status"`
	Tag    string `query:"tag"`
	Sort   string `query:"sort"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type companyListView struct {
	look.Frame
	Acts     []look.Act
	Filters  []look.Field
	Filtered bool
	Rows     []companyRow
	Pager    look.Pager
	Empty    look.Empty
}

type companyRow struct {
	Name, Legal, To string
	State           look.Badge
	Tax, Email      string
	Contacts        string
	Tags            []string
	Updated         look.Moment
}

var companyListPage = look.Page(files, "company_list")

func companyList(ctx context.Context, c *api.Call, in companyListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Companies", Section: "companies", Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	filter := company.Filter{Q: page.Trim(in.Q), Status: company.Status(in.Status), Tag: page.Trim(in.Tag), ByName: in.Sort != "newest"}
	list, next, err := c.Companies.Companies(ctx, c.Actor.Workspace, filter, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	v := companyListView{Frame: f, Filters: in.filters(), Filtered: in.Q+in.Status+in.Tag+in.Sort != ""}
	sort := in.Sort
	if sort == "" {
		sort = "name" // as the page has it
	}
	v.Acts = record.Exporting(f, "companies", "q", in.Q, "status", in.Status, "tag", in.Tag, "sort", sort)
	add := ""
	if f.May(access.EditPeople) {
		add = "/companies/new"
		v.Acts = append(v.Acts, look.Act{Text: "Add company", Icon: "plus", To: add, Tone: "main"})
	}
	for _, co := range list {
		row := companyRow{
			Name: co.TradingName, Legal: co.LegalName, To: record.CompanyPath(co.ID), State: companyBadge(co), Tax: taxText(co.TaxNumber),
			Email: strings.Join(co.BillingEmails, ", "), Contacts: page.Number(len(co.Contacts)), Tags: co.Tags, Updated: f.Ago(co.Updated),
		}
		v.Rows = append(v.Rows, row)
	}
	v.Pager = page.Pager(look.Count(len(list), "company", "companies"), in.Cursor, next, "/companies", "q", in.Q, "status", in.Status, "tag", in.Tag, "sort", in.Sort)
	v.Empty = noCompany(v.Filtered, next != "", add)
	return page.Show(companyListPage, v)
}

func (in companyListInput) filters() []look.Field {
	return []look.Field{
		{Name: "q", Label: "Search", Value: in.Q, Type: "search", Placeholder: "Name, tax number or e-mail", Search: true},
		{Name: "status", Label: "State", Type: "select", Options: look.Choose(in.Status, look.Option{Text: "Active"}, look.Option{Value: string(company.Archived), Text: "Archived"})},
		{Name: "tag", Label: "Tag", Value: in.Tag, Max: 40},
		{Name: "sort", Label: "Order", Type: "select", Options: look.Choose(in.Sort, look.Option{Text: "By name"}, look.Option{Value: "newest", Text: "Newest first"})},
	}
}

func noCompany(filtered, more bool, add string) look.Empty {
	switch {
	case more:
		return look.Empty{Icon: "search", Title: "None so far", Text: "This part of the list holds no company that matches. Go on below."}
	case filtered:
		return look.Empty{Icon: "search", Title: "No company matches", Text: "The search looks at the beginning of words in names, of tax numbers and of e-mail addresses.", Links: []look.Link{{Text: "Clear the filters", To: "/companies"}}}
	}
	e := look.Empty{Icon: "firm", Title: "No companies yet", Text: "A company can book and pay; people drive for it and speak for it."}
	if add != "" {
		e.Links = []look.Link{{Text: "Add company", To: add}}
	}
	return e
}

func taxText(t company.TaxID) string {
	if t.Kind == "other" {
		return t.Number
	}
	return page.Trim(strings.ToUpper(t.Kind) + " " + t.Number)
}
