package app

import (
	"context"

	"motorpool/shared/audit"
	"motorpool/shared/company"
	"motorpool/shared/person"
)

// BlockedBehind returns the people who are blocked and by whose e-mail address,
// phone and address a company is known, two of them at least. A company cannot be
// blocked; it shows this.
func (a *App) BlockedBehind(ctx context.Context, co *company.Company) ([]person.Duplicate, error) {
	if a.People == nil {
		return nil, nil
	}
	return resembling{a.People}.blocked(ctx, co)
}

// resembling knows whom companies are like.
type resembling struct{ people *person.Service }

// Like is for company.Blocks.
func (r resembling) Like(ctx context.Context, co *company.Company) (map[string][]audit.Change, error) {
	all, err := r.blocked(ctx, co)
	like := map[string][]audit.Change{}
	for _, d := range all {
		like[d.Person.ID] = person.Likeness{Person: d.Person.ID, Why: d.Why}.Changes()
	}
	return like, err
}

func (r resembling) blocked(ctx context.Context, co *company.Company) ([]person.Duplicate, error) {
	of := person.Signs{Emails: co.BillingEmails, Phone: co.Phone}
	for _, p := range []company.Place{co.Registered, co.Billing} {
		of.Places = append(of.Places, person.PersonAddress{Line1: p.Line1, Line2: p.Line2, City: p.City, Postcode: p.Postcode})
	}
	return r.people.BlockedBehind(ctx, co.Workspace, of)
}
