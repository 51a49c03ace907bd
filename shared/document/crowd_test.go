package document

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	queueembed "motorpool/shared/queue/embed"
	"motorpool/shared/table"
)

// flaky is a table whose process ends now and then: the nth write from now is
// refused, and everything after it until it is mended.
type flaky struct {
	table.Table
	left int // writes that still succeed; below zero: all do
}

var errDied = errors.New("the process died")

func (f *flaky) Write(ctx context.Context, ops ...table.Op) error {
	if f.left == 0 {
		return errDied
	}
	f.left--
	return f.Table.Write(ctx, ops...)
}

// work does the jobs that wait, each until it succeeds, as a queue hands them
// out: at least once. Every so many writes the process dies and starts anew.
func (o *office) work(f *flaky, every int) (deaths int) {
	o.t.Helper()
	ctx := o.t.Context()
	for {
		bodies, err := queueembed.Waiting(ctx, o.d, "jobs")
		if err != nil {
			o.t.Fatal(err)
		}
		if len(bodies) == 0 {
			return deaths
		}
		if err := queueembed.Discard(ctx, o.d, "jobs", func(json.RawMessage) bool { return true }); err != nil {
			o.t.Fatal(err)
		}
		for _, b := range bodies {
			for f.left = every; ; f.left = every {
				err := o.RunJob(ctx, b, o.at)
				if err == nil {
					break
				}
				if !errors.Is(err, errDied) {
					o.t.Fatal(err)
				}
				deaths++
			}
		}
	}
}

// TestACrowdIsToldOnceEachHoweverOftenTheProcessDies has 300 people with 400
// papers that expire in the same month, in pages of 50.
func TestACrowdIsToldOnceEachHoweverOftenTheProcessDies(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	f := &flaky{Table: o.Table, left: -1}
	o.Table = f
	people := map[string]int{} // papers of each
	for i := range 300 {
		per := fmt.Sprintf("per_%026d", i+100)
		o.put("OWNER", per, "{}")
		for n := range 1 + i%3%2 {
			o.verified(Owner{"person", per}, []string{"licence", "passport"}[n], time.Date(2026, 3, 10+i%9, 0, 0, 0, 0, time.UTC).Format("2006-01-02"))
			people[per]++
		}
	}
	o.Addressees = everybody{}
	days := map[string]map[string]int{}
	for day := range 20 { // the process is down from the 5th to the 8th morning
		o.at = time.Date(2026, 3, 3+day, 8, 0, 0, 0, time.UTC)
		if day >= 4 && day < 8 {
			continue
		}
		f.left = -1
		if err := o.Tick(t.Context(), "w", o.at); err != nil {
			t.Fatal(err)
		}
		before := len(o.letters())
		if deaths := o.work(f, 7); day == 0 && deaths == 0 {
			t.Fatal("nothing ever died")
		}
		f.left = -1
		if day == 1 { // the tick comes again within the hour, and so does every page
			must(0, o.Tick(t.Context(), "w", o.at.Add(time.Minute)))(t)
			o.work(f, 7)
		}
		days[o.at.Format("01-02")] = heard(t, o.letters()[before:])
	}
	got := map[string]int{}
	for day, who := range days {
		for to, n := range who {
			if n > 1 {
				t.Errorf("%s: %d letters on %s, want one", to, n, day)
			}
			got[to]++
		}
	}
	for per := range people {
		if n := got[per]; n < 1 || n > 2 { // 7 days before and on the day; one letter for both where the first fell into the outage
			t.Errorf("%s got %d letters", per, n)
		}
	}
	if n := got["boss"]; n < 8 {
		t.Errorf("the manager got a digest on %d days", n)
	}
	left, err := o.Table.Query(t.Context(), table.Query{PK: staffPK("w"), Limit: 1})
	if err != nil || len(left.Items) > 0 {
		t.Errorf("lines still wait: %v, %v", left.Items, err)
	}
}

func heard(t *testing.T, letters []Letter) map[string]int {
	t.Helper()
	who, papers := map[string]int{}, map[string]bool{}
	for _, l := range letters {
		who[l.To.Email]++
		if l.Staff != (l.To.Email == "boss") || l.Staff == (l.Pass.URL != "") {
			t.Errorf("a letter of the wrong kind: %+v", l)
		}
		for _, line := range l.Lines {
			key := fmt.Sprint(l.To.Email, line.Document, line.Days)
			if papers[key] {
				t.Errorf("%s is told twice of %s", l.To.Email, line.Document)
			}
			papers[key] = true
		}
	}
	return who
}

