package care

import (
	"context"
	"net/http"
	"net/url"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fleet"
	"motorpool/shared/issue"
)

// IssuePage shows one issue: what is wrong, since when, and what can be done.
var IssuePage = api.Route{
	Name:    "console.issue_page",
	Method:  http.MethodGet,
	Path:    "/issues/{id}",
	Summary: "One issue",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(issuePage),
}

type issuePageView struct {
	look.Frame
	State, Severity look.Badge
	Acts            []look.Act
	Notice          *look.Notice
	Offers          []look.Act
	Facts           []look.Pair
	Asset           look.Link
	Description     string
	Photos          []issue.Photo
	Inspection      look.Link // that raised it; its text is empty if none did
	Files           *look.Files
	Ready           []string // uploaded, and not yet added
	Self            string
}

var issuePageTemplate = look.Page(files, "issue_page")

// offer fills in what this reader may do with the issue as it stands. Of one that
// endangers somebody it offers to keep the vehicle off the road, and forces nothing.
func (v *issuePageView) offer(f look.Frame, i *issue.Issue, a *fleet.Asset) {
	if !f.May(access.ManageCare) {
		return
	}
	self := record.IssuePath(i.ID)
	move := func(text, icon string, to issue.State, tone string) {
		v.Acts = append(v.Acts, look.Act{Text: text, Icon: icon, Post: self + "/move", Hidden: []look.Option{{Text: "to", Value: string(to)}}, Tone: tone})
	}
	switch i.State {
	case issue.Open:
		move("Start", "play", issue.InProgress, "main")
	case issue.InProgress:
		move("Resolve", "check", issue.Resolved, "main")
	case issue.Resolved:
		move("Close", "check", issue.Closed, "main")
		move("Open again", "redo", issue.Open, "")
	}
	if i.State != issue.Closed && i.State != issue.Dismissed {
		v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit"})
	}
	if i.Unsettled() {
		move("Dismiss", "cross", issue.Dismissed, "risky")
		v.Offers = append(v.Offers, look.Act{Text: "Block the vehicle", Icon: "gear", To: page.With("/maintenance/new", "asset", i.Asset, "issue", i.ID, "reason", "repair")})
	}
	if !i.Endangers() {
		return
	}
	v.Notice = &look.Notice{Tone: "warn", Title: "This may endanger somebody.", Text: "Nothing has been done to the vehicle yet. You can keep it from being booked, or block it for the workshop."}
	if a.BookingEnabled && f.May(access.EditAssets) {
		v.Offers = append(v.Offers, look.Act{Text: "Switch booking off", Icon: "pause", Post: record.AssetPath(a.ID) + "/booking", Hidden: []look.Option{{Text: "on", Value: "false"}}})
	}
}

// costs offers to record what the issue cost, and to claim it of a policy that
// covers the vehicle today.
func (v *issuePageView) costs(ctx context.Context, c *api.Call, f look.Frame, i *issue.Issue, a *fleet.Asset) error {
	if !a.ArchivedAt.IsZero() {
		return nil
	}
	spend := record.Spending(f, i.Asset, "issue", i.ID)
	if v.Offers = append(v.Offers, spend...); len(spend) == 0 || i.State == issue.Dismissed {
		return nil
	}
	today, err := c.Insurance.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return err
	}
	covering, err := c.Insurance.Covering(ctx, c.Actor, i.Asset, today)
	if err == nil && len(covering) > 0 {
		v.Offers = append(v.Offers, look.Act{Text: "Open a claim", Icon: "umbrella", To: page.With(record.ClaimsPath+"/new", "policy", covering[0].ID, "asset", i.Asset, "issue", i.ID)})
	}
	return err
}

type issuePageInput struct {
	chore.Input
	record.Uploads
}

func issuePage(ctx context.Context, c *api.Call, in issuePageInput) (api.Answer, error) {
	i, err := c.Issues.Issue(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	a, err := c.Fleet.Find(ctx, c.Actor, i.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: i.Line(), Lead: a.Title(), Section: "issues", Crumbs: []look.Link{{Text: "Issues", To: "/issues"}}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	v := issuePageView{
		Frame: f, State: issueBadge(i.State), Severity: severityBadge(i.Severity), Description: i.Description,
		Asset: look.Link{Text: a.Title(), To: record.AssetPath(a.ID)},
	}
	if v.Photos, err = c.Issues.Photos(ctx, i); err != nil {
		return api.Answer{}, err
	}
	if i.Inspection != "" {
		found, err := c.Inspections.Inspection(ctx, c.Actor, i.Inspection)
		if err != nil {
			return api.Answer{}, err
		}
		v.Inspection = look.Link{Text: found.Number + " " + found.Name, To: "/inspections/" + url.PathEscape(found.ID)}
	}
	if f.May(access.ManageCare) && i.State != issue.Closed && i.State != issue.Dismissed {
		files := in.Control(attachment.Evidence, record.IssuePath(i.ID), "add-photos", "Add photos")
		files.Many, files.Send = true, true
		v.Files, v.Ready, v.Self = &files, in.Ready(), record.IssuePath(i.ID)
	}
	who, err := chore.MemberName(ctx, c, i.Assignee)
	if err != nil {
		return api.Answer{}, err
	}
	v.Facts = chore.Pairs("Type", page.TitleOf(i.Type), "Found by", i.ReportedBy, "Found", f.Exact(i.ReportedAt).Text, "Odometer", chore.MetresText(i.Odometer, a.DistanceUnit),
		"Booking", i.Booking, "Assignee", who, "Due", page.DateText(i.Due), "Estimated cost", page.Money(i.EstimatedCost), "Actual cost", page.Money(i.ActualCost),
		"Charge the customer", chore.Yes(i.ChargeCustomer), "Vendor", i.Vendor, "Insurance claim", i.Claim, "Resolved", f.Exact(i.Resolved).Text, "Closed", f.Exact(i.Closed).Text, "Identifier", i.ID)
	v.offer(f, i, a)
	if err := v.costs(ctx, c, f, i, a); err != nil {
		return api.Answer{}, err
	}
	return page.Show(issuePageTemplate, v)
}
