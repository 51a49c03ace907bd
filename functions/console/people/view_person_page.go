package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"motorpool/functions/console/customer"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/person"
)

type contactCard struct {
	Title    string
	Verified look.Badge
	Facts    []look.Pair
	Acts     []look.Act
}

type blockRow struct {
	Reason, Note, By, LiftedBy, LiftNote string
	At, LiftedAt                         look.Moment
}

// notices say what a reader must know first.
func (v *personPageView) notices(p *person.Person, redacted []string) {
	if !p.AnonymisedAt.IsZero() {
		v.Notices = append(v.Notices, look.Notice{Title: "Anonymised " + v.Day(p.AnonymisedAt).Text, Text: "All that was personal is erased. The log of what was done stays."})
	} else if p.State() == person.Archived {
		v.Notices = append(v.Notices, look.Notice{Title: "Archived " + v.Day(p.ArchivedAt).Text, Text: "Lists and searches leave them out."})
	}
	if p.Block != nil {
		v.Notices = append(v.Notices, look.Notice{Tone: "bad", Title: "Blocked: " + strings.ToLower(page.TitleOf(p.Block.Reason)) + ", since " + v.Day(p.Block.At).Text, Text: p.Block.Note})
	}
	if len(redacted) > 0 {
		v.Notices = append(v.Notices, look.Notice{Title: "Some fields are not shown to you.", Text: "They are personal: " + strings.ReplaceAll(strings.Join(redacted, ", "), "_", " ") + "."})
	}
}

// alert warns of those who are blocked and may be the same person.
func (v *personPageView) alert(ctx context.Context, c *api.Call, p *person.Person) error {
	if p.Block != nil {
		return nil
	}
	like, err := c.People.LikeBlocked(ctx, c.Actor.Workspace, p.ID)
	v.Notices = append(v.Notices, customer.LikeBlocked(like)...)
	return err
}