// everybody is reached under their identifier, and looked after by one manager.
type everybody struct{}

func (everybody) Of(_ context.Context, _ string, o Owner, who string) ([]Addressee, error) {
	switch who {
	case "customer":
		return []Addressee{{Email: o.ID}}, nil
	case "manager":
		return []Addressee{{Email: "boss"}}, nil
	}
	return nil, nil
}

// TestTheMorningIsTheWorkspacesOwn goes through both changes of the clock in New
// York, and through a move of the workspace to another zone.
func TestTheMorningIsTheWorkspacesOwn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ zone, from, first string }{
		{"America/New_York", "2026-03-07T12:01:00Z", "2026-03-08T11:01:00Z"}, // the clock goes forward at night: 7 o'clock is an hour earlier
		{"America/New_York", "2026-10-31T11:01:00Z", "2026-11-01T12:01:00Z"}, // and back
		{"Pacific/Kiritimati", "2026-05-01T17:01:00Z", "2026-05-02T17:01:00Z"},
		{"Pacific/Pago_Pago", "2026-05-01T18:01:00Z", "2026-05-02T18:01:00Z"},
	} {
		o := newOffice(t)
		zone := must(time.LoadLocation(tt.zone))(t)
		o.Zone = func(context.Context, string) (*time.Location, error) { return zone, nil }
		o.at = must(time.Parse(time.RFC3339, tt.from))(t)
		begun := func() bool {
			must(0, o.Tick(t.Context(), "w", o.at))(t)
			bodies := must(queueembed.Waiting(t.Context(), o.d, "jobs"))(t)
			must(0, queueembed.Discard(t.Context(), o.d, "jobs", func(json.RawMessage) bool { return true }))(t)
			return len(bodies) > 0
		}
		if !begun() {
			t.Errorf("%s: nothing begins at %s", tt.zone, tt.from)
		}
		for end := o.at.Add(30 * time.Hour); o.at.Before(end); {
			if o.at = o.at.Add(time.Hour); begun() {
				break
			}
		}
		if got := o.at.Format(time.RFC3339); got != tt.first {
			t.Errorf("%s after %s: the next morning begins %s, want %s", tt.zone, tt.from, got, tt.first)
		}
	}
}

func TestWhoWasMergedIsToldAsOne(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	twin := Owner{"person", "per_00000000000000000000000002"}
	o.put("OWNER", twin.ID, "{}")
	d := o.verified(twin, "passport", "2026-03-30")
	o.verified(jordan, "licence", "2026-04-06")
	o.at = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	o.hour() // the passport, 30 days before
	told := len(o.letters())
	lead := func(id, doc string) {
		k := table.Key{PK: "OWNER", SK: id}
		it := must(o.Table.Get(ctx, k))(t)
		it.Doc = []byte(doc)
		must(0, o.Table.Write(ctx, table.Put(it)))(t)
	}
	lead(twin.ID, `{"Into":"`+jordan.ID+`"}`)
	lead(jordan.ID, `{"From":"`+twin.ID+`"}`)
	o.at = o.at.Add(time.Hour)
	if o.hour(); len(o.letters()) != told {
		t.Errorf("told again after the merge")
	}
	o.at = time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)
	o.hour()
	var mine []Letter
	for _, l := range o.letters()[told:] {
		if l.Pass.URL != "" {
			mine = append(mine, l)
		}
	}
	if len(mine) != 1 || len(mine[0].Lines) != 2 {
		t.Fatalf("got %+v, want both papers in one letter", mine)
	}
	open, err := o.Open(ctx, mine[0].Pass.URL[len("https://x.example/upload/"):], o.at)
	if err != nil || len(open.Wanted) != 2 {
		t.Errorf("the link asks for %+v, %v", open.Wanted, err)
	}
	for _, id := range []string{jordan.ID, twin.ID} {
		page := must3(o.Documents(ctx, mia, Filter{Owner: id}, "", 10, o.at))(t)
		rest := must3(o.Documents(ctx, mia, Filter{Owner: id}, "1!", 10, o.at))(t)
		if len(page) != 1 || len(rest) != 1 || rest[0].ID != d.ID {
			t.Errorf("under %s: %d and %d, want the own one and then the twin's", id, len(page), len(rest))
		}
	}
	added := must(o.Add(ctx, mia, twin, "visa", Details{Number: "V1", Expires: day("2027-01-01")}, o.at))(t)
	if added.Owner != jordan {
		t.Errorf("a new paper belongs to %+v", added.Owner)
	}
}

