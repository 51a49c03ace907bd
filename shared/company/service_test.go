package company

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w"}

// register is who there is: an item for each person.
type register struct{ table table.Table }

func (r register) key(ws, id string) table.Key {
	return table.Key{PK: "WS#" + ws + "#PER#" + id, SK: "PERSON"}
}

func (r register) Refer(ctx context.Context, ws, id string) (string, table.Op, error) {
	ids, err := r.Identifiers(ctx, ws, id)
	if err != nil {
		return "", table.Op{}, err
	}
	id = ids[len(ids)-1]
	it, err := r.table.Get(ctx, r.key(ws, id))
	return id, table.Check(r.key(ws, id), it.Version), err
}

// Identifiers reads to whom a person leads, or who leads to them.
func (r register) Identifiers(ctx context.Context, ws, id string) ([]string, error) {
	it, err := r.table.Get(ctx, r.key(ws, id))
	if err != nil {
		return nil, err
	}
	var leads struct{ Into, From string }
	if err := json.Unmarshal(it.Doc, &leads); err != nil {
		return nil, err
	}
	switch {
	case leads.Into != "":
		return []string{id, leads.Into}, nil
	case leads.From != "":
		return []string{leads.From, id}, nil
	}
	return []string{id}, nil
}

func (s *Service) lead(t *testing.T, id, doc string) {
	t.Helper()
	it, err := s.Table.Get(t.Context(), register{}.key("w", id))
	if err == nil {
		it.Doc = []byte(doc)
		err = s.Table.Write(t.Context(), table.Put(it))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func newService(t *testing.T) *Service {
	t.Helper()
	clock := ident.Sortable(nowFunc)
	tab := embedtest.Open(t, nowFunc)
	return &Service{
		Table: tab, NewID: clock, People: register{tab},
		Events: &outbox.Service{Table: tab, NewID: clock}, Audit: &audit.Service{Table: tab, NewID: clock},
	}
}

func (s *Service) person(t *testing.T) string {
	t.Helper()
	id := s.NewID("per")
	if err := s.Table.Write(t.Context(), table.Put(table.Item{Key: register{}.key("w", id), Doc: []byte("{}")})); err != nil {
		t.Fatal(err)
	}
	return id
}

func done(c *Company, err error) func(*testing.T) *Company {
	return func(t *testing.T) *Company {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}

func (s *Service) add(t *testing.T, name, tax string, mails ...string) *Company {
	t.Helper()
	d := Details{TradingName: name, BillingEmails: append(mails, "x@"+plain(name)+".example")}
	if tax != "" {
		d.TaxNumber = TaxID{"abn", tax}
	}
	return done(s.Create(t.Context(), mia, d, now))(t)
}

func TestEachVerbTellsWhatItDid(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	c, per := s.add(t, "Gum", ""), s.person(t)
	edit := func(d *Details) error { d.Phone = "12345"; return nil }
	done(s.Edit(ctx, mia, c.ID, edit, 1, now))(t)
	done(s.Edit(ctx, mia, c.ID, edit, 2, now))(t)
	done(s.Name(ctx, mia, c.ID, Contact{per, []string{"billing"}}, 0, now))(t)
	done(s.Drop(ctx, mia, c.ID, per, 0, now))(t)
	done(s.Archive(ctx, mia, c.ID, 0, now))(t)
	done(s.Restore(ctx, mia, c.ID, 0, now))(t)
	got := done(s.Restore(ctx, mia, c.ID, 0, now))(t)
	if got.Version != 6 {
		t.Errorf("at version %d, want 6", got.Version)
	}
	page, _, err := s.Events.List(ctx, "w", outbox.Filter{}, "", 50, now)
	if err != nil {
		t.Fatal(err)
	}
	var types, noted []string
	for _, e := range page {
		types = append(types, e.Type)
	}
	entries, _, err := s.History(ctx, "w", c.ID, "", 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		noted = append(noted, e.Action)
	}
	want := []string{"company.updated", "company.archived", "company.updated", "company.updated", "company.updated", "company.created"}
	if !slices.Equal(types, want) || !slices.Equal(noted, want) {
		t.Errorf("got %v and %v, want %v", types, noted, want)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	c, per := s.add(t, "Gum", ""), s.person(t)
	old := s.add(t, "Old", "")
	done(s.Archive(ctx, mia, old.ID, 0, now))(t)
	stranger := access.Actor{Kind: "user", Workspace: "other"}
	for code, do := range map[string]func() error{
		"company.stale":     func() error { _, err := s.Archive(ctx, mia, c.ID, 7, now); return err },
		"company.not_found": func() error { _, err := s.Archive(ctx, stranger, c.ID, 0, now); return err },
		"company.archived": func() error {
			_, err := s.Name(ctx, mia, old.ID, Contact{per, []string{"fleet"}}, 0, now)
			return err
		},
		"company.person": func() error {
			_, err := s.Name(ctx, mia, c.ID, Contact{s.NewID("per"), []string{"fleet"}}, 0, now)
			return err
		},
		"company.into": func() error { _, err := s.Merge(ctx, mia, c.ID, c.ID, 0, now); return err },
	} {
		if err := do(); fault.CodeOf(err) != code {
			t.Errorf("got %v, want %s", err, code)
		}
	}
	s.People = nil
	if _, err := s.Name(ctx, mia, c.ID, Contact{per, []string{"fleet"}}, 0, now); fault.CodeOf(err) != "company.person" {
		t.Errorf("while nobody is known: %v", err)
	}
}

func found(t *testing.T, s *Service, f Filter) string {
	t.Helper()
	var names []string
	for cursor, more := "", true; more; more = cursor != "" {
		page, next, err := s.Companies(t.Context(), "w", f, cursor, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page {
			names = append(names, c.TradingName)
		}
		cursor = next
	}
	return strings.Join(names, ", ")
}

func TestCompaniesAreFound(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	s.add(t, "Blue Gum Logistics", "51824753556", "pay@gum.example")
	s.add(t, "Gumtree", "")
	b := s.add(t, "Acme", "53004085616")
	s.add(t, "5182 Taxis", "")
	done(s.Archive(ctx, mia, b.ID, 0, now))(t)
	for _, tt := range []struct {
		f    Filter
		want string
	}{
		{Filter{}, "5182 Taxis, Gumtree, Blue Gum Logistics"},
		{Filter{ByName: true}, "5182 Taxis, Blue Gum Logistics, Gumtree"},
		{Filter{Status: Archived}, "Acme"},
		{Filter{Q: "gum"}, "Blue Gum Logistics, Gumtree"},
		{Filter{Q: "blue-GUM l"}, "Blue Gum Logistics"},
		{Filter{Q: "5182"}, "Blue Gum Logistics, 5182 Taxis"},
		{Filter{Q: "51 824"}, "Blue Gum Logistics"},
		{Filter{Q: "pay@gum"}, "Blue Gum Logistics"},
		{Filter{Q: "acme"}, ""},
		{Filter{Q: "acme", Status: Archived}, "Acme"},
		{Filter{Q: "#"}, ""},
	} {
		if got := found(t, s, tt.f); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.f, got, tt.want)
		}
	}
	done(s.Restore(ctx, mia, b.ID, 0, now))(t)
	done(s.Edit(ctx, mia, b.ID, func(d *Details) error { d.TradingName = "Zebra"; return nil }, 0, now))(t)
	if got := found(t, s, Filter{Q: "acme"}) + found(t, s, Filter{Q: "zeb"}); got != "Zebra" {
		t.Errorf("after a new name: %q", got)
	}
}

func TestDuplicatesAreTold(t *testing.T) {
	t.Parallel()
	s := newService(t)
	a := s.add(t, "Blue Gum", "51824753556", "a@gum.example")
	b := s.add(t, "BLUE-GUM", "51824753556")
	c := s.add(t, "Other", "", "A@gum.example")
	s.add(t, "Blue", "")
	all, err := s.Duplicates(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]string{}
	for _, d := range all {
		by[d.Company.ID] = strings.Join(d.By, "+")
	}
	if len(by) != 2 || by[b.ID] != "tax_number+name+email" || by[c.ID] != "email" {
		t.Errorf("got %v", by)
	}
}

func TestLinksAreReadFromBothSides(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	a, b := s.add(t, "A", ""), s.add(t, "B", "")
	p, q := s.person(t), s.person(t)
	for _, c := range []*Company{a, b} {
		done(s.Name(ctx, mia, c.ID, Contact{p, []string{"primary", "driver"}}, 0, now))(t)
	}
	done(s.Name(ctx, mia, b.ID, Contact{q, []string{"billing"}}, 0, now))(t)
	done(s.Edit(ctx, mia, b.ID, func(d *Details) error { d.BillTo = p; return nil }, 0, now))(t)
	of := func(who string) (names string) {
		all, err := s.Of(ctx, "w", who)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			names += c.TradingName
		}
		return names
	}
	if of(p) != "AB" || of(q) != "B" {
		t.Errorf("got %q and %q", of(p), of(q))
	}
	if err := s.Follow(ctx, mia, p, q, now); err != nil {
		t.Fatal(err)
	}
	moved := done(s.Company(ctx, "w", b.ID))(t)
	if of(p) != "" || of(q) != "AB" || contacts(moved) != q+":primary+billing+driver" || moved.BillTo != q {
		t.Errorf("after the people were merged: %q, %q, %s, bills to %s", of(p), of(q), contacts(moved), moved.BillTo)
	}
}

func TestMergedCompaniesAreOne(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	a, b := s.add(t, "Blue Gum", ""), s.add(t, "Blue Gum Sydney", "51824753556")
	p, q := s.person(t), s.person(t)
	done(s.Name(ctx, mia, a.ID, Contact{p, []string{"billing"}}, 0, now))(t)
	done(s.Name(ctx, mia, b.ID, Contact{q, []string{"fleet"}}, 0, now))(t)
	one := done(s.Merge(ctx, mia, b.ID, a.ID, 0, now))(t)
	gone := done(s.Company(ctx, "w", b.ID))(t)
	if one.TaxNumber.Number != "51824753556" || len(one.BillingEmails) != 2 || contacts(one) != p+":primary+billing "+q+":fleet" {
		t.Errorf("what remains: %+v", one)
	}
	if gone.Status() != Archived || gone.MergedInto != a.ID {
		t.Errorf("what is gone: %+v", gone)
	}
	if _, err := s.Restore(ctx, mia, b.ID, 0, now); fault.CodeOf(err) != "company.merged" {
		t.Errorf("it came back: %v", err)
	}
	if got := found(t, s, Filter{Q: "5182"}); got != "Blue Gum" {
		t.Errorf("found by its tax number: %q", got)
	}
}

func TestWhoWasMergedSpeaksForTheCompaniesOfBoth(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	a, b := s.add(t, "A", ""), s.add(t, "B", "")
	p, q := s.person(t), s.person(t)
	done(s.Name(ctx, mia, a.ID, Contact{p, []string{"billing"}}, 0, now))(t)
	done(s.Name(ctx, mia, b.ID, Contact{q, []string{"fleet"}}, 0, now))(t)
	s.lead(t, p, `{"Into":"`+q+`"}`)
	s.lead(t, q, `{"From":"`+p+`"}`)
	for _, id := range []string{p, q} { // before anything followed
		if all, err := s.Of(ctx, "w", id); err != nil || len(all) != 2 {
			t.Errorf("%s speaks for %d companies, %v", id, len(all), err)
		}
	}
	c := done(s.Name(ctx, mia, b.ID, Contact{p, []string{"primary", "billing"}}, 0, now))(t)
	if contacts(c) != q+":primary+billing" {
		t.Errorf("the old identifier became a contact: %s", contacts(c))
	}
}

func TestWhoIsForgottenIsNoContactAnyMore(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	a, b := s.add(t, "A", ""), s.add(t, "B", "")
	p, q := s.person(t), s.person(t)
	for _, c := range []*Company{a, b} {
		done(s.Name(ctx, mia, c.ID, Contact{p, []string{"billing"}}, 0, now))(t)
	}
	done(s.Name(ctx, mia, b.ID, Contact{q, []string{"fleet"}}, 0, now))(t)
	done(s.Edit(ctx, mia, b.ID, func(d *Details) error { d.BillTo = p; return nil }, 0, now))(t)
	done(s.Archive(ctx, mia, a.ID, 0, now))(t)
	if links, err := s.Links(ctx, "w", p); err != nil || len(links) != 2 || !links[1].BillTo {
		t.Errorf("held: %+v, %v", links, err)
	}
	for range 2 {
		if err := s.Forget(ctx, mia, p, now); err != nil {
			t.Fatal(err)
		}
	}
	a, b = done(s.Company(ctx, "w", a.ID))(t), done(s.Company(ctx, "w", b.ID))(t)
	if len(a.Contacts) != 0 || contacts(b) != q+":primary+fleet" || b.BillTo != "" {
		t.Errorf("got %s and %s, bills to %q", contacts(a), contacts(b), b.BillTo)
	}
	if links, err := s.Links(ctx, "w", p); err != nil || len(links) != 0 {
		t.Errorf("still held: %+v, %v", links, err)
	}
}
