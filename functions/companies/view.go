package companies

import (
	"context"
	"strings"

	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/company"
)

// byID is the input of a route about one thing.
type byID struct {
	ID string `path:"id"`
}

// companyView is a company as answers show it: the object of its events, and
// what is worth a second look.
type companyView struct {
	events.Company
	Warnings []company.Warning `json:"warnings,omitempty" nullable:"false" doc:"What is allowed and may yet be a mistake"`
}

// ETagVersion makes the ETag.
func (v companyView) ETagVersion() int64 { return v.Version }

func viewOf(co *company.Company) companyView {
	if co == nil {
		return companyView{}
	}
	return companyView{co.Object(), co.Warnings()}
}

// warned is co with a warning for each company that may be the same one, and for
// each person who is blocked and seems to be behind it.
func warned(ctx context.Context, c *api.Call, co *company.Company) (companyView, error) {
	v := viewOf(co)
	all, err := c.Companies.Duplicates(ctx, co)
	for _, d := range all {
		v.Warnings = append(v.Warnings, company.Warning{
			Code: "company.duplicate", Field: strings.Replace(d.By[0], "name", "trading_name", 1),
			Message: "This may be " + d.Company.TradingName + " (" + d.Company.ID + "): they share " + strings.Join(d.By, ", ") + ".",
		})
	}
	if err != nil {
		return v, err
	}
	like, err := c.BlockedBehind(ctx, co)
	for _, d := range like {
		v.Warnings = append(v.Warnings, company.Warning{
			Code: "company.like_blocked", Field: "billing_emails",
			Message: "The person " + d.Person.ID + " is blocked here and shares " + strings.ReplaceAll(strings.Join(d.Why, ", "), "_", " ") + " with it.",
		})
	}
	return v, err
}

// duplicateView is a company that may be the same one, and why.
type duplicateView struct {
	Company events.Company `json:"company"`
	By      []string       `json:"by" nullable:"false" doc:"What they share: tax_number, name, email" example:"[\"tax_number\"]"`
}

func duplicateOf(d company.Duplicate) duplicateView { return duplicateView{d.Company.Object(), d.By} }

func listOf[In, Out any](page []In, next string, show func(In) Out) api.List[Out] {
	out := make([]Out, len(page))
	for i, in := range page {
		out[i] = show(in)
	}
	return api.ListOf(out, next)
}
