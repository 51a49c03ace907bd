package company

import (
	"context"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/money"
	"motorpool/shared/table"
)

func (c *Company) tell(e events.Event) { c.news = append(c.news, e) }

// changed counts a change and returns c as it now is and, by name, what was
// different before.
func (c *Company) changed(was events.Company, at time.Time) (events.Company, events.Previous) {
	c.Version++
	c.Updated = at
	is := c.Object()
	return is, events.Differences(was, is)
}

// tellUpdated tells what is different since was, if anything is.
func (c *Company) tellUpdated(was events.Company, at time.Time) {
	if len(events.Differences(was, c.Object())) == 0 {
		return
	}
	is, previous := c.changed(was, at)
	c.tell(events.CompanyUpdated{Object: is, Previous: previous})
}

// Object is c as the outside sees it: in events and in answers of the API.
func (c *Company) Object() events.Company {
	o := events.Company{
		ID: c.ID, TradingName: c.TradingName, LegalName: c.LegalName,
		Registered: addressOf(c.Registered), Billing: addressOf(c.Billing),
		BillingEmails: append([]string{}, c.BillingEmails...), Phone: c.Phone, PaymentTermsDays: c.PaymentTerms,
		PORequired: c.PORequired, DefaultBillTo: c.BillTo, Contacts: []events.CompanyContact{},
		Tags: slices.Clone(c.Tags), Notes: c.Notes, Status: string(c.Status()), MergedInto: c.MergedInto,
		ArchivedAt: c.ArchivedAt, CreatedAt: c.Created, UpdatedAt: c.Updated, Version: c.Version,
	}
	if c.TaxNumber != (TaxID{}) {
		o.TaxNumber = &events.CompanyTaxNumber{Kind: c.TaxNumber.Kind, Number: c.TaxNumber.Number}
	}
	if c.CreditLimit != (money.Amount{}) {
		o.CreditLimit = &events.Money{Minor: c.CreditLimit.Minor, Currency: c.CreditLimit.Currency}
	}
	if x := c.TaxExemption; x != (Exemption{}) {
		o.TaxExemption = &events.CompanyTaxExemption{Reason: x.Reason, Certificate: x.Certificate, Until: x.Until.String()}
	}
	for _, k := range c.Contacts {
		o.Contacts = append(o.Contacts, events.CompanyContact{Person: k.Person, Roles: slices.Clone(k.Roles)})
	}
	return o
}

func addressOf(a Place) *events.CompanyAddress {
	if a == (Place{}) {
		return nil
	}
	out := events.CompanyAddress(a)
	return &out
}

// tellOps returns the ops that tell of c's changes: its news, and an audit entry
// by the name of the first of them.
func (s *Service) tellOps(ctx context.Context, actor access.Actor, c *Company) (ops []table.Op, err error) {
	pk := companyPK(c.Workspace, c.ID)
	for _, e := range c.news {
		op, err := s.Events.Op(ctx, pk, actor, e, c.Updated)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if c.was != nil {
		if changes, err = audit.Diff(c.was.Object(), c.Object(), "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	object := audit.Object{Type: "company", ID: c.ID, Name: c.TradingName}
	op, err := s.Audit.Op(pk, actor, c.news[0].Type(), object, changes, c.Updated)
	return append(ops, op), err
}

// History returns a page of what was done to a company, newest first.
func (s *Service) History(ctx context.Context, workspace, id, cursor string, limit int) ([]audit.Entry, string, error) {
	if _, err := s.load(ctx, workspace, id); err != nil {
		return nil, "", err
	}
	return s.Audit.Of(ctx, workspace, companyPK(workspace, id), cursor, limit)
}
