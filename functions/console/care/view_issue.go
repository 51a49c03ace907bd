package care

import (
	"context"
	"slices"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fault"
	"motorpool/shared/issue"
)

// issueFields is what the form of an issue posts.
type issueFields struct {
	ID             string   `path:"id"`
	Asset          string   `form:"asset"`
	Title          string   `form:"title"`
	Description    string   `form:"description"`
	Type           string   `form:"type"`
	Severity       string   `form:"severity"`
	ReportedBy     string   `form:"reported_by"`
	ReportedAt     string   `form:"reported_at"`
	Odometer       string   `form:"odometer"`
	Booking        string   `form:"booking"`
	Assignee       string   `form:"assignee"`
	Due            string   `form:"due"`
	EstimatedCost  string   `form:"estimated_cost"`
	ActualCost     string   `form:"actual_cost"`
	ChargeCustomer bool     `form:"charge_customer"`
	Vendor         string   `form:"vendor"`
	Claim          string   `form:"claim"`
	Photos         []string `form:"photos"`
	File           []string `form:"file"` // uploaded for it
	Version        int64    `form:"version"`

	refused []string // codes of why files were not taken
}

func issueFieldsOf(ctx context.Context, c *api.Call, i *issue.Issue) (in issueFields, err error) {
	unit, err := chore.UnitOf(ctx, c, i.Asset)
	if err != nil {
		return in, err
	}
	zone, err := zoneOf(ctx, c)
	return issueFields{
		ID: i.ID, Asset: i.Asset, Title: i.Title, Description: i.Description, Type: i.Type, Severity: i.Severity, ReportedBy: i.ReportedBy,
		ReportedAt: localText(i.ReportedAt, zone), Odometer: chore.ShownText(i.Odometer, unit), Booking: i.Booking, Assignee: i.Assignee, Due: page.DateText(i.Due),
		EstimatedCost: page.MoneyText(i.EstimatedCost), ActualCost: page.MoneyText(i.ActualCost), ChargeCustomer: i.ChargeCustomer, Vendor: i.Vendor, Claim: i.Claim,
		Photos: i.Photos, Version: i.Version,
	}, err
}

