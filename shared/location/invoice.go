package location

import "strings"

// Letterhead is what an invoice prints of the place it is from.
type Letterhead struct {
	Name     string
	Address  []string // lines, none of them empty
	Footnote string
}

// Letterhead returns what invoices print whose booking is picked up here: the
// legal name or else the name, the invoice address or else the address, and the
// footnote. An invoice address counts as a whole: no line of it is taken from
// the other.
func (l *Location) Letterhead() Letterhead {
	head := Letterhead{Name: l.LegalName, Footnote: l.InvoiceFootnote}
	if head.Name == "" {
		head.Name = l.Name
	}
	address := l.InvoiceAddress
	if address == (Address{}) {
		address = l.Address
	}
	head.Address = address.Lines()
	return head
}

// Lines is a as it stands on an envelope, from the street to the country.
func (a Address) Lines() (lines []string) {
	town := strings.Join(strings.Fields(a.City+" "+a.State+" "+a.Postcode), " ")
	for _, line := range []string{a.Line1, a.Line2, town, a.Country} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
