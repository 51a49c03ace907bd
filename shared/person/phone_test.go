package person

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"motorpool/shared/table"
)

func TestPhoneNumbersAreKeptInInternationalForm(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, country, want string }{
		{"", "", ""},
		{"0412 345 678", "AU", "+61412345678"},
		{"(02) 9876-5432", "AU", "+61298765432"},
		{"+44 (0)20 7946 0018", "", "+442079460018"},
		{"0044 20 7946 0018", "AU", "+442079460018"},
		{"312 345 6789", "IT", "+393123456789"},
		{"06 1234 5678", "IT", "+390612345678"},
		{"06 20 123 4567", "HU", "+36201234567"},
		{"1 201 555 0123", "US", "+12015550123"},
		{"201.555.0123", "US", "+12015550123"},
		{"8 912 345-67-89", "RU", "+79123456789"},
		{"0412 345 678", "", "refused"},
		{"+61 abc", "AU", "refused"},
		{"+0412345678", "AU", "refused"},
		{"12", "AU", "refused"},
		{"++61412345678", "AU", "refused"},
		{"+61412345678;ext=1", "AU", "refused"},
		{"٠٤١٢٣٤٥٦٧٨", "AU", "refused"},
	} {
		got, err := Phone(tt.text, tt.country)
		if err != nil {
			got = "refused"
		}
		if got != tt.want {
			t.Errorf("%q in %q: got %s, want %s", tt.text, tt.country, got, tt.want)
		}
	}
}

func TestANormalNumberIsItsOwnNormalForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, err := Phone(rapid.StringMatching(`[+]?[0-9 ()./-]{0,18}`).Draw(t, "text"), "AU")
		if err != nil {
			return
		}
		if again, err := Phone(n, ""); err != nil || again != n {
			t.Fatalf("%s is kept as %s, %v", n, again, err)
		}
		if n != "" && !strings.HasSuffix(nationally(n), n[len(n)-4:]) {
			t.Fatalf("%s is dialled as %s", n, nationally(n))
		}
	})
}

// numbers are documents as somebody else keeps them.
type numbers map[string][]Number

func (n numbers) Numbers(_ context.Context, _, person string) ([]Number, error) {
	return n[person], nil
}

func TestADuplicateIsFoundByTheNumberOfADocument(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	p := done(s.Create(ctx, mia, PersonDetails{GivenName: "Ana"}, now))(t)
	q := done(s.Create(ctx, mia, PersonDetails{GivenName: "Anna"}, now))(t)
	r := done(s.Create(ctx, mia, PersonDetails{GivenName: "Bo"}, now))(t)
	held := numbers{p.ID: {{"licence", "77-001", "doc_1"}}, q.ID: {{"licence", "77 001", "doc_2"}}, r.ID: {{"passport", "77001", "doc_3"}}}
	s.Documents = held
	var ops []table.Op
	for id, list := range held {
		ops = append(ops, s.Numbered("w", id, list[0].Kind, list[0].Text, list[0].Document))
	}
	if err := s.Table.Write(ctx, ops...); err != nil {
		t.Fatal(err)
	}
	if found := done(s.Duplicates(ctx, "w", p.ID))(t); len(found) != 1 || found[0].Person.ID != q.ID || found[0].Why[0] != byDocument {
		t.Errorf("found %v", found)
	}
	if err := s.Table.Write(ctx, s.Unnumbered("w", "licence", "77 001", "doc_2")); err != nil {
		t.Fatal(err)
	}
	if found := done(s.Duplicates(ctx, "w", p.ID))(t); len(found) != 0 {
		t.Errorf("found %v after the document is gone", found)
	}
}
