package companies

import (
	"context"
	"net/http"
	"strings"

	"motorpool/functions/console/customer"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/company"
	"motorpool/shared/document"
)

// CompanyPage shows one company: what it is, who speaks for it, its documents,
// which others may be the same one, and what was done.
var CompanyPage = api.Route{
	Name:    "console.company_page",
	Method:  http.MethodGet,
	Path:    "/companies/{id}",
	Summary: "One company",
	Allow:   access.ViewPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyPage),
}

type companyPageInput struct {
	ID     string `path:"id"`
	Tab    string `query:"tab"`
	Find   string `query:"find"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type companyPageView struct {
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
	Contacts     customer.Links
	Papers       look.Papers
	Duplicates   []customer.Duplicate
	NoDuplicates look.Empty
	Entries      []record.Entry
	Pager        look.Pager
	Created      look.Moment
	Updated      look.Moment
	Dialogs      []look.Dialog
}

var companyPageTemplate = look.Page(files, "company_page")

func companyPage(ctx context.Context, c *api.Call, in companyPageInput) (api.Answer, error) {
	co, err := c.Companies.Company(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: co.TradingName, Lead: co.LegalName, Section: "companies", Crumbs: []look.Link{toCompanies}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	v := companyPageView{Frame: f, State: companyBadge(co), Tab: in.Tab, Tags: co.Tags, Notes: co.Notes, Created: f.Exact(co.Created), Updated: f.Ago(co.Updated)}
	v.tabs(co)
	v.offer(co)
	like, err := c.BlockedBehind(ctx, co)
	if err != nil {
		return api.Answer{}, err
	}
	v.Notices = append(v.Notices, customer.LikeBlocked(like)...)
	if err := v.fill(ctx, c, in, co); err != nil {
		return api.Answer{}, err
	}
	return page.Show(companyPageTemplate, v)
}

func (v *companyPageView) tabs(co *company.Company) {
	for _, t := range []struct{ name, text string }{{"", "Details"}, {"contacts", "Contacts"}, {"documents", "Documents"}, {"duplicates", "Duplicates"}, {"history", "History"}} {
		tab := look.Tab{Text: t.text, To: page.With(record.CompanyPath(co.ID), "tab", t.name), Current: v.Tab == t.name}
		if t.name == "contacts" && len(co.Contacts) > 0 {
			tab.Count = page.Number(len(co.Contacts))
		}
		v.Tabs = append(v.Tabs, tab)
	}
}

// fill reads what the tab needs.
func (v *companyPageView) fill(ctx context.Context, c *api.Call, in companyPageInput, co *company.Company) (err error) {
	switch in.Tab {
	case "contacts":
		v.Contacts, err = contactsOf(ctx, c, v.Frame, co, page.Trim(in.Find))
		return err
	case "documents":
		v.Papers, err = record.PapersOf(ctx, c, v.Frame, document.Owner{Type: "company", ID: co.ID}, in.Cursor, record.CompanyPath(co.ID))
		return err
	case "duplicates":
		found, err := c.Companies.Duplicates(ctx, co)
		if err != nil {
			return err
		}
		v.duplicates(co, found)
	case "history":
		entries, next, err := c.Companies.History(ctx, c.Actor.Workspace, co.ID, in.Cursor, 50)
		if err != nil {
			return err
		}
		for _, e := range entries {
			v.Entries = append(v.Entries, record.EntryOf(v.Clock, e))
		}
		v.Pager = page.Pager(look.Count(len(entries), "entry", "entries"), in.Cursor, next, record.CompanyPath(co.ID), "tab", "history")
	default:
		bills := "The company itself"
		if co.BillTo != "" {
			if bills, err = record.NameOfPerson(ctx, c, co.BillTo); err != nil {
				return err
			}
		}
		v.Groups = companyFacts(co, bills)
	}
	return nil
}

// offer fills in what this reader may do with the company as it stands.
func (v *companyPageView) offer(co *company.Company) {
	self := record.CompanyPath(co.ID)
	if co.MergedInto != "" {
		v.Notices = append(v.Notices, look.Notice{Title: "Merged", Text: "Another company has taken its place. Its history stays here.", Links: []look.Link{{Text: "Go there", To: record.CompanyPath(co.MergedInto)}}})
		return
	}
	if !v.May(access.EditPeople) {
		return
	}
	if co.Status() == company.Archived {
		v.Notices = append(v.Notices, look.Notice{Title: "Archived " + v.Day(co.ArchivedAt).Text, Text: "It is a customer no longer. Restore it to change it."})
		v.Acts = append(v.Acts, look.Act{Text: "Restore", Icon: "redo", Post: self + "/restore"})
		return
	}
	v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit", Tone: "main"})
	v.Leave = append(v.Leave, page.Advice{Text: "No longer a customer. Nothing is lost, and it can be brought back.", Act: look.Act{Text: "Archive", Icon: "archive", Post: self + "/archive", Small: true}})
}

func (v *companyPageView) duplicates(co *company.Company, found []company.Duplicate) {
	v.NoDuplicates = look.Empty{Icon: "merge", Title: "No duplicates", Text: "No other company has its tax number, one of its names or one of its addresses for bills."}
	for _, d := range found {
		row := customer.Duplicate{Name: d.Company.TradingName, To: record.CompanyPath(d.Company.ID), State: companyBadge(d.Company), Why: strings.ReplaceAll(strings.Join(d.By, ", "), "_", " ")}
		if v.May(access.EditPeople) && co.Status() == company.Active {
			id := "merge-" + d.Company.ID
			row.Merge = look.Act{Text: "Merge", Icon: "merge", Dialog: id, Small: true}
			v.Dialogs = append(v.Dialogs, look.Dialog{
				ID: id, Title: "Merge " + d.Company.TradingName + " into " + co.TradingName + "?", Action: record.CompanyPath(d.Company.ID) + "/merge", Do: "Merge", Danger: true,
				Hidden: []look.Option{{Text: "into", Value: co.ID}}, Text: "They become one company. It cannot be undone.",
				Points: []string{"• What this one does not say yet is taken from the other.", "• Contacts, addresses for bills and tags are joined.", "• The other is archived for good, with its history and documents."},
			})
		}
		v.Duplicates = append(v.Duplicates, row)
	}
}

// companyFacts is what is known of a company, in the order people look for it.
func companyFacts(co *company.Company, bills string) []page.FactGroup {
	terms, order, exempt := "The workspace's", "Not needed", ""
	if co.PaymentTerms > 0 {
		terms = look.Count(co.PaymentTerms, "day", "days")
	}
	if co.PORequired {
		order = "Needed on every bill"
	}
	if x := co.TaxExemption; x.Reason != "" {
		exempt = x.Reason
		if x.Certificate != "" {
			exempt += ", certificate " + x.Certificate
		}
		if !x.Until.IsZero() {
			exempt += ", until " + x.Until.String()
		}
	}
	return []page.FactGroup{
		{Title: "Company", Facts: page.Known("Trading name", co.TradingName, "Legal name", co.LegalName, "Tax number", taxText(co.TaxNumber), "Phone", co.Phone,
			"Registered address", placeInWords(co.Registered), "Identifier", co.ID)},
		{Title: "Bills", Facts: page.Known("Go to", strings.Join(co.BillingEmails, ", "), "Addressed to", bills, "Billing address", placeInWords(co.Billing), "Payment terms", terms,
			"Credit limit", page.Money(co.CreditLimit), "Purchase order number", order, "Pays no tax", exempt)},
	}
}
