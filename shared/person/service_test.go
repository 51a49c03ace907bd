package person

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/span"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var (
	now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w", Grants: access.All()}
)

func newService(t *testing.T) *Service {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	ids := ident.Sortable(clock)
	return &Service{
		Table: tab, NewID: ids, Events: &outbox.Service{Table: tab, NewID: ids}, Audit: &audit.Service{Table: tab, NewID: ids},
		Country: func(context.Context, string) (string, error) { return "AU", nil },
	}
}

// done is what a verb that must succeed returns.
func done[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ana() PersonDetails {
	return PersonDetails{
		GivenName: "Ana", FamilyName: "Núñez", Email: "Ana.Nunez@Example.com", Mobile: "0412 345 678",
		BirthDate: span.Date{Year: 1991, Month: 4, Day: 30}, TaxID: "TAX-51824753", Notes: "pays-in-cash", Tags: []string{"tag-vip"},
		ResidentialAddress: PersonAddress{Line1: "12 Harbour St", City: "Sydney", Postcode: "2000", Country: "au"},
		MarketingConsent:   PersonConsent{Given: true, How: "ticked-the-form"},
	}
}

func everything(t *testing.T, s *Service, p *Person) string {
	t.Helper()
	var all strings.Builder
	page := done(s.Table.Query(t.Context(), table.Query{PK: personPK(p.Workspace, p.ID), Limit: 1000}))(t)
	for _, it := range page.Items {
		all.WriteString(it.Key.PK + it.Key.SK + string(it.Doc) + "\n")
	}
	return all.String()
}

// hints are what gives ana away.
var hints = []string{"Ana", "Núñez", "NUNEZ", "unez", "412345678", "1991", "Harbour", "51824753", "cash", "tag-vip", "ticked", "Luis", "owes"}

func TestAPersonIsKeptInNormalForm(t *testing.T) {
	t.Parallel()
	s := newService(t)
	p := done(s.Create(t.Context(), mia, ana(), now))(t)
	if p.Email != "Ana.Nunez@example.com" || p.Mobile != "+61412345678" || p.ResidentialAddress.Country != "AU" || !p.MarketingConsent.At.Equal(now) {
		t.Errorf("got %+v", p.PersonDetails)
	}
	d := ana()
	d.Email = "ANA.NUNEZ@EXAMPLE.COM"
	_, err := s.Create(t.Context(), mia, d, now)
	if fault.CodeOf(err) != "person.email_taken" || !strings.Contains(err.Error(), p.ID) {
		t.Errorf("the same address in capitals: %v", err)
	}
	other := mia
	other.Workspace = "w2"
	done(s.Create(t.Context(), other, d, now))(t)
	if _, err := s.Person(t.Context(), "w2", p.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("from another workspace: %v", err)
	}
}

func TestNothingPersonalIsInEventsAndAudit(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	done(s.Edit(ctx, mia, p.ID, func(d *PersonDetails) error { d.FamilyName, d.Language = "Anaconda", "es"; return nil }, 0, now))(t)
	p, con, err := s.AddContact(ctx, mia, p.ID, PersonContactDetails{Type: "emergency", Name: "Luis", Phone: "0412345678"}, 0, now)
	if err != nil {
		t.Fatal(err)
	}
	done(s.VerifyContact(ctx, mia, p.ID, con, 0, now))(t)
	done(s.Block(ctx, mia, p.ID, "fraud", "owes Ana", 0, now))(t)
	done(s.Unblock(ctx, mia, p.ID, "owes no more", 0, now))(t)
	page := done(s.Table.Query(ctx, table.Query{PK: personPK("w", p.ID), Limit: 1000}))(t)
	told := 0
	for _, it := range page.Items {
		if !strings.HasPrefix(it.Key.SK, "EVENT#") && !strings.HasPrefix(it.Key.SK, "AUDIT#") {
			continue
		}
		told++
		for _, hint := range hints {
			if strings.Contains(string(it.Doc), hint) {
				t.Errorf("%s says %s: %s", it.Key.SK, hint, it.Doc)
			}
		}
	}
	if told != 12 {
		t.Errorf("%d events and entries of six changes", told)
	}
	entries, _, err := s.History(ctx, "w", p.ID, "", 10)
	if err != nil || !slices.Contains(entries[4].Changes, audit.Change{Field: "family_name", From: "hidden", To: "hidden"}) {
		t.Errorf("the log does not say that the name changed: %+v, %v", entries, err)
	}
}

func TestAnAnonymisedPersonCannotBeReadAgain(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	twin := ana()
	twin.Email = "nunez.unez@example.com"
	q := done(s.Create(ctx, mia, twin, now))(t)
	for _, id := range []string{p.ID, q.ID} {
		if _, _, err := s.AddContact(ctx, mia, id, PersonContactDetails{Type: "reference", Name: "Luis"}, 0, now); err != nil {
			t.Fatal(err)
		}
		done(s.Block(ctx, mia, id, "fraud", "owes Ana", 0, now))(t)
		done(s.Unblock(ctx, mia, id, "owes no more", 0, now))(t)
	}
	done(s.Merge(ctx, mia, q.ID, p.ID, 0, now))(t)
	p = done(s.Block(ctx, mia, p.ID, "fraud", "owes again", 0, now))(t)
	if _, err := s.Anonymise(ctx, mia, p.ID, 0, now); fault.CodeOf(err) != "person.blocked" {
		t.Fatalf("while blocked: %v", err)
	}
	done(s.Unblock(ctx, mia, p.ID, "", 0, now))(t)
	before := p.pointers()
	p = done(s.Anonymise(ctx, mia, q.ID, 0, now))(t)
	text := everything(t, s, p) + everything(t, s, q)
	for _, hint := range hints {
		if strings.Contains(text, hint) {
			t.Errorf("%s is still there", hint)
		}
	}
	for _, k := range before {
		if _, err := s.Table.Get(ctx, k); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the pointer %v is still there: %v", k, err)
		}
	}
	if _, err := s.Edit(ctx, mia, p.ID, func(d *PersonDetails) error { d.GivenName = "X"; return nil }, 0, now); fault.CodeOf(err) != "person.anonymised" {
		t.Errorf("edited afterwards: %v", err)
	}
	if again := done(s.Anonymise(ctx, mia, p.ID, 0, now))(t); again.Version != p.Version {
		t.Errorf("anonymised twice: version %d, then %d", p.Version, again.Version)
	}
	done(s.Create(ctx, mia, ana(), now))(t) // the address is free again
}