// offer fills in what this reader may do with the person as they stand.
func (v *personPageView) offer(p *person.Person) {
	self, kept := record.PersonPath(p.ID), p.AnonymisedAt.IsZero()
	if v.May(access.EditPeople) && kept {
		v.Acts = append(v.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit", Tone: "main"}, look.Act{Text: "Add contact", Icon: "plus", Dialog: "contact"})
		v.Dialogs = append(v.Dialogs, contactDialog(self))
	}
	if v.May(access.BlockPeople) && kept {
		v.offerBlock(self, p)
	}
	if v.May(access.EditPeople) {
		v.offerArchive(self, p, kept)
	}
	if v.May(access.AnonymisePeople) {
		v.Leave = append(v.Leave, page.Advice{Text: "Everything that is held on them, with what was uploaded.", Act: look.Act{Text: "Export", Icon: "download", To: record.PersonExportsPath(p.ID), Small: true}})
	}
	if v.May(access.AnonymisePeople) && kept {
		v.Leave = append(v.Leave, page.Advice{Text: "They asked to be forgotten.", Act: look.Act{Text: "Anonymise", Icon: "user", Dialog: "anonymise", Tone: "risky", Small: true}})
		v.Dialogs = append(v.Dialogs, look.Dialog{
			ID: "anonymise", Title: "Anonymise " + p.Name() + "?", Action: self + "/anonymise", Do: "Erase for good", Danger: true, Text: "This cannot be undone by anybody.",
			Points: []string{"• Names, addresses, contacts and notes are erased, those of merged duplicates too.", "• The identifier, dates, and who changed which field stay.", "• Lift a block first: nobody will know them again."},
		})
	}
}

func (v *personPageView) offerBlock(self string, p *person.Person) {
	note := look.Field{Name: "note", Label: "Note", Type: "textarea", Max: 1000, Hint: "For those who may see what is personal."}
	if p.Block != nil {
		v.Acts = append(v.Acts, look.Act{Text: "Unblock", Icon: "check", Dialog: "unblock"})
		v.Dialogs = append(v.Dialogs, look.Dialog{ID: "unblock", Title: "Unblock " + p.Name() + "?", Action: self + "/unblock", Do: "Unblock", Text: "That they were blocked is kept.", Fields: []look.Field{note}})
		return
	}
	v.Acts = append(v.Acts, look.Act{Text: "Block", Icon: "shield", Dialog: "block", Tone: "risky"})
	reason := look.Field{Name: "reason", Label: "Reason", Type: "select", Required: true, Options: look.Choose("non_payment", page.Options(person.BlockReasons...)...)}
	v.Dialogs = append(v.Dialogs, look.Dialog{ID: "block", Title: "Block " + p.Name() + "?", Action: self + "/block", Do: "Block", Danger: true, Text: "It holds in this workspace, until it is lifted.", Fields: []look.Field{reason, note}})
}

func (v *personPageView) offerArchive(self string, p *person.Person, kept bool) {
	switch {
	case p.State() != person.Archived:
		v.Leave = append(v.Leave, page.Advice{Text: "No longer a customer. Nothing is lost, and they can be brought back.", Act: look.Act{Text: "Archive", Icon: "archive", Post: self + "/archive", Small: true}})
	case kept:
		v.Acts = append(v.Acts, look.Act{Text: "Restore", Icon: "redo", Post: self + "/restore"})
	}
	if kept {
		v.Leave = append(v.Leave, page.Advice{Text: "Added by mistake, and nothing refers to them.", Act: look.Act{Text: "Delete", Icon: "bin", Dialog: "delete", Tone: "risky", Small: true}})
		v.Dialogs = append(v.Dialogs, look.Dialog{ID: "delete", Title: "Delete " + p.Name() + "?", Action: self + "/delete", Do: "Delete", Danger: true, Text: "Only for somebody who was added by mistake."})
	}
}

func contactDialog(self string) look.Dialog {
	return look.Dialog{ID: "contact", Title: "Add a contact", Action: self + "/contacts", Do: "Add contact", Fields: []look.Field{
		{Name: "type", Label: "Type", Type: "select", Required: true, Options: look.Choose("emergency", page.Options(person.ContactTypes...)...)},
		{Name: "name", Label: "Name", Max: 100},
		{Name: "relationship", Label: "Relationship", Max: 60},
		{Name: "phone", Label: "Phone", Type: "tel", Max: 40},
		{Name: "email", Label: "E-mail", Type: "email", Max: 254},
		{Name: "company", Label: "Company", Max: 100, Hint: "Of an employer."},
		{Name: "role", Label: "Role", Max: 100, Hint: "What they do there."},
		{Name: "notes", Label: "Notes", Type: "textarea", Max: 500},
	}}
}

// personFacts is what is known of a person, in the order people look for it.
func personFacts(p *person.Person) []page.FactGroup {
	terms, consent := "", "No"
	if p.PaymentTermsDays != nil {
		terms = fmt.Sprintf("%d days", *p.PaymentTermsDays)
	}
	if p.MarketingConsent.Given {
		consent = page.Trim("Yes, since " + p.MarketingConsent.At.Format("2006-01-02") + ". " + p.MarketingConsent.How)
	}
	groups := []page.FactGroup{
		{Title: "Person", Facts: page.Known("Given name", p.GivenName, "Middle names", p.MiddleNames, "Family name", p.FamilyName, "Preferred name", p.PreferredName,
			"E-mail", p.Email, "Mobile", p.Mobile, "Date of birth", page.DateText(p.BirthDate), "Identifier", p.ID, "Merged from", strings.Join(p.MergedFrom, ", "))},
		{Title: "Addresses", Facts: page.Known("Residential", addressInWords(p.ResidentialAddress), "Billing", addressInWords(p.BillingAddress))},
		{Title: "Dealings", Facts: page.Known("Payment terms", terms, "Tax number", p.TaxID, "Language", p.Language, "Time zone", p.TimeZone, "Wants marketing", consent)},
	}
	return slices.DeleteFunc(groups, func(g page.FactGroup) bool { return len(g.Facts) == 0 })
}

func addressInWords(a person.PersonAddress) string {
	parts := []string{a.Line1, a.Line2, page.Trim(a.City + " " + a.State + " " + a.Postcode), a.Country}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

func (v *personPageView) contacts(p *person.Person) {
	v.NoContacts = look.Empty{Icon: "user", Title: "No contacts", Text: "Nobody is known who can be asked about this person, or called for them."}
	for _, c := range p.Contacts {
		self := record.PersonPath(p.ID) + "/contacts/" + c.ID
		card := contactCard{
			Title: page.TitleOf(c.Type), Verified: look.Badge{Icon: "dash", Text: "Not verified"},
			Facts: page.Known("Name", c.Name, "Relationship", c.Relationship, "Phone", c.Phone, "E-mail", c.Email, "Address", addressInWords(c.Address), "Company", c.Company,
				"Role", c.Role, "Since", page.DateText(c.StartDate), "Income", c.IncomeBand, "Notes", c.Notes),
		}
		if c.VerifiedBy != nil {
			card.Verified = look.Badge{Tone: "ok", Icon: "check", Text: "Verified " + v.Day(c.VerifiedAt).Text + " by " + c.VerifiedBy.Name}
		}
		if v.May(access.EditPeople) {
			if c.VerifiedBy == nil {
				card.Acts = append(card.Acts, look.Act{Text: "Verified", Icon: "check", Post: self + "/verify", Small: true})
			}
			if v.May(access.ViewPII) {
				card.Acts = append(card.Acts, look.Act{Text: "Edit", Icon: "edit", To: self + "/edit", Small: true})
			}
			card.Acts = append(card.Acts, look.Act{Text: "Remove", Icon: "bin", Post: self + "/remove", Small: true})
		}
		v.Contacts = append(v.Contacts, card)
	}
}

func (v *personPageView) duplicates(p *person.Person, found []person.Duplicate) {
	v.NoDuplicates = look.Empty{Icon: "merge", Title: "No duplicates", Text: "Nobody has two of these in common with them: e-mail, mobile, name and birth date, residential address; nor the number of a document."}
	for i, d := range found {
		row := customer.Duplicate{Name: d.Person.Name(), To: record.PersonPath(d.Person.ID), State: personBadge(d.Person), Why: strings.ReplaceAll(strings.Join(d.Why, ", "), "_", " ")}
		if v.May(access.EditPeople) {
			id := fmt.Sprint("merge-", i)
			row.Merge = look.Act{Text: "Merge", Icon: "merge", Dialog: id, Small: true}
			v.Dialogs = append(v.Dialogs, look.Dialog{
				ID: id, Title: "Merge " + d.Person.Name() + " into " + p.Name() + "?", Action: record.PersonPath(d.Person.ID) + "/merge", Do: "Merge", Danger: true,
				Hidden: []look.Option{{Text: "into", Value: p.ID}}, Text: "They become one person. It cannot be undone.",
				Points: []string{"• What is known of one alone is kept; of two answers the one on this page stays.", "• The other identifier, " + d.Person.ID + ", leads here.", "• If one is blocked, both are."},
			})
		}
		v.Duplicates = append(v.Duplicates, row)
	}
}

func (v *personPageView) blocks(actor access.Actor, blocks []person.Block) {
	v.NoBlocks = look.Empty{Icon: "shield", Title: "Never blocked", Text: "Nobody ever blocked this person here."}
	for _, b := range blocks {
		seen, _ := b.SeenBy(actor)
		row := blockRow{Reason: page.TitleOf(seen.Reason), Note: seen.Note, By: seen.By.Name, At: v.When(seen.At), LiftNote: seen.LiftNote}
		if seen.LiftedBy != nil {
			row.LiftedBy, row.LiftedAt = seen.LiftedBy.Name, v.When(seen.LiftedAt)
		}
		v.Blocks = append(v.Blocks, row)
	}
}
