package document

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/disk"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	queueembed "motorpool/shared/queue/embed"
	"motorpool/shared/table"
	"motorpool/shared/table/embed"
)

// office is the service with a clock that a test moves, and a town around it:
// owners, files and letters are items of their own.
type office struct {
	*Service
	t   *testing.T
	d   *disk.Disk
	at  time.Time
	ids ident.Source
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, at: now}
	clock := func() time.Time { return o.at }
	d, err := disk.Open(filepath.Join(t.TempDir(), "document.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	o.d = d
	tab, err := embed.Open(d, clock, nil)
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := queueembed.Open(d, "jobs", queueembed.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { jobs.Close() })
	o.ids = ident.Sortable(clock)
	sydney, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		t.Fatal(err)
	}
	o.Service = &Service{
		Table: tab, Jobs: jobs, NewID: o.ids, NewToken: ident.Secret, BaseURL: "https://x.example",
		Events: &outbox.Service{Table: tab, NewID: o.ids}, Audit: &audit.Service{Table: tab, NewID: o.ids},
		Zone:   func(context.Context, string) (*time.Location, error) { return sydney, nil },
		Here:   func(context.Context, string) error { return nil },
		Owners: town{o}, Files: town{o}, Letters: town{o}, Addressees: town{o},
	}
	o.put("OWNER", jordan.ID, "{}")
	o.put("OWNER", camry.ID, "{}")
	return o
}

func (o *office) put(what, id, doc string) {
	o.t.Helper()
	if err := o.Table.Write(o.t.Context(), table.Put(table.Item{Key: table.Key{PK: what, SK: id}, Doc: []byte(doc)})); err != nil {
		o.t.Fatal(err)
	}
}

type town struct{ *office }

// An owner's item says to whom they lead, if they were merged.
func (w town) Refer(ctx context.Context, _ access.Actor, o Owner) (Owner, table.Op, error) {
	ids, err := w.Identifiers(ctx, "w", o)
	if err != nil {
		return o, table.Op{}, err
	}
	o.ID = ids[len(ids)-1]
	k := table.Key{PK: "OWNER", SK: o.ID}
	it, err := w.Table.Get(ctx, k)
	return o, table.Check(k, it.Version), err
}

func (w town) Edits(a access.Actor, _ Owner) error {
	if a.Name == "Reader" {
		return fault.New(fault.Denied, "access.denied", "You may only look.")
	}
	return nil
}

func (w town) Identifiers(ctx context.Context, _ string, o Owner) ([]string, error) {
	k := table.Key{PK: "OWNER", SK: o.ID}
	it, err := w.Table.Get(ctx, k)
	if err != nil {
		return nil, err
	}
	var leads struct{ Into, From string }
	if err := json.Unmarshal(it.Doc, &leads); err != nil {
		return nil, err
	}
	switch {
	case leads.Into != "":
		return []string{o.ID, leads.Into}, nil
	case leads.From != "":
		return []string{leads.From, o.ID}, nil
	}
	return []string{o.ID}, nil
}

func (w town) Sees(_ context.Context, a access.Actor, o Owner) (bool, error) {
	return o.Type != "asset" || a.At("loc_1"), nil
}

func (w town) Use(ctx context.Context, _, id, _, by string) (table.Op, error) {
	k := table.Key{PK: "FILE", SK: id}
	it, err := w.Table.Get(ctx, k)
	if err == nil && string(it.Doc) != `""` {
		err = fault.New(fault.Conflict, "attachment.taken", "This file belongs to something else.")
	}
	it.Doc = json.RawMessage(`"` + by + `"`)
	return table.Put(it), err
}

func (w town) Release(ctx context.Context, _, id, _ string) (table.Op, error) {
	it, err := w.Table.Get(ctx, table.Key{PK: "FILE", SK: id})
	return table.Delete(it.Key, it.Version), err
}

func (w town) Keep(_ context.Context, _ access.Actor, name string, content []byte, _ time.Time) (string, error) {
	if !strings.HasPrefix(string(content), "JPEG") {
		return "", fault.New(fault.Invalid, "attachment.type", "%s is no image.", name)
	}
	return w.upload(), nil
}

func (w town) Link(_ context.Context, _, id string, _ int) (string, error) {
	return "https://files.example/" + id, nil
}

func (o *office) upload() string {
	id := o.ids("att")
	o.put("FILE", id, `""`)
	return id
}

func (w town) Of(_ context.Context, _ string, o Owner, who string) ([]Addressee, error) {
	switch {
	case who == "customer" && o.Type == "person":
		return []Addressee{{"Jordan", "jordan@x.example"}}, nil
	case who == "manager":
		return []Addressee{{"Mia", "mia@x.example"}, {"Ann", "ann@x.example"}}, nil
	case who == "location":
		return []Addressee{{"Mia", "mia@x.example"}}, nil
	}
	return nil, nil
}

