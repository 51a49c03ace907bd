package app

import (
	"context"

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
	of := person.Signs{Emails: co.BillingEmails, Phone: co.Phone}
	for _, p := range []company.Place{co.Registered, co.Billing} {
		of.Places = append(of.Places, person.PersonAddress{Line1: p.Line1, Line2: p.Line2, City: p.City, Postcode: p.Postcode})
	}
	return a.People.BlockedBehind(ctx, co.Workspace, of)
}
