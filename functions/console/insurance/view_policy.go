package insurance

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
	"motorpool/shared/span"
)

// policyBadge says whether a policy is in force.
func policyBadge(s insurance.State) look.Badge {
	switch s {
	case insurance.Active:
		return look.Badge{Tone: "ok", Icon: "check", Text: "In force"}
	case insurance.Scheduled:
		return look.Badge{Tone: "info", Icon: "clock", Text: "Begins later"}
	case insurance.Expired:
		return look.Badge{Tone: "bad", Icon: "alert", Text: "Ended"}
	}
	return look.Badge{Icon: "cross", Text: "Cancelled"}
}

// lastDay is the last day that a policy covers.
func lastDay(p *insurance.Policy) span.Date {
	if !p.CancelledOn.IsZero() {
		return p.CancelledOn
	}
	return p.End
}

// covers says in words what a policy covers.
func covers(p *insurance.Policy) string {
	if p.WholeFleet {
		return "The whole fleet"
	}
	return look.Count(len(p.Assets), "vehicle", "vehicles")
}

// policyFields is the form of a policy as a browser posts it.
type policyFields struct {
	ID        string `path:"id"`
	Insurer   string `form:"insurer"`
	Number    string `form:"number"`
	Kind      string `form:"kind"`
	Covers    string `form:"whole_fleet"`
	Assets    string `form:"assets"` // what people call them
	Start     string `form:"start"`
	End       string `form:"end"`
	Premium   string `form:"premium"`
	Frequency string `form:"frequency"`
	Excess    string `form:"excess"`
	Notes     string `form:"notes"`
	Version   int64  `form:"version"`
}

func policyFieldsOf(ctx context.Context, c *api.Call, p *insurance.Policy) (policyFields, error) {
	in := policyFields{
		ID: p.ID, Insurer: p.Insurer, Number: p.Number, Kind: p.Kind, Start: page.DateText(p.Start), End: page.DateText(p.End),
		Premium: page.MoneyText(p.Premium), Frequency: p.Frequency, Excess: page.MoneyText(p.Excess), Notes: p.Notes, Version: p.Version,
	}
	if p.WholeFleet {
		in.Covers = "true"
	}
	var called []string
	for _, id := range p.Assets {
		name, err := callOf(ctx, c, id)
		if err != nil {
			return in, err
		}
		called = append(called, name)
	}
	in.Assets = strings.Join(called, ", ")
	return in, nil
}

// terms reads the form into t, as far as the form says it.
func (in policyFields) terms(ctx context.Context, c *api.Call, t *insurance.Terms) error {
	bad := fault.New(fault.Invalid, "insurance_policy.form", "Some fields are not right.")
	t.Insurer, t.Number, t.Kind, t.Notes, t.Frequency = page.Trim(in.Insurer), page.Trim(in.Number), in.Kind, page.Trim(in.Notes), in.Frequency
	t.Start, t.End = page.Date(in.Start, "start", bad), page.Date(in.End, "end", bad)
	t.Premium, t.Excess = page.Amount(in.Premium, "premium", bad), page.Amount(in.Excess, "excess", bad)
	t.WholeFleet, t.Assets = in.Covers == "true", nil
	for word := range strings.FieldsFuncSeq(in.Assets, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if word = page.Trim(word); word == "" {
			continue
		}
		id, err := vehicleCalled(ctx, c, word)
		if fault.KindOf(err) == fault.NotFound {
			bad.Fields = append(bad.Fields, fault.Field{Name: "assets", Reason: fmt.Sprintf(`There is no vehicle “%s” here. Give its number, plate or VIN.`, word)})
			continue
		}
		if err != nil {
			return err
		}
		if !slices.Contains(t.Assets, id) {
			t.Assets = append(t.Assets, id)
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// policyForm is the form with what is filled in and what is wrong.
func policyForm(ctx context.Context, c *api.Call, in policyFields, because error, fr look.Frame, do string) (api.Answer, error) {
	fr.Section = "insurance"
	frame, err := page.Frame(ctx, c, fr)
	if err != nil {
		return api.Answer{}, err
	}
	kinds := append([]look.Option{{Text: "Choose"}}, page.Options(insurance.PolicyKinds...)...)
	often := append([]look.Option{{Text: "–"}}, page.Options(insurance.Frequencies...)...)
	fields := []look.Field{
		{Name: "insurer", Label: "Insurer", Value: in.Insurer, Required: true, Max: 100},
		{Name: "number", Label: "Policy number", Value: in.Number, Required: true, Max: 100, Mono: true},
		{Name: "kind", Label: "Kind", Type: "select", Options: look.Choose(in.Kind, kinds...), Required: true},
		{Name: "start", Label: "First day", Type: "date", Value: in.Start, Required: true},
		{Name: "end", Label: "Last day", Type: "date", Value: in.End, Required: true, Hint: "You are told 30 and 7 days before it, and on it."},
		{Name: "whole_fleet", Label: "It covers", Type: "select", Options: look.Choose(in.Covers, look.Option{Text: "The vehicles named here"}, look.Option{Value: "true", Text: "The whole fleet"})},
		{Name: "assets", Label: "Vehicles", Type: "textarea", Value: in.Assets, Wide: true, Hint: "Their numbers, plates or VINs with commas between them; at most 25. Leave it empty for the whole fleet."},
		{Name: "premium", Label: "Premium", Value: in.Premium, Max: 30, Placeholder: "AUD 1240.00"},
		{Name: "frequency", Label: "Paid", Type: "select", Options: look.Choose(in.Frequency, often...)},
		{Name: "excess", Label: "Excess", Value: in.Excess, Max: 30, Placeholder: "AUD 800.00", Hint: "What you pay of each claim."},
		{Name: "notes", Label: "Notes", Type: "textarea", Value: in.Notes, Max: 2000, Wide: true},
	}
	wrong := page.Wrong(because, fields)
	self := record.InsurancePath
	if in.ID != "" {
		self = record.PolicyPath(in.ID)
	}
	return chore.Form(chore.FormView{
		Frame: frame, Action: self, Cancel: self, Do: do, Version: in.Version, Wrong: wrong,
		Groups: []page.FieldGroup{{Title: "Policy", Fields: fields[:5]}, {Title: "What it covers", Fields: fields[5:7]}, {Title: "What it costs", Fields: fields[7:10]}, {Title: "Notes", Fields: fields[10:]}},
	}, because)
}