func (w town) Write(_ context.Context, _ string, l Letter) (table.Op, error) {
	doc, err := json.Marshal(l)
	return table.Put(table.Item{Key: table.Key{PK: "LETTERS", SK: w.ids("let")}, Doc: doc}), err
}

// letters is every letter written so far, oldest first.
func (o *office) letters() (all []Letter) {
	o.t.Helper()
	page, err := o.Table.Query(o.t.Context(), table.Query{PK: "LETTERS", Limit: 1000})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, it := range page.Items {
		var l Letter
		if err := json.Unmarshal(it.Doc, &l); err != nil {
			o.t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (o *office) verified(owner Owner, typ, expires string) *Document {
	o.t.Helper()
	d := must(o.Add(o.t.Context(), mia, owner, typ, licence(expires), o.at))(o.t)
	return must(o.Verify(o.t.Context(), mia, d.ID, 0, o.at))(o.t)
}

func TestALinkTakesWhatItAsksForAndTellsNothing(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	d, pass, err := o.Request(ctx, mia, jordan, "licence", Asked{At: o.at, Message: "Both sides, please.", Sides: []string{"front", "back"}})
	if err != nil {
		t.Fatal(err)
	}
	token := pass.URL[strings.LastIndex(pass.URL, "/")+1:]
	open := must(o.Open(ctx, token, o.at))(t)
	if s := fmt.Sprintf("%+v", open.Wanted); s != "[{Type:licence Message:Both sides, please. Sides:[front back] Dated:true}]" {
		t.Errorf("the holder sees %s", s)
	}
	front, back := Upload{"front", "f.jpg", []byte("JPEG1")}, Upload{"back", "b.jpg", []byte("JPEG2")}
	say := licence("2027-05-10")
	for code, do := range map[string]func() error{
		"link.not_found": func() error { return o.HandIn(ctx, token+"x", 0, say, []Upload{front, back}, o.at) },
		"link.done":      func() error { return o.HandIn(ctx, token, 1, say, []Upload{front, back}, o.at) },
		"document.files": func() error { return o.HandIn(ctx, token, 0, say, []Upload{front}, o.at) },
		"attachment.type": func() error {
			return o.HandIn(ctx, token, 0, say, []Upload{front, {"back", "x.exe", []byte("MZ")}}, o.at)
		},
		"document.expires": func() error { return o.HandIn(ctx, token, 0, Details{Number: "1"}, []Upload{front, back}, o.at) },
		"document.number": func() error {
			return o.HandIn(ctx, token, 0, Details{Number: "#", Expires: say.Expires}, []Upload{front, back}, o.at)
		},
	} {
		if err := do(); fault.CodeOf(err) != code {
			t.Errorf("got %v, want %s", err, code)
		}
	}
	if err := o.HandIn(ctx, token, 0, say, []Upload{front, back}, o.at); err != nil {
		t.Fatal(err)
	}
	got := must(o.Document(ctx, mia, d.ID))(t)
	if got.State != Submitted || len(got.Paper.Files) != 2 || got.Paper.By.Name != "Upload link" {
		t.Errorf("handed in: %+v", got.Paper)
	}
	if _, err := o.Open(ctx, token, o.at); fault.CodeOf(err) != "link.not_found" {
		t.Errorf("the link still opens: %v", err)
	}
	_, pass, err = o.Ask(ctx, mia, d.ID, Asked{At: o.at}, 0)
	if err != nil {
		t.Fatal(err)
	}
	token = pass.URL[strings.LastIndex(pass.URL, "/")+1:]
	o.at = o.at.Add(7*24*time.Hour - time.Second)
	must(o.Open(ctx, token, o.at))(t)
	o.at = o.at.Add(time.Second)
	if _, err := o.Open(ctx, token, o.at); fault.CodeOf(err) != "link.not_found" {
		t.Errorf("after seven days: %v", err)
	}
}

func TestDocumentsAreFoundByWhoMay(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	lic := o.verified(jordan, "licence", "2026-03-20")
	reg := must(o.Add(ctx, mia, camry, "registration", Details{Number: "209-CAM", Expires: day("2027-01-01")}, o.at))(t)
	o.at = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	all := mia
	all.Grants = access.All()
	bound := all
	bound.Locations = []string{"loc_2"}
	find := func(who access.Actor, f Filter) string {
		page, _, err := o.Documents(ctx, who, f, "", 50, o.at)
		if err != nil {
			return fault.CodeOf(err)
		}
		var ids []string
		for _, d := range page {
			ids = append(ids, map[string]string{lic.ID: "lic", reg.ID: "reg"}[d.ID])
		}
		return strings.Join(ids, " ")
	}
	for _, tt := range []struct {
		who  access.Actor
		f    Filter
		want string
	}{
		{all, Filter{}, "reg"},
		{all, Filter{All: true}, "reg lic"},
		{bound, Filter{All: true}, "lic"},
		{all, Filter{All: true, Type: "licence"}, "lic"},
		{all, Filter{State: Expired}, "lic"},
		{all, Filter{State: Verified}, ""},
		{all, Filter{Owner: jordan.ID}, "lic"},
		{all, Filter{Owner: jordan.ID, Type: "visa"}, ""},
		{all, Filter{Q: "209"}, "lic reg"},
		{all, Filter{Q: "209-c"}, "reg"},
		{all, Filter{Q: "#"}, ""},
		{mia, Filter{Q: "209"}, "document.pii"},
		{bound, Filter{}, ""},
		{bound, Filter{Q: "209"}, "lic"},
		{bound, Filter{Owner: camry.ID}, ""},
		{access.Actor{Workspace: "other", Grants: access.All()}, Filter{Q: "2"}, ""},
	} {
		if got := find(tt.who, tt.f); got != tt.want {
			t.Errorf("%v %+v: got %q, want %q", tt.who.Locations, tt.f, got, tt.want)
		}
	}
	one, next, err := o.Documents(ctx, all, Filter{All: true}, "", 1, o.at)
	if err != nil || len(one) != 1 || one[0].ID != reg.ID || next == "" {
		t.Fatalf("the first of all: %v, %q, %v", one, next, err)
	}
	if two, _, err := o.Documents(ctx, all, Filter{All: true}, next, 1, o.at); err != nil || len(two) != 1 || two[0].ID != lic.ID {
		t.Errorf("the second of all: %v, %v", two, err)
	}
	if _, _, err := o.Documents(ctx, all, Filter{All: true}, "9!", 1, o.at); fault.CodeOf(err) != "cursor.invalid" {
		t.Errorf("a cursor of nowhere: %v", err)
	}
	if _, err := o.Document(ctx, bound, reg.ID); fault.CodeOf(err) != "document.not_found" {
		t.Errorf("from another location: %v", err)
	}
}

func TestFilesAndOwnersMustBeThere(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	say := licence("2027-05-10")
	say.Files = []File{{o.upload(), "front"}}
	d := must(o.Add(ctx, mia, jordan, "licence", say, o.at))(t)
	if _, err := o.Add(ctx, mia, jordan, "licence", say, o.at); fault.CodeOf(err) != "attachment.taken" {
		t.Errorf("another document with the same file: %v", err)
	}
	must(o.Submit(ctx, mia, d.ID, func(s *Details) error { s.Class = "C"; return nil }, d.Version, o.at))(t)
	if _, err := o.Submit(ctx, mia, d.ID, func(*Details) error { return nil }, d.Version, o.at); fault.CodeOf(err) != "document.stale" {
		t.Errorf("from a stale copy: %v", err)
	}
	say.Files = []File{{att(9), "front"}}
	if _, err := o.Add(ctx, mia, jordan, "licence", say, o.at); fault.CodeOf(err) != "document.files" {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := o.Add(ctx, mia, Owner{"person", "per_00000000000000000000000009"}, "licence", licence("2027-05-10"), o.at); fault.CodeOf(err) != "document.owner" {
		t.Errorf("an owner who is not there: %v", err)
	}
}

func TestSettingsAreChecked(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	for name, r := range map[string]Rule{
		"a day twice": {true, []int{7, 7}, []string{"manager"}}, "too early": {true, []int{366}, []string{"manager"}},
		"negative": {true, []int{-1}, []string{"manager"}}, "no day": {true, nil, []string{"manager"}},
		"nobody": {true, []int{7}, nil}, "a stranger": {true, []int{7}, []string{"police"}},
	} {
		if _, err := o.Set(ctx, mia, func(s *Said) error { s.Rules["licence"] = r; return nil }, 0, o.at); fault.CodeOf(err) != "document.rules" {
			t.Errorf("%s: %v", name, err)
		}
	}
	one := must(o.Set(ctx, mia, func(s *Said) error { s.LiveOnly = false; return nil }, 0, o.at))(t)
	if _, err := o.Set(ctx, mia, func(s *Said) error { s.LiveOnly = true; return nil }, one.Version+1, o.at); fault.CodeOf(err) != "document.settings_stale" {
		t.Errorf("from a stale copy: %v", err)
	}
	if got := must(o.Settings(ctx, "w"))(t); got.LiveOnly || !got.Rules["licence"].On || got.Version != one.Version {
		t.Errorf("got %+v, want %+v", got, one)
	}
}