func must3[T any](v T, _ string, err error) func(*testing.T) T { return must(v, err) }

func TestErasingLeavesNothingPersonal(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	f := &flaky{Table: o.Table, left: -1}
	o.Table = f
	say := Details{Number: "SECRET-1", Expires: day("2027-01-01"), Name: "JORDAN SECRET", Address: "Secret Street", Files: []File{{o.upload(), "front"}}}
	d := must(o.Add(ctx, mia, jordan, "licence", say, o.at))(t)
	must(o.Reject(ctx, mia, d.ID, "A secret reason", 0, o.at))(t)
	say.Files = []File{{o.upload(), "front"}}
	must(o.Submit(ctx, mia, d.ID, func(is *Details) error { *is = say; return nil }, 0, o.at))(t)
	_, pass, err := o.Request(ctx, mia, jordan, "passport", Asked{At: o.at, Message: "A secret message"})
	must(0, err)(t)
	held := must(o.Papers(ctx, "w", jordan.ID))(t)
	if len(held) != 2 || !slices.ContainsFunc(held, func(p Paper) bool { return p.Paper.Number == "SECRET-1" && len(p.Before) == 1 && len(p.FilesURL) == 2 }) {
		t.Errorf("held: %+v", held)
	}
	for _, e := range must(o.Table.Query(ctx, table.Query{PK: documentPK("w", d.ID), Prefix: "EVENT#", Limit: 50}))(t).Items {
		mustLack(t, "an event", e)
	}
	for n := 0; ; n++ { // broken off at every write
		f.left = 1
		err := o.Erase(ctx, mia, jordan.ID, o.at)
		if f.left = -1; err == nil {
			break
		}
		if !errors.Is(err, errDied) || n > 20 {
			t.Fatal(err)
		}
	}
	for _, pk := range []string{documentPK("w", d.ID), ownerPK("w", jordan.ID), numberPK("w"), expiresPK("w"), "FILE"} {
		for _, it := range must(o.Table.Query(ctx, table.Query{PK: pk, Limit: 100}))(t).Items {
			mustLack(t, "after it, "+pk, it)
			if pk != documentPK("w", d.ID) {
				t.Errorf("left in %s: %s", pk, it.Key.SK)
			}
		}
	}
	if _, err := o.Open(ctx, pass.URL[len("https://x.example/upload/"):], o.at); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the link still opens: %v", err)
	}
	if has := must(o.Refers(ctx, "w", jordan.ID))(t); has {
		t.Error("it still has documents")
	}
}

func mustLack(t *testing.T, where string, it table.Item) {
	t.Helper()
	for word := range maps.Keys(map[string]bool{"SECRET": true, "secret": true, "Secret": true}) {
		if slices.Contains(splitWords(string(it.Doc)), word) || slices.Contains(splitWords(it.Key.SK), word) {
			t.Errorf("%s: %s / %s says %s", where, it.Key.SK, it.Doc, word)
		}
	}
}

func splitWords(s string) []string {
	var words []string
	word := ""
	for _, r := range s + " " {
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			word += string(r)
			continue
		}
		words, word = append(words, word), ""
	}
	return words
}

func TestWhoMayOnlyLookChangesNothing(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	d := o.verified(jordan, "licence", "2027-01-01")
	reader := access.Actor{Kind: "user", ID: "usr_r", Name: "Reader", Workspace: "w"}
	if _, err := o.Submit(ctx, reader, d.ID, func(*Details) error { return nil }, 0, o.at); fault.KindOf(err) != fault.Denied {
		t.Errorf("got %v", err)
	}
	if _, err := o.Document(ctx, reader, d.ID); err != nil {
		t.Errorf("to look: %v", err)
	}
}

func TestTheLogSaysWhatWasTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.verified(jordan, "licence", "2026-03-20")
	o.at = time.Date(2026, 3, 13, 0, 0, 0, 0, time.UTC)
	o.hour()
	log := must3(o.Log(t.Context(), mia, "", 10))(t)
	if len(log) != 1 || log[0].Owner != jordan || !slices.Equal(log[0].To, []string{"customer", "manager"}) || log[0].Lines[0].Days != 7 {
		t.Errorf("got %+v", log)
	}
}
