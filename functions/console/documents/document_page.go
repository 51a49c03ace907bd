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
	"motorpool/shared/span"
)

// DocumentPage shows one document: what it says, its files, what was handed in before, and
// what was done.
var DocumentPage = api.Route{
	Name:    "console.document_page",
	Method:  http.MethodGet,
	Path:    "/documents/{id}",
	Summary: "One document",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentPage),
}

type documentPageInput struct {
	ID     string `path:"id"`
	Tab    string `query:"tab"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type documentPageView struct {
	look.Frame
	State   look.Badge
	Notices []look.Notice
	Acts    []look.Act
	Tab     string
	Tabs    []look.Tab
	Owner   look.Link
	Facts   []look.Pair
	Files   []look.Link
	Earlier []earlierPaper
	Entries []record.Entry
	Pager   look.Pager
	Dialogs []look.Dialog
}

// earlierPaper is what was handed in before, and what became of it.
type earlierPaper struct {
	State look.Badge
	At    look.Moment
	Facts []look.Pair
	Files []look.Link
}

var documentPageTemplate = look.Page(files, "document_page")

func documentPage(ctx context.Context, c *api.Call, in documentPageInput) (api.Answer, error) {
	d, err := c.Documents.Document(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	today, err := c.Documents.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	owner, err := ownerLink(ctx, c, d.Owner)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: record.DocumentTitle(d.Type), Section: "documents", Crumbs: []look.Link{toDocuments, {Text: owner.Text, To: documentsTab(d.Owner)}}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	self := record.DocumentPath(d.ID)
	v := documentPageView{
		Frame: f, State: record.DocumentBadge(d.StateOn(today)), Tab: in.Tab, Owner: owner,
		Tabs: []look.Tab{{Text: "Details", To: self, Current: in.Tab != "history"}, {Text: "History", To: self + "?tab=history", Current: in.Tab == "history"}},
	}
	v.say(d, today)
	v.offer(d, today)
	if in.Tab != "history" {
		return page.Show(documentPageTemplate, v)
	}
	entries, next, err := c.Documents.History(ctx, c.Actor, d.ID, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	for _, e := range entries {
		v.Entries = append(v.Entries, record.EntryOf(v.Clock, e))
	}
	v.Pager = page.Pager(look.Count(len(entries), "entry", "entries"), in.Cursor, next, self, "tab", "history")
	return page.Show(documentPageTemplate, v)
}

// say fills in what the document says, as far as this reader may see it.
func (v *documentPageView) say(d *document.Document, today span.Date) {
	all := d.Owner.Type == "asset" || v.May(access.ViewPII)
	if !all {
		v.Notices = append(v.Notices, look.Notice{Title: "Not all is shown", Text: "Numbers, names, addresses and files are for those who may see what is personal."})
	}
	if d.State == document.Submitted && d.ValidOn(today) {
		v.Notices = append(v.Notices, look.Notice{Title: "The one before still counts", Text: "Until somebody has verified or rejected what was handed in last."})
	}
	if r := d.Paper.Rejected; r != nil {
		v.Notices = append(v.Notices, look.Notice{Tone: "bad", Title: "Rejected", Text: r.Reason})
	}
	v.Facts, v.Files = v.facts(d.ID, d.Paper, all)
	if !d.Asked.At.IsZero() {
		v.Facts = append(v.Facts, page.Known("Asked for", v.Exact(d.Asked.At).Text, "Message", d.Asked.Message)...)
	}
	for _, p := range d.Before {
		e := earlierPaper{State: record.DocumentBadge(document.Submitted), At: v.When(p.At)}
		switch {
		case p.Verified != nil:
			e.State = record.DocumentBadge(document.Verified)
		case p.Rejected != nil:
			e.State = record.DocumentBadge(document.Rejected)
		default:
			e.State = look.Badge{Icon: "dash", Text: "Replaced"}
		}
		e.Facts, e.Files = v.facts(d.ID, p, all)
		v.Earlier = append(v.Earlier, e)
	}
}

func (v *documentPageView) facts(id string, p document.Submission, all bool) (facts []look.Pair, files []look.Link) {
	if p.At.IsZero() {
		return nil, nil
	}
	facts = page.Known("Good until", page.DateText(p.Expires), "Issued", page.DateText(p.Issued), "Country", p.Country, "State", p.State, "Class", p.Class)
	if all {
		facts = append(facts, page.Known("Number", p.Number, "Name", p.Name, "Date of birth", page.DateText(p.BirthDate), "Address", p.Address)...)
		for _, f := range p.Files {
			files = append(files, look.Link{Text: page.TitleOf(f.Side), To: record.DocumentPath(id) + "/files/" + f.Attachment})
		}
	}
	facts = append(facts, page.Known("Handed in", v.Exact(p.At).Text, "By", p.By.Name)...)
	if p.Verified != nil {
		facts = append(facts, page.Known("Verified", v.Exact(p.Verified.At).Text, "Verified by", p.Verified.By.Name)...)
	}
	if p.Rejected != nil {
		facts = append(facts, page.Known("Rejected", v.Exact(p.Rejected.At).Text, "Rejected by", p.Rejected.By.Name, "Why", p.Rejected.Reason)...)
	}
	return facts, files
}

// offer fills in what this reader may do with the document as it stands.
func (v *documentPageView) offer(d *document.Document, today span.Date) {
	self, version := record.DocumentPath(d.ID), []look.Option{{Text: "version", Value: strconv.FormatInt(d.Version, 10)}}
	if !record.MayFile(v.Frame, d.Owner) {
		return
	}
	if d.State == document.Submitted {
		if !d.Paper.Over(today) {
			v.Acts = append(v.Acts, look.Act{Text: "Verify", Icon: "check", Post: self + "/verify", Hidden: version, Tone: "main"})
		}
		v.Acts = append(v.Acts, look.Act{Text: "Reject", Icon: "cross", Dialog: "reject", Tone: "risky"})
		v.Dialogs = append(v.Dialogs, look.Dialog{
			ID: "reject", Title: "Reject this document?", Action: self + "/reject", Do: "Reject", Danger: true, Hidden: version,
			Fields: []look.Field{{Name: "reason", Label: "Why", Type: "textarea", Required: true, Max: 300, Hint: "So that whoever hands it in can do better."}},
		})
	}
	v.Acts = append(v.Acts, look.Act{Text: "Hand in anew", Icon: "edit", To: self + "/submit"}, look.Act{Text: "Ask again", Icon: "send", To: self + "/ask"})
}
