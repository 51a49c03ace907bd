package insurance

import (
	"context"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
)

// claimBadge says where a claim is on its way.
func claimBadge(s insurance.Stage) look.Badge {
	b := look.Badge{Tone: "info", Icon: "clock", Text: page.TitleOf(string(s))}
	switch s {
	case insurance.Approved, insurance.Settled:
		b.Tone, b.Icon = "ok", "check"
	case insurance.Declined:
		b.Tone, b.Icon = "bad", "cross"
	case insurance.Closed, insurance.Withdrawn:
		b.Tone, b.Icon = "", "archive"
	}
	return b
}

// claimRow is a claim in a list.
type claimRow struct {
	Line, To, On, Claimed, Settled string
	Asset                          look.Link
	State                          look.Badge
}

// claimRows are claims as a list shows them.
func claimRows(ctx context.Context, c *api.Call, list []*insurance.Claim) (rows []claimRow, err error) {
	titles := chore.TitlesOf(ctx, c)
	for _, cl := range list {
		r := claimRow{Line: cl.Line(), To: record.ClaimPath(cl.ID), On: cl.IncidentOn.String(), Claimed: page.Money(cl.Claimed), Settled: page.Money(cl.Settled), State: claimBadge(cl.Stage)}
		if r.Asset, err = titles(cl.Asset); err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// claimFields is the form of a claim as a browser posts it. Policy and vehicle are
// asked for once.
type claimFields struct {
	ID          string `path:"id"`
	Policy      string `form:"policy"`
	Vehicle     string `form:"asset"` // what people call it
	Issue       string `form:"issue"`
	IncidentOn  string `form:"incident_on"`
	Place       string `form:"place"`
	Number      string `form:"number"`
	Description string `form:"description"`
	OtherParty  string `form:"other_party"`
	Claimed     string `form:"claimed"`
	Excess      string `form:"excess"`
	Settled     string `form:"settled"`
	Version     int64  `form:"version"`

	asset string // its id, if it is known
}

func claimFieldsOf(c *insurance.Claim) claimFields {
	return claimFields{
		ID: c.ID, Issue: c.Issue, IncidentOn: page.DateText(c.IncidentOn), Place: c.Place, Number: c.Number, Description: c.Description, OtherParty: c.OtherParty,
		Claimed: page.MoneyText(c.Claimed), Excess: page.MoneyText(c.Excess), Settled: page.MoneyText(c.Settled), Version: c.Version, asset: c.Asset,
	}
}

// story reads the form into st, as far as the form says it.
func (in claimFields) story(st *insurance.Story) error {
	bad := fault.New(fault.Invalid, "insurance_claim.form", "Some fields are not right.")
	st.Issue, st.Place, st.Number, st.Description, st.OtherParty = in.Issue, in.Place, in.Number, in.Description, in.OtherParty
	st.IncidentOn = page.Date(in.IncidentOn, "incident_on", bad)
	st.Claimed, st.Excess, st.Settled = page.Amount(in.Claimed, "claimed", bad), page.Amount(in.Excess, "excess", bad), page.Amount(in.Settled, "settled", bad)
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// claimForm is the form with what is filled in and what is wrong.
func claimForm(ctx context.Context, c *api.Call, in claimFields, because error, fr look.Frame, do string) (api.Answer, error) {
	fr.Section = "insurance"
	frame, err := page.Frame(ctx, c, fr)
	if err != nil {
		return api.Answer{}, err
	}
	var fields []look.Field
	if in.ID == "" {
		if fields, err = in.onWhat(ctx, c); err != nil {
			return api.Answer{}, err
		}
	}
	said := len(fields)
	issues, err := in.issues(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	fields = append(fields,
		look.Field{Name: "incident_on", Label: "The day it happened", Type: "date", Value: in.IncidentOn, Required: true},
		look.Field{Name: "place", Label: "Where", Value: in.Place, Max: 200},
		look.Field{Name: "description", Label: "What happened", Type: "textarea", Value: in.Description, Max: 5000, Wide: true},
		look.Field{Name: "other_party", Label: "Who else was in it", Type: "textarea", Value: in.OtherParty, Max: 2000, Wide: true, Hint: "Their vehicle and insurer."},
	)
	if len(issues) > 1 {
		fields = append(fields, look.Field{Name: "issue", Label: "Issue that it is about", Type: "select", Options: look.Choose(in.Issue, issues...)})
	}
	happened := len(fields)
	fields = append(fields,
		look.Field{Name: "number", Label: "The insurer's number of it", Value: in.Number, Max: 100, Mono: true},
		look.Field{Name: "claimed", Label: "Asked for", Value: in.Claimed, Max: 30, Placeholder: "AUD 4200.00"},
		look.Field{Name: "excess", Label: "Excess", Value: in.Excess, Max: 30, Placeholder: "AUD 800.00", Hint: "The policy's, if you leave it empty."},
	)
	if in.ID != "" {
		fields = append(fields, look.Field{Name: "settled", Label: "What the insurer paid", Value: in.Settled, Max: 30, Placeholder: "AUD 3400.00"})
	}
	v := chore.FormView{Frame: frame, Action: record.ClaimsPath, Cancel: record.ClaimsPath, Do: do, Version: in.Version, Wrong: page.Wrong(because, fields)}
	if in.ID != "" {
		v.Action, v.Cancel = record.ClaimPath(in.ID), record.ClaimPath(in.ID)
	}
	if said > 0 {
		v.Groups = append(v.Groups, page.FieldGroup{Title: "On what", Fields: fields[:said]})
	}
	v.Groups = append(v.Groups, page.FieldGroup{Title: "What happened", Fields: fields[said:happened]}, page.FieldGroup{Title: "The claim", Fields: fields[happened:]})
	return chore.Form(v, because)
}

// onWhat are the fields that say which policy, and which vehicle.
func (in claimFields) onWhat(ctx context.Context, c *api.Call) ([]look.Field, error) {
	list, _, err := c.Insurance.Policies(ctx, c.Actor, insurance.Filter{}, "", 100)
	if err != nil {
		return nil, err
	}
	policies := []look.Option{{Text: "Choose"}}
	vehicle := look.Field{Name: "asset", Label: "Vehicle", Value: in.Vehicle, Required: true, Max: 60, Hint: "Its number, plate or VIN."}
	for _, p := range list {
		policies = append(policies, look.Option{Value: p.ID, Text: p.Line() + ", until " + lastDay(p).String()})
		for _, id := range p.Assets {
			if p.ID != in.Policy {
				break
			}
			name, err := callOf(ctx, c, id)
			if err != nil {
				return nil, err
			}
			vehicle.Options = append(vehicle.Options, look.Option{Value: name})
		}
	}
	if vehicle.Value == "" && len(vehicle.Options) == 1 {
		vehicle.Value = vehicle.Options[0].Value
	}
	return []look.Field{{Name: "policy", Label: "Policy", Type: "select", Options: look.Choose(in.Policy, policies...), Required: true}, vehicle}, nil
}

// issues are those of the vehicle, if it is known.
func (in claimFields) issues(ctx context.Context, c *api.Call) ([]look.Option, error) {
	if in.asset == "" {
		return nil, nil
	}
	list, _, err := c.Issues.Issues(ctx, c.Actor, issue.Filter{Asset: in.asset}, "", 50)
	if err != nil {
		return nil, err
	}
	out := []look.Option{{Text: "None"}}
	known := in.Issue == ""
	for _, i := range list {
		known = known || i.ID == in.Issue
		out = append(out, look.Option{Value: i.ID, Text: i.Number + " " + i.Title})
	}
	if !known {
		out = append(out, look.Option{Value: in.Issue, Text: in.Issue})
	}
	return out, nil
}