func TestADuplicateIsFoundByTwoAttributes(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	like := func(change func(*PersonDetails)) *Person {
		d := ana()
		d.Email = ""
		change(&d)
		return done(s.Create(ctx, mia, d, now))(t)
	}
	like(func(d *PersonDetails) { d.GivenName, d.Mobile = "Flatmate", "" })
	tagged := like(func(d *PersonDetails) {
		d.Email, d.BirthDate, d.ResidentialAddress = "ana.nunez+rent@example.com", span.Date{}, PersonAddress{}
	})
	accents := like(func(d *PersonDetails) {
		d.FamilyName, d.GivenName, d.Mobile, d.ResidentialAddress.Line1 = "NUNEZ", "ana", "", "12, harbour st."
	})
	found := done(s.Duplicates(ctx, "w", p.ID))(t)
	got, _ := json.Marshal(map[string][]string{found[0].Person.ID: found[0].Why, found[1].Person.ID: found[1].Why})
	want, _ := json.Marshal(map[string][]string{tagged.ID: {byEmail, byPhone}, accents.ID: {byBirth, byAddress}})
	if len(found) != 2 || string(got) != string(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhoMayNotSeeWhatIsPersonalFindsByNameAlone(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	clerk := mia
	clerk.Grants = []access.Grant{access.ViewPeople}
	if err := s.Table.Write(ctx, s.Numbered("w", p.ID, "licence", "LIC 77-001", "doc_1"), s.Numbered("w", p.ID, "licence", "LIC 77-001", "doc_2")); err != nil {
		t.Fatal(err)
	}
	for q, names := range map[string][2]int{
		"nunez": {1, 1}, "ANA NÚ": {1, 1}, "nuñez ana": {1, 1}, "ana.n": {1, 1}, "ana.nunez@ex": {1, 0}, "0412 34": {1, 0},
		"+61 412": {1, 0}, "lic77": {1, 0}, "a": {1, 1}, "b": {0, 0}, "#": {0, 0},
	} {
		for i, who := range []access.Actor{mia, clerk} {
			found, next, err := s.People(ctx, who, PersonFilter{Q: q}, "", 10)
			if err != nil || len(found) != names[i] || next != "" {
				t.Errorf("%q: got %d, %q, %v; want %d", q, len(found), next, err, names[i])
			}
		}
	}
	if _, _, err := s.People(ctx, clerk, PersonFilter{Q: "ana"}, "1x", 10); fault.CodeOf(err) != "cursor.invalid" {
		t.Errorf("a cursor into what the clerk may not see: %v", err)
	}
}

func TestAnExportHasEverything(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	q := done(s.Create(ctx, mia, PersonDetails{GivenName: "Annie", Notes: "old notes"}, now))(t)
	if _, _, err := s.AddContact(ctx, mia, q.ID, PersonContactDetails{Type: "reference", Name: "Luis"}, 0, now); err != nil {
		t.Fatal(err)
	}
	done(s.Block(ctx, mia, q.ID, "fraud", "owes", 0, now))(t)
	done(s.Merge(ctx, mia, q.ID, p.ID, 0, now))(t)
	h := done(s.Export(ctx, mia, q.ID, now))(t)
	doc, _ := json.Marshal(h)
	for _, want := range []string{"Ana", "Annie", "old notes", "Luis", "owes", "person.exported", "person.merged", "contact.added", q.ID, "ticked-the-form", `"merged_into":"` + p.ID} {
		if !strings.Contains(string(doc), want) {
			t.Errorf("%s is not in %s", want, doc)
		}
	}
	if len(h.Records) != 2 || len(h.Events) != 5 || h.Records[1].ID != p.ID {
		t.Errorf("%d records, %d events", len(h.Records), len(h.Events))
	}
}

func TestOnlyWhoNothingIsKnownOfIsDeleted(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, ana(), now))(t)
	if err := s.Delete(ctx, mia, p.ID, 2, now); fault.KindOf(err) != fault.Stale {
		t.Errorf("at another version: %v", err)
	}
	if err := s.Delete(ctx, mia, p.ID, 1, now); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Person(ctx, "w", p.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("deleted and there: %v", err)
	}
	for _, k := range p.pointers() {
		if _, err := s.Table.Get(ctx, k); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%v is left behind", k)
		}
	}
	p = done(s.Create(ctx, mia, ana(), now))(t)
	done(s.Block(ctx, mia, p.ID, "fraud", "", 0, now))(t)
	done(s.Unblock(ctx, mia, p.ID, "", 0, now))(t)
	if err := s.Delete(ctx, mia, p.ID, 0, now); fault.CodeOf(err) != "person.in_use" {
		t.Errorf("one who was blocked: %v", err)
	}
}

