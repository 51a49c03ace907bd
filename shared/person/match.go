package person

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"motorpool/shared/table"
)

// A match is one thing by which somebody is known again. One of them says
// little (flatmates have one address), two say something.
type match struct{ attribute, text string }

// What duplicates have in common.
const (
	byAddress  = "residential_address"
	byBirth    = "name_and_birth_date"
	byDocument = "document_number"
	byEmail    = "email"
	byPhone    = "mobile"
)

const (
	enough     = 2   // attributes in common
	maxAlike   = 100 // people looked at for each attribute
	maxNumbers = 20  // documents looked at
)

// matches are what p is known again by, in normal form.
func (p *Person) matches() (all []match) {
	if name := plain(p.FamilyName) + "!" + plain(p.GivenName); len(name) > 1 && !p.BirthDate.IsZero() {
		all = append(all, match{byBirth, name + "!" + p.BirthDate.String()})
	}
	if p.Email != "" {
		all = append(all, match{byEmail, mailbox(p.Email)})
	}
	if p.Mobile != "" {
		all = append(all, match{byPhone, p.Mobile})
	}
	if a := p.ResidentialAddress; a.Line1 != "" && (a.Postcode != "" || a.City != "") {
		where := plain(a.Postcode)
		if where == "" {
			where = plain(a.City)
		}
		all = append(all, match{byAddress, plain(a.Line1) + "!" + plain(a.Line2) + "!" + where})
	}
	return all
}

// mailbox is an address without what lets one mailbox have many: case, and what
// follows a +.
func mailbox(email string) string {
	at := strings.LastIndexByte(email, '@')
	local, _, _ := strings.Cut(email[:at], "+")
	return strings.ToLower(local + email[at:])
}

// Number is the number of a document that a person has shown.
type Number struct {
	Kind     string // "licence", "passport"
	Text     string // as it is written
	Document string // doc_…
}

func (n Number) key(workspace string) table.Key {
	return table.Key{PK: numberPK(workspace), SK: plain(n.Text) + "#" + n.Kind + "#" + n.Document}
}

// Numbered returns the op by which a person is found by the number of a
// document, of one kind and with one identifier; it belongs into the write that
// stores the document.
func (s *Service) Numbered(workspace, person, kind, text, document string) table.Op {
	return table.Put(table.Item{Key: Number{kind, text, document}.key(workspace), Doc: json.RawMessage(`"` + person + `"`)})
}

// Unnumbered returns the op that undoes Numbered.
func (s *Service) Unnumbered(workspace, kind, text, document string) table.Op {
	return table.Delete(Number{kind, text, document}.key(workspace), 1)
}

// Documents knows which numbers are on people's documents.
type Documents interface {
	Numbers(ctx context.Context, workspace, person string) ([]Number, error)
}

// Duplicate is somebody who may be the same person, and why.
type Duplicate struct {
	Person *Person
	Why    []string // sorted
}

// Duplicates returns who may be the same person: who has two attributes or the
// number of a document in common. It looks at 100 people for each attribute.
func (s *Service) Duplicates(ctx context.Context, workspace, id string) ([]Duplicate, error) {
	p, err := s.load(ctx, workspace, id)
	if err != nil {
		return nil, err
	}
	return s.similar(ctx, p)
}

// similar is Duplicates of p as they are said to be, stored or not.
func (s *Service) similar(ctx context.Context, p *Person) ([]Duplicate, error) {
	why := map[string][]string{}
	note := noting(why, p.ID)
	if err := s.known(ctx, p.Workspace, p.matches(), note); err != nil {
		return nil, err
	}
	if p.was != nil { // who is new has no documents
		if err := s.sameDocuments(ctx, p, note); err != nil {
			return nil, err
		}
	}
	return s.alike(ctx, p.Workspace, why)
}

// sufficient reports whether so much in common makes two people alike.
func sufficient(why []string) bool { return len(why) >= enough || slices.Contains(why, byDocument) }

// noting notes in why what everybody but one has in common.
func noting(why map[string][]string, but string) func(attribute, id string) {
	return func(attribute, id string) {
		if id != but && !slices.Contains(why[id], attribute) {
			why[id] = append(why[id], attribute)
		}
	}
}

// known notes who has one of these.
func (s *Service) known(ctx context.Context, workspace string, signs []match, note func(attribute, id string)) error {
	for _, m := range signs {
		page, err := s.Table.Query(ctx, table.Query{PK: matchPK(workspace, m), Limit: maxAlike})
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			note(m.attribute, it.Key.SK)
		}
	}
	return nil
}

func (s *Service) sameDocuments(ctx context.Context, p *Person, note func(attribute, id string)) error {
	if s.Documents == nil {
		return nil
	}
	numbers, err := s.Documents.Numbers(ctx, p.Workspace, p.ID)
	if err != nil {
		return err
	}
	for _, n := range numbers[:min(len(numbers), maxNumbers)] {
		if err := s.sameNumber(ctx, p.Workspace, n, note); err != nil {
			return err
		}
	}
	return nil
}

// sameNumber notes who has shown a document with this number.
func (s *Service) sameNumber(ctx context.Context, workspace string, n Number, note func(attribute, id string)) error {
	page, err := s.Table.Query(ctx, table.Query{PK: numberPK(workspace), Prefix: plain(n.Text) + "#" + n.Kind + "#", Limit: maxAlike})
	if err != nil {
		return err
	}
	for _, it := range page.Items {
		other, err := s.load(ctx, workspace, pointed(it))
		if err != nil {
			return err
		}
		note(byDocument, other.ID)
	}
	return nil
}

// alike reads those who have enough in common, those with most first.
func (s *Service) alike(ctx context.Context, workspace string, why map[string][]string) (all []Duplicate, err error) {
	for id, reasons := range why {
		if !sufficient(reasons) {
			continue
		}
		p, err := s.load(ctx, workspace, id)
		if err != nil {
			return nil, err
		}
		slices.Sort(reasons)
		all = append(all, Duplicate{p, reasons})
	}
	slices.SortFunc(all, func(a, b Duplicate) int {
		return cmp.Or(cmp.Compare(len(b.Why), len(a.Why)), strings.Compare(a.Person.ID, b.Person.ID))
	})
	return all, nil
}
