package inspections

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

// reportView is what a report shows, to staff and to the customer.
type reportView struct {
	Facts    []look.Pair
	Sections []reportSection
	Looked   bool
	Views    []bodyView
	Damages  []reportDamage
	Gone     []reportDamage
	Addenda  []reportAddendum
	Verdict  *reportVerdict
	PDF      string
	Hash     string
}

type reportSection struct {
	Title  string
	Fields []reportField
}

type reportField struct {
	Label, Says, Note string
	Failed            bool
	Photos            []photoView
	Lines             []string
}

type reportDamage struct {
	N          int
	Text, Note string
	New        bool
}

type reportAddendum struct {
	At, By, Text string
	Photos       []photoView
}

type reportVerdict struct {
	Badge             look.Badge
	At, Name, Comment string
}

func reportViewOf(s *inspection.Sheet, base string) reportView {
	day := func(t interface{ IsZero() bool }, text string) string {
		if t.IsZero() {
			return ""
		}
		return text
	}
	const form = "2 January 2006, 15:04"
	v := reportView{Looked: s.Looked}
	where := ""
	if p := s.Place; p != nil {
		where = p.Latitude + ", " + p.Longitude + " (to about 100 m)"
	}
	for _, p := range []look.Pair{
		{Name: "Vehicle", Value: page.Trim(s.Vehicle.Title + " " + s.Vehicle.Plate)},
		{Name: "Kind", Value: kindName(s.Kind)},
		{Name: "Inspected by", Value: s.Inspector.Name},
		{Name: "Begun", Value: day(s.Started, s.Started.In(s.Zone).Format(form))},
		{Name: "Completed", Value: day(s.Completed, s.Completed.In(s.Zone).Format(form))},
		{Name: "Where", Value: where},
		{Name: "Booking", Value: s.Booking},
	} {
		if p.Value != "" {
			v.Facts = append(v.Facts, p)
		}
	}
	for _, sec := range s.Form.Sections {
		r := reportSection{Title: sec.Title}
		for _, f := range sec.Fields {
			a := s.Answers[f.Key]
			field := reportField{Label: f.Label, Says: s.Says(f, a), Note: a.Note, Failed: a.Choice == "fail", Photos: photosOf(base, a.Photos)}
			if a.Signature != nil {
				field.Lines = polylines(a.Signature.Lines)
			}
			r.Fields = append(r.Fields, field)
		}
		v.Sections = append(v.Sections, r)
	}
	if s.Looked {
		v.Views, _ = bodyOf(s.Damages, nil)
	}
	for n, m := range s.Damages {
		v.Damages = append(v.Damages, reportDamage{n + 1, inspection.ViewNames[m.View] + ": " + m.Type, m.Note, m.Status == "new"})
	}
	for _, m := range s.Gone {
		v.Gone = append(v.Gone, reportDamage{0, inspection.ViewNames[m.View] + ": " + m.Type, m.Note, false})
	}
	for _, a := range s.Addenda {
		v.Addenda = append(v.Addenda, reportAddendum{a.At.In(s.Zone).Format(form), a.Name, a.Text, photosOf(base, a.Photos)})
	}
	if d := s.Verdict; d != nil {
		v.Verdict = &reportVerdict{inspectionBadge(s.State), d.At.In(s.Zone).Format(form), d.Name, d.Comment}
	}
	if s.Report != nil {
		v.PDF, v.Hash = base+"/files/"+s.Report.File, s.Report.SHA256
	}
	return v
}

func polylines(lines [][]int) (out []string) {
	for _, l := range lines {
		out = append(out, pointsOf(l))
	}
	return out
}

type inspectionPageView struct {
	look.Frame
	State   look.Badge
	Acts    []look.Act
	Notice  *look.Notice
	Report  reportView
	Car     look.Link
	Issues  []look.Link
	Dialogs []look.Dialog
	Link    look.Code
	Amend   *amendment
}

// amendment is the form of a correction, with what is uploaded for it.
type amendment struct {
	Action, ID string
	Field      look.Field
	Ready      []string
	Files      look.Files
}

// inspectionShow is what the page of an inspection shows besides: the customer's
// link, and a correction that is begun.
type inspectionShow struct {
	ID, Did, Link string
	Text          string
	record.Uploads
}

var inspectionPageTemplate = look.Page(files, "inspection_page")