func (in issueFields) describe(ctx context.Context, c *api.Call, asset string, d *issue.Details) error {
	unit, err := chore.UnitOf(ctx, c, asset)
	if err != nil {
		return err
	}
	zone, err := zoneOf(ctx, c)
	if err != nil {
		return err
	}
	bad := fault.New(fault.Invalid, "issue.form", "Some fields are not right.")
	reported := localInstant(in.ReportedAt, zone, "reported_at", bad)
	if in.ReportedAt != localText(d.ReportedAt, zone) {
		d.ReportedAt = reported
	}
	if in.Odometer != chore.ShownText(d.Odometer, unit) { // a form has no metres
		d.Odometer = chore.Driven(in.Odometer, unit, "odometer", bad)
	}
	d.Title, d.Description, d.Type, d.Severity, d.ReportedBy = page.Trim(in.Title), page.Trim(in.Description), in.Type, in.Severity, page.Trim(in.ReportedBy)
	d.Booking, d.Assignee, d.Due = page.Trim(in.Booking), in.Assignee, page.Date(in.Due, "due", bad)
	d.EstimatedCost, d.ActualCost = page.Amount(in.EstimatedCost, "estimated_cost", bad), page.Amount(in.ActualCost, "actual_cost", bad)
	d.ChargeCustomer, d.Vendor, d.Claim, d.Photos = in.ChargeCustomer, page.Trim(in.Vendor), page.Trim(in.Claim), slices.Concat(in.Photos, in.File)
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func (in issueFields) form(f look.Frame, people []look.Option, car look.Field, because error) chore.FormView {
	fields := []look.Field{
		{Name: "title", Label: "What is wrong", Value: in.Title, Required: true, Max: 150, Wide: true, Placeholder: "Scratch on the left rear door"},
		{Name: "type", Label: "Type", Type: "select", Required: true, Options: look.Choose(in.Type, chore.Named(issue.Types)...)},
		{Name: "severity", Label: "Severity", Type: "select", Options: look.Choose(in.Severity, chore.Named(issue.Severities)...), Hint: "Safety: it may endanger somebody."},
		{Name: "reported_by", Label: "Found by", Value: in.ReportedBy, Max: 100},
		{Name: "reported_at", Label: "Found", Type: "datetime-local", Value: in.ReportedAt, Hint: "Now, if you leave it empty."},
		{Name: "odometer", Label: "Odometer then", Value: in.Odometer},
		{Name: "booking", Label: "Booking", Value: in.Booking, Mono: true, Placeholder: "bkg_…", Hint: "If it was found during one."},
		{Name: "description", Label: "Description", Type: "textarea", Value: in.Description, Wide: true, Max: 5000},
		{Name: "assignee", Label: "Assignee", Type: "select", Options: people},
		{Name: "due", Label: "Due", Type: "date", Value: in.Due},
		{Name: "vendor", Label: "Vendor", Value: in.Vendor, Max: 100},
		{Name: "estimated_cost", Label: "Estimated cost", Value: in.EstimatedCost, Placeholder: "AUD 420.00"},
		{Name: "actual_cost", Label: "Actual cost", Value: in.ActualCost, Placeholder: "AUD 396.50"},
		{Name: "claim", Label: "Insurance claim", Value: in.Claim, Max: 100},
		{Name: "photos", Label: "Photos"},
		car,
	}
	v := chore.FormView{Frame: f, Version: in.Version, Wrong: page.Wrong(because, fields)}
	for _, id := range in.Photos {
		v.Checks = append(v.Checks, page.Check{Name: "photos", Value: id, Text: "Photo " + id, Hint: "Untick to take it away.", On: true})
	}
	v.Checks = append(v.Checks, page.Check{Name: "charge_customer", Value: "true", Text: "Charge the customer", Hint: "What it costs is to be billed, also after the booking has ended.", On: in.ChargeCustomer})
	last := len(fields) - 2
	v.Groups = []page.FieldGroup{{Title: "What was found", Fields: fields[:8]}, {Title: "What is done about it", Fields: fields[8:last]}, {Title: "Vehicle", Fields: fields[last+1:]}}
	if in.ID != "" {
		v.Groups = v.Groups[:2]
	}
	return v
}

func newIssueForm(ctx context.Context, c *api.Call, in issueFields, q string, because error) (api.Answer, error) {
	f, err := chore.Frame(ctx, c, look.Frame{Title: "Report an issue", Section: "issues", Crumbs: []look.Link{{Text: "Issues", To: "/issues"}}}, in.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	people, err := chore.Assignable(ctx, c, "Nobody yet", in.Assignee)
	if err != nil {
		return api.Answer{}, err
	}
	car, err := chore.CarField(ctx, c, in.Asset, q)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, people, car, because)
	if in.Asset == "" {
		v.Find = chore.Find("/issues/new", q)
	}
	v.ID = "issue"
	for _, id := range in.File {
		v.Hidden = append(v.Hidden, look.Option{Text: "file", Value: id})
	}
	files := record.Uploads{Refused: in.refused}.Control(attachment.Evidence, page.With("/issues/new", "asset", in.Asset), v.ID, "Photos")
	files.Many, v.Files = true, &files
	if n := len(in.File); n > 0 {
		files.Hint = look.Count(n, "photo is", "photos are") + " ready and goes along with the issue. " + files.Hint
	}
	v.Action, v.Cancel, v.Do = "/issues", page.With("/issues", "asset", in.Asset), "Report the issue"
	return chore.Form(v, because)
}

func editIssueForm(ctx context.Context, c *api.Call, i *issue.Issue, in issueFields, because error) (api.Answer, error) {
	in.ID = i.ID
	f, err := chore.Frame(ctx, c, look.Frame{Title: "Change " + i.Number, Section: "issues", Crumbs: []look.Link{{Text: "Issues", To: "/issues"}, {Text: i.Line(), To: record.IssuePath(i.ID)}}}, i.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	people, err := chore.Assignable(ctx, c, "Nobody yet", in.Assignee)
	if err != nil {
		return api.Answer{}, err
	}
	v := in.form(f, people, look.Field{}, because)
	v.Action, v.Cancel, v.Do = record.IssuePath(i.ID), record.IssuePath(i.ID), "Save changes"
	return chore.Form(v, because)
}
