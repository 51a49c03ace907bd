package insurance

import (
	"context"
	"net/http"
	"strconv"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
	"motorpool/shared/span"
)

// InsurancePage shows one policy: what it covers, what was claimed on it, its documents.
var InsurancePage = api.Route{
	Name:    "console.insurance_page",
	Method:  http.MethodGet,
	Path:    "/insurance/{id}",
	Summary: "One policy",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insurancePage),
}

type insurancePageInput struct {
	ID     string `path:"id"`
	Tab    string `query:"tab"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
	record.Uploads
}

type insurancePageView struct {
	look.Frame
	State     look.Badge
	Notice    *look.Notice
	Acts      []look.Act
	Tabs      []look.Tab
	History   bool
	Facts     []look.Pair
	Vehicles  []look.Link
	Elsewhere string
	Claims    []claimRow
	Documents look.Kept
	Notes     string
	Entries   []record.Entry
	Pager     look.Pager
	Dialogs   []look.Dialog
}

var insurancePageTemplate = look.Page(files, "insurance_page")

func insurancePage(ctx context.Context, c *api.Call, in insurancePageInput) (api.Answer, error) {
	p, err := c.Insurance.Policy(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	today, err := c.Insurance.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: p.Line(), Lead: page.TitleOf(p.Kind) + " insurance", Section: "insurance", Crumbs: []look.Link{toPolicies}, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	self := record.PolicyPath(p.ID)
	v := insurancePageView{
		Frame: f, State: policyBadge(p.State(today)), History: in.Tab == "history", Notes: p.Notes,
		Tabs: []look.Tab{{Text: "Details", To: self, Current: in.Tab != "history"}, {Text: "History", To: self + "?tab=history", Current: in.Tab == "history"}},
	}
	v.offer(p, today)
	if v.History {
		entries, next, err := c.Insurance.History(ctx, c.Actor, p.ID, in.Cursor, 50)
		if err != nil {
			return api.Answer{}, err
		}
		for _, e := range entries {
			v.Entries = append(v.Entries, record.EntryOf(f.Clock, e))
		}
		v.Pager = page.Pager(look.Count(len(entries), "entry", "entries"), in.Cursor, next, self, "tab", "history")
		return page.Show(insurancePageTemplate, v)
	}
	if err := v.fill(ctx, c, p, in.Uploads); err != nil {
		return api.Answer{}, err
	}
	return page.Show(insurancePageTemplate, v)
}

// fill puts on the page what there is of a policy.
func (v *insurancePageView) fill(ctx context.Context, c *api.Call, p *insurance.Policy, up record.Uploads) (err error) {
	self := record.PolicyPath(p.ID)
	v.Facts = chore.Pairs("Insurer", p.Insurer, "Number", p.Number, "Kind", page.TitleOf(p.Kind), "Covers", covers(p), "First day", p.Start.String(), "Last day", p.End.String(),
		"Cancelled with", page.DateText(p.CancelledOn), "Premium", page.Money(p.Premium), "Paid", page.TitleOf(p.Frequency), "Excess", page.Money(p.Excess))
	hidden := 0
	for _, id := range p.Assets {
		a, err := c.Fleet.Find(ctx, c.Actor, id)
		if fault.KindOf(err) == fault.NotFound {
			hidden++
			continue
		}
		if err != nil {
			return err
		}
		v.Vehicles = append(v.Vehicles, look.Link{Text: a.Title(), To: record.AssetPath(id)})
	}
	if hidden > 0 {
		v.Elsewhere = "And " + look.Count(hidden, "vehicle", "vehicles") + " at other locations."
	}
	claims, _, err := c.Insurance.Claims(ctx, c.Actor, insurance.Filter{Policy: p.ID}, "", 50)
	if err != nil {
		return err
	}
	if v.Claims, err = claimRows(ctx, c, claims); err != nil {
		return err
	}
	v.Documents, err = record.KeptOf(ctx, c, record.Keeping{
		Title: "Documents", Empty: "None yet: the policy, its terms, the certificate.", Purpose: attachment.Document, IDs: p.Documents, Self: self, Under: self + "/documents",
		Edit: v.May(access.EditExpenses) && p.CancelledOn.IsZero(),
	}, up)
	return err
}

// offer fills in what this reader may do with the policy as it stands.
func (v *insurancePageView) offer(p *insurance.Policy, today span.Date) {
	self, left := record.PolicyPath(p.ID), record.UntilDay(today, lastDay(p))
	switch days := today.Until(p.End); {
	case !p.CancelledOn.IsZero():
		v.Notice = &look.Notice{Title: "Cancelled", Text: "Its last day is " + p.CancelledOn.Words() + ". It can be read, and no longer changed."}
	case days < 0:
		v.Notice = &look.Notice{Tone: "bad", Title: "It ended " + left, Text: "Renew it, or add the policy that follows."}
	case days <= 30:
		v.Notice = &look.Notice{Tone: "warn", Title: "It ends " + left, Text: "Renew it, or add the policy that follows."}
	}
	if !v.May(access.EditExpenses) {
		return
	}
	v.Acts = []look.Act{{Text: "Open a claim", Icon: "plus", To: page.With("/insurance-claims/new", "policy", p.ID)}}
	if !p.CancelledOn.IsZero() {
		return
	}
	next := span.Date{Year: p.End.Year + 1, Month: p.End.Month, Day: min(p.End.Day, 28)}
	v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit"}, look.Act{Text: "Renew", Icon: "redo", Dialog: "renew", Tone: "main"})
	v.Dialogs = []look.Dialog{{
		ID: "renew", Title: "Renew " + p.Line() + "?", Text: "Its last day moves. Claims and documents stay with it.", Action: self + "/renew", Do: "Renew",
		Hidden: []look.Option{{Text: "version", Value: strconv.FormatInt(p.Version, 10)}},
		Fields: []look.Field{
			{Name: "end", Label: "New last day", Type: "date", Value: next.String(), Required: true},
			{Name: "premium", Label: "New premium", Max: 30, Placeholder: "AUD 1240.00", Hint: "As it is, if you leave it empty."},
		},
	}}
	if today.Before(p.End) {
		v.Acts = append(v.Acts, look.Act{Text: "Cancel policy", Icon: "cross", Dialog: "cancel", Tone: "risky"})
		v.Dialogs = append(v.Dialogs, look.Dialog{
			ID: "cancel", Title: "Cancel " + p.Line() + "?", Text: "It covers until the day you say, and cannot be changed after that.", Action: self + "/cancel", Do: "Cancel policy", Danger: true,
			Fields: []look.Field{{Name: "on", Label: "Last day it covers", Type: "date", Value: today.String(), Required: true}},
		})
	}
}
