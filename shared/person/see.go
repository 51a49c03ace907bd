package person

import (
	"slices"

	"motorpool/shared/access"
)

// SeenBy is p as an actor sees them, and the names of the fields that were left
// out because the actor may not see what is personal. Whoever shows a person
// shows this.
func (p *Person) SeenBy(actor access.Actor) (seen *Person, redacted []string) {
	seen = p.snapshot()
	if actor.May(access.ViewPII) {
		return seen, nil
	}
	left := func(name string, there bool) {
		if there {
			redacted = append(redacted, name)
		}
	}
	left("email", p.Email != "")
	left("mobile", p.Mobile != "")
	left("birth_date", !p.BirthDate.IsZero())
	left("residential_address", p.ResidentialAddress != PersonAddress{})
	left("billing_address", p.BillingAddress != PersonAddress{})
	left("tax_id", p.TaxID != "")
	left("marketing_consent.how", p.MarketingConsent.How != "")
	left("notes", p.Notes != "")
	left("contacts", len(p.Contacts) > 0)
	left("block.note", p.Block != nil && p.Block.Note != "")
	seen.PersonDetails = PersonDetails{
		GivenName: p.GivenName, MiddleNames: p.MiddleNames, FamilyName: p.FamilyName, PreferredName: p.PreferredName,
		TimeZone: p.TimeZone, PaymentTermsDays: p.PaymentTermsDays, Language: p.Language, Tags: slices.Clone(p.Tags),
		MarketingConsent: PersonConsent{Given: p.MarketingConsent.Given, At: p.MarketingConsent.At},
	}
	for i, c := range seen.Contacts {
		seen.Contacts[i] = PersonContact{
			ID: c.ID, PersonContactDetails: PersonContactDetails{Type: c.Type}, VerifiedAt: c.VerifiedAt, VerifiedBy: c.VerifiedBy,
		}
	}
	if p.Block != nil {
		seen.Block, _ = p.Block.SeenBy(actor)
	}
	return seen, redacted
}

// SeenBy is b as an actor sees it, as of a person.
func (b Block) SeenBy(actor access.Actor) (seen *Block, redacted []string) {
	if !actor.May(access.ViewPII) {
		if b.Note != "" {
			redacted = append(redacted, "note")
		}
		if b.LiftNote != "" {
			redacted = append(redacted, "lift_note")
		}
		b.Note, b.LiftNote = "", ""
	}
	return &b, redacted
}