func TestWhoMayNotSeeWhatIsPersonalSeesNames(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	d := ana()
	d.BillingAddress = PersonAddress{Line1: "12 Harbour St"}
	p := done(s.Create(ctx, mia, d, now))(t)
	if _, _, err := s.AddContact(ctx, mia, p.ID, PersonContactDetails{Type: "reference", Name: "Luis"}, 0, now); err != nil {
		t.Fatal(err)
	}
	p = done(s.Block(ctx, mia, p.ID, "fraud", "owes", 0, now))(t)
	seen, redacted := p.SeenBy(access.Actor{Grants: []access.Grant{access.ViewPeople}})
	doc, _ := json.Marshal(seen)
	for _, hint := range []string{"xample", "412345678", "1991", "Harbour", "51824753", "cash", "ticked", "Luis", "owes"} {
		if strings.Contains(string(doc), hint) {
			t.Errorf("%s is seen: %s", hint, doc)
		}
	}
	if len(redacted) != 10 || seen.FamilyName != "Núñez" || len(seen.Contacts) != 1 {
		t.Errorf("left out %v, of which there are %d, of %s", redacted, len(redacted), doc)
	}
	if whole, redacted := p.SeenBy(mia); redacted != nil || whole.Email != p.Email || whole.Block.Note != "owes" {
		t.Errorf("who may see it all sees %+v without %v", whole, redacted)
	}
}
