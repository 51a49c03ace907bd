package company

import (
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
)

// absorb gives c what from has and c does not say, with from's contacts, and
// archives from for good. What c says stays as it is.
func (c *Company) absorb(from *Company, at time.Time) error {
	if c.ID == from.ID {
		return fault.New(fault.Invalid, "company.into", "A company cannot be merged into itself.").At("into")
	}
	if err := c.inService(); err != nil {
		return err
	}
	if from.MergedInto != "" {
		return fault.New(fault.Conflict, "company.merged", "This company was merged into %s already.", from.MergedInto)
	}
	was, gone := c.Object(), from.Object()
	c.fill(from.Details)
	for _, k := range from.Contacts {
		i := slices.IndexFunc(c.Contacts, func(has Contact) bool { return has.Person == k.Person })
		if i >= 0 {
			k.Roles = slices.DeleteFunc(slices.Clone(k.Roles), func(r string) bool { return r == "primary" })
			c.Contacts[i].Roles = sortedRoles(append(slices.Clone(c.Contacts[i].Roles), k.Roles...))
			continue
		}
		if c.PrimaryContact() != "" {
			k = withoutPrimary([]Contact{k}, "")[0]
		}
		c.Contacts = append(c.Contacts, k)
	}
	if len(c.Contacts) > maxContacts || len(c.BillingEmails) > maxEmails || len(c.Tags) > maxTags {
		return fault.New(fault.Conflict, "company.too_much", "Together they have more than %d contacts, %d addresses for bills or %d tags. Remove some first.", maxContacts, maxEmails, maxTags)
	}
	c.tellUpdated(was, at)
	from.MergedInto = c.ID
	if from.ArchivedAt.IsZero() {
		from.ArchivedAt = at
	}
	is, previous := from.changed(gone, at)
	from.tell(events.CompanyArchived{Object: is, Previous: previous})
	return nil
}

// fill says what is not said yet.
func (d *Details) fill(from Details) {
	or(&d.LegalName, from.LegalName)
	or(&d.TaxNumber, from.TaxNumber)
	or(&d.Registered, from.Registered)
	or(&d.Billing, from.Billing)
	or(&d.Phone, from.Phone)
	or(&d.PaymentTerms, from.PaymentTerms)
	or(&d.CreditLimit, from.CreditLimit)
	or(&d.PORequired, from.PORequired)
	or(&d.TaxExemption, from.TaxExemption)
	or(&d.BillTo, from.BillTo)
	or(&d.Notes, from.Notes)
	d.BillingEmails = unique(append(slices.Clone(d.BillingEmails), from.BillingEmails...))
	d.Tags = unique(append(slices.Clone(d.Tags), from.Tags...))
}

func or[T comparable](is *T, other T) {
	if *is == *new(T) {
		*is = other
	}
}