func inspectionPageOf(ctx context.Context, c *api.Call, in inspectionShow, because error) (api.Answer, error) {
	s, err := c.Inspections.Sheet(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: s.Number + " " + s.Name, Lead: s.Vehicle.Title, Section: "inspections", Crumbs: []look.Link{toInspections}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	if !f.May(access.ViewPII) {
		s.Verdict = nil
	}
	v := inspectionPageView{Frame: f, State: inspectionBadge(s.State), Report: reportViewOf(s, inspectionPath(in.ID)), Car: look.Link{Text: s.Vehicle.Title, To: record.AssetPath(s.Asset)}}
	for _, issue := range s.Issues {
		is, err := c.Issues.Issue(ctx, c.Actor, issue)
		if err != nil {
			return api.Answer{}, err
		}
		v.Issues = append(v.Issues, look.Link{Text: is.Line(), To: record.IssuePath(issue)})
	}
	if in.Link != "" {
		v.Link = look.Code{ID: "customer-link", Text: in.Link, Wrap: true, Label: "Link for the customer"}
	}
	if s.Void != nil {
		v.Notice = &look.Notice{Tone: "warn", Title: "Void", Text: s.Void.Reason}
	}
	if bad, ok := errors.AsType[*fault.Error](because); ok {
		v.Notice = &look.Notice{Tone: "bad", Title: "This was not done.", Text: bad.Message}
	}
	v.offer(f, s.Inspection)
	v.amends(f, s.Inspection, in, because)
	if because != nil {
		return page.Again(inspectionPageTemplate, v)
	}
	return page.Show(inspectionPageTemplate, v)
}

// offer fills in what this reader may do with the inspection as it stands.
func (v *inspectionPageView) offer(f look.Frame, i *inspection.Inspection) {
	self := inspectionPath(i.ID)
	dialog := func(do, title, say string, danger bool, fields ...look.Field) {
		v.Dialogs = append(v.Dialogs, look.Dialog{ID: do, Title: title, Action: self, Do: say, Danger: danger, Hidden: []look.Option{{Text: "do", Value: do}}, Fields: fields})
	}
	name := look.Field{Name: "name", Label: "Customer's name", Required: true, Max: 100}
	words := func(label string, needed bool) look.Field {
		return look.Field{Name: "text", Label: label, Type: "textarea", Required: needed, Max: 2000}
	}
	if f.May(access.DoInspections) && i.Open() {
		v.Acts = append(v.Acts, look.Act{Text: "Fill in", Icon: "edit", To: self + "/form", Tone: "main"})
	}
	if f.May(access.DoInspections) && i.Done() {
		if i.State == inspection.Complete {
			v.Acts = append(v.Acts, look.Act{Text: "Customer agrees", Icon: "check", Dialog: "acknowledge", Tone: "main"}, look.Act{Text: "Customer disputes", Icon: "alert", Dialog: "dispute"})
			dialog("acknowledge", "The customer agrees", "They agree", false, name)
			dialog("dispute", "The customer disputes", "They dispute", false, name, words("What is not right", true))
		}
		v.Acts = append(v.Acts, look.Act{Text: "Link for the customer", Icon: "send", Post: self, Hidden: []look.Option{{Text: "do", Value: "link"}}}, look.Act{Text: "Add a correction", Icon: "plus", To: "#" + amendForm})
	}
	if f.May(access.ManageInspections) && i.State != inspection.Voided {
		v.Acts = append(v.Acts, look.Act{Text: "Void", Icon: "cross", Dialog: "void", Tone: "risky"})
		dialog("void", "Void this inspection?", "Void", true, words("Why it does not count", true))
	}
}

// amendForm is the id of the form that adds a correction.
const amendForm = "amend"

// amends puts the form of a correction on the page of what was completed.
func (v *inspectionPageView) amends(f look.Frame, i *inspection.Inspection, in inspectionShow, because error) {
	if !f.May(access.DoInspections) || !i.Done() {
		return
	}
	self := inspectionPath(i.ID)
	fields := []look.Field{{Name: "text", Label: "What was not right, and how it is", Type: "textarea", Value: in.Text, Required: true, Max: 2000}}
	if because != nil && page.Wrong(because, fields) == nil {
		v.Notice = nil // it is said beside the field
	}
	v.Amend = &amendment{Action: self, ID: amendForm, Ready: in.Ready(), Files: in.Control(attachment.Evidence, self, amendForm, "Photos of it"), Field: fields[0]}
	v.Amend.Files.Many = true
}

type customerView struct {
	Title, Action, Operator, Until string
	Wrong                          *look.Notice
	Report                         reportView
	Asked                          bool // the customer has not yet said anything
	Fields                         []look.Field
}

var customerPages = look.Alone(files, "inspection_open")

// customerPage is a report for who has a link to it.
func customerPage(ctx context.Context, c *api.Call, token string, because error) (api.Answer, error) {
	s, err := c.Inspections.Open(ctx, token, c.Now)
	if fault.KindOf(err) == fault.NotFound {
		v := customerView{Title: "This link works no more", Wrong: &look.Notice{Tone: "warn", Text: "It is older than seven days, or there is a newer one. Ask whoever sent it for another."}}
		a, err := page.Show(customerPages, v)
		return a.Status(http.StatusNotFound), err
	}
	if err != nil {
		return api.Answer{}, err
	}
	base := "/inspection/" + url.PathEscape(token)
	v := customerView{Title: s.Name + " " + s.Number, Action: base, Operator: s.Operator, Until: s.Until.In(s.Zone).Format("2 January 2006"), Report: reportViewOf(s, base), Asked: s.State == inspection.Complete}
	v.Fields = []look.Field{{Name: "name", Label: "Your name", Required: true, Max: 100, Complete: "name"}, {Name: "comment", Label: "What is not right", Type: "textarea", Max: 2000, Hint: "Only if you do not agree."}}
	if v.Wrong = page.Wrong(because, v.Fields); because != nil {
		return page.Again(customerPages, v)
	}
	return page.Show(customerPages, v)
}
