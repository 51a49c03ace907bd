package inspections

import (
	"context"
	"net/url"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

var toInspections = look.Link{Text: "Inspections", To: "/inspections"}

func inspectionPath(id string) string { return "/inspections/" + url.PathEscape(id) }

func kindName(k inspection.Kind) string {
	if k == inspection.AdHoc {
		return "Ad hoc"
	}
	return page.TitleOf(string(k))
}

func inspectionBadge(s inspection.State) look.Badge {
	switch s {
	case inspection.Planned:
		return look.Badge{Icon: "clock", Text: "Planned"}
	case inspection.InProgress:
		return look.Badge{Tone: "info", Icon: "edit", Text: "In progress"}
	case inspection.Complete:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Completed"}
	case inspection.Acknowledged:
		return look.Badge{Tone: "ok", Icon: "user", Text: "Acknowledged"}
	case inspection.Disputed:
		return look.Badge{Tone: "bad", Icon: "alert", Text: "Disputed"}
	}
	return look.Badge{Icon: "cross", Text: "Void"}
}

func templateBadge(s inspection.TemplateState) look.Badge {
	switch s {
	case inspection.Published:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Published"}
	case inspection.Retired:
		return look.Badge{Icon: "archive", Text: "Retired"}
	}
	return look.Badge{Tone: "warn", Icon: "edit", Text: "Draft"}
}

type inspectionRow struct {
	Title, To, Sub string
	Car            look.Link
	State          look.Badge
	New            int
	By             string
	At             look.Moment
}

// inspectionRowOf shows one in a list; cars remembers what vehicles are called.
func inspectionRowOf(ctx context.Context, c *api.Call, clock look.Clock, i *inspection.Inspection, cars map[string]string) inspectionRow {
	if cars[i.Asset] == "" {
		cars[i.Asset] = i.Asset
		if a, err := c.Fleet.Find(ctx, c.Actor, i.Asset); err == nil {
			cars[i.Asset] = a.Title()
		}
	}
	r := inspectionRow{
		Title: i.Number, To: inspectionPath(i.ID), Sub: i.Name, Car: look.Link{Text: cars[i.Asset], To: record.AssetPath(i.Asset)},
		State: inspectionBadge(i.State), New: len(i.News()), By: i.Inspector.Name, At: clock.Ago(i.Updated),
	}
	if i.Open() {
		r.To += "/form"
	}
	return r
}

// inspectionDraft is the form that begins an inspection.
type inspectionDraft struct {
	Asset    string `form:"asset"`
	Template string `form:"template"`
	Booking  string `form:"booking"`
	Name     string `form:"customer.name"`
	Email    string `form:"customer.email"`
}

func (in inspectionDraft) order(c *api.Call) inspection.Order {
	device := []rune(c.HTTP.UserAgent())
	return inspection.Order{
		Asset: in.Asset, Template: in.Template, Booking: page.Trim(in.Booking), Customer: inspection.Customer{Name: in.Name, Email: in.Email},
		Device: string(device[:min(len(device), 200)]),
	}
}

type inspectionNewView struct {
	look.Frame
	Find   look.Field
	Wrong  *look.Notice
	Fields []look.Field
	Asset  string // already chosen
	None   *look.Notice
}

var inspectionNewPage = look.Page(files, "inspection_new")

func newInspectionForm(ctx context.Context, c *api.Call, in inspectionDraft, q string, because error) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Inspect a vehicle", Section: "inspections", Crumbs: []look.Link{toInspections}})
	if err != nil {
		return api.Answer{}, err
	}
	templates, _, err := c.Inspections.Templates(ctx, c.Actor.Workspace, inspection.TemplateFilter{State: inspection.Published}, "", 200)
	if err != nil {
		return api.Answer{}, err
	}
	v := inspectionNewView{Frame: f, Find: look.Field{Name: "q", Label: "Search", Value: q, Type: "search", Placeholder: "Number, plate or VIN", Search: true}}
	if len(templates) == 0 {
		v.None = &look.Notice{Tone: "info", Title: "There is no template yet", Text: "A template says what is looked at. Publish one first, or begin with ours.", Links: []look.Link{{Text: "Templates", To: "/inspection-templates"}}}
		return page.Show(inspectionNewPage, v)
	}
	car, err := chore.CarField(ctx, c, in.Asset, q)
	if err != nil {
		return api.Answer{}, err
	}
	var by []look.Option
	for _, t := range templates {
		by = append(by, look.Option{Value: t.ID, Text: t.Name + " (" + kindName(t.Kind) + ")"})
	}
	v.Asset = in.Asset
	v.Fields = []look.Field{
		car,
		{Name: "template", Label: "Template", Type: "select", Required: true, Options: look.Choose(in.Template, by...)},
		{Name: "booking", Label: "Booking", Value: in.Booking, Hint: "Its identifier, if it is at the beginning or end of one."},
		{Name: "customer.name", Label: "Customer", Value: in.Name, Max: 100},
		{Name: "customer.email", Label: "Customer's e-mail", Value: in.Email, Type: "email", Hint: "They get the report there."},
	}
	if v.Wrong = page.Wrong(because, v.Fields); because != nil {
		return page.Again(inspectionNewPage, v)
	}
	return page.Show(inspectionNewPage, v)
}

// fileOf leads to a file that is part of an inspection.
func fileOf(ctx context.Context, c *api.Call, i *inspection.Inspection, file string, size int) (api.Answer, error) {
	if !i.Shows(file) || c.Inspections.Files == nil {
		return api.Answer{}, fault.New(fault.NotFound, "inspection.no_file", "There is no such file in this inspection.")
	}
	to, err := c.Inspections.Files.Link(ctx, i.Workspace, file, size)
	if err != nil {
		return api.Answer{}, err
	}
	return api.Redirect(to), nil
}
