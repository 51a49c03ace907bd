package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/span"
)

var (
	now    = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia    = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w"}
	jordan = Owner{"person", "per_00000000000000000000000001"}
	camry  = Owner{"asset", "ast_00000000000000000000000001"}
)

func day(s string) span.Date {
	d, err := span.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func licence(expires string) Details {
	return Details{Number: "20931187", Country: "AU", State: "NSW", Expires: day(expires)}
}

func att(n int) string { return fmt.Sprintf("att_%026d", n) }

func TestWhatIsWrongIsSaidFieldByField(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 400)
	for name, tt := range map[string]struct {
		change func(o *Owner, typ *string, s *Details)
		field  string
	}{
		"an unknown owner":           {func(o *Owner, _ *string, _ *Details) { o.Type = "booking" }, "owner.type"},
		"an id of another kind":      {func(o *Owner, _ *string, _ *Details) { o.ID = camry.ID }, "owner.id"},
		"an id that is none":         {func(o *Owner, _ *string, _ *Details) { o.ID = "per_1#x" }, "owner.id"},
		"an unknown type":            {func(_ *Owner, typ *string, _ *Details) { *typ = "diploma" }, "type"},
		"a car with a licence":       {func(o *Owner, _ *string, _ *Details) { *o = camry }, "type"},
		"a registered person":        {func(_ *Owner, typ *string, _ *Details) { *typ = "registration" }, "type"},
		"nothing at all":             {func(_ *Owner, _ *string, s *Details) { s.Number = "" }, "number"},
		"a number with a separator":  {func(_ *Owner, _ *string, s *Details) { s.Number = "12#3" }, "number"},
		"a number too long":          {func(_ *Owner, _ *string, s *Details) { s.Number = long }, "number"},
		"a country in words":         {func(_ *Owner, _ *string, s *Details) { s.Country = "Australia" }, "issuing_country"},
		"a state too long":           {func(_ *Owner, _ *string, s *Details) { s.State = long }, "issuing_state"},
		"a class too long":           {func(_ *Owner, _ *string, s *Details) { s.Class = long }, "class"},
		"a control character":        {func(_ *Owner, _ *string, s *Details) { s.Name = "a\x00" }, "name"},
		"bytes that are no text":     {func(_ *Owner, _ *string, s *Details) { s.Address = "\xff" }, "address"},
		"issued in the future":       {func(_ *Owner, _ *string, s *Details) { s.Issued = day("2026-03-03") }, "issued"},
		"over before it began":       {func(_ *Owner, _ *string, s *Details) { s.Issued, s.Expires = day("2026-01-02"), day("2026-01-01") }, "expires"},
		"good for ever and a day":    {func(_ *Owner, _ *string, s *Details) { s.Expires = day("2200-01-01") }, "expires"},
		"a licence without last day": {func(_ *Owner, _ *string, s *Details) { s.Expires = span.Date{} }, "expires"},
		"born tomorrow":              {func(_ *Owner, _ *string, s *Details) { s.BirthDate = day("2026-03-03") }, "birth_date"},
		"born long ago":              {func(_ *Owner, _ *string, s *Details) { s.BirthDate = day("1850-01-01") }, "birth_date"},
		"a file that is none":        {func(_ *Owner, _ *string, s *Details) { s.Files = []File{{"x.jpg", "front"}} }, "files[0].attachment"},
		"a side there is not":        {func(_ *Owner, _ *string, s *Details) { s.Files = []File{{att(1), "top"}} }, "files[0].side"},
		"one side twice":             {func(_ *Owner, _ *string, s *Details) { s.Files = []File{{att(1), "back"}, {att(2), "back"}} }, "files[1]"},
		"one file twice":             {func(_ *Owner, _ *string, s *Details) { s.Files = []File{{att(1), "other"}, {att(1), "other"}} }, "files[1]"},
		"eleven files": {func(_ *Owner, _ *string, s *Details) {
			for i := range 11 {
				s.Files = append(s.Files, File{att(i), "other"})
			}
		}, "files"},
	} {
		o, typ, s := jordan, "licence", licence("2027-05-10")
		tt.change(&o, &typ, &s)
		_, err := hand("doc_1", "w", o, typ, s, mia, now)
		if fault.KindOf(err) != fault.Invalid || !strings.HasPrefix(fault.CodeOf(err), "document.") {
			t.Errorf("%s: got %v, want it refused", name, err)
			continue
		}
		if !slices.ContainsFunc(err.(*fault.Error).Fields, func(f fault.Field) bool { return f.Name == tt.field }) {
			t.Errorf("%s: %+v does not name %s", name, err.(*fault.Error).Fields, tt.field)
		}
	}
	if _, err := ask("doc_1", "w", jordan, "licence", Asked{At: now, Sides: []string{"front", "front"}}); fault.CodeOf(err) != "document.sides" {
		t.Errorf("one side asked for twice: %v", err)
	}
}

// TestMoves tries every verb in every state.
func TestMoves(t *testing.T) {
	t.Parallel()
	verbs := map[string]func(*Document) error{
		"ask":    func(d *Document) error { return d.Ask(Asked{At: now}) },
		"submit": func(d *Document) error { return d.Submit(licence("2028-05-10"), mia, now) },
		"verify": func(d *Document) error { return d.Verify(mia, day("2026-03-01"), now) },
		"reject": func(d *Document) error { return d.Reject(mia, "Too dark.", now) },
	}
	for _, tt := range []struct {
		from State
		want string
	}{
		{Requested, "ask:requested reject:document.requested submit:submitted verify:document.requested"},
		{Submitted, "ask:submitted reject:rejected submit:submitted verify:verified"},
		{Verified, "ask:verified reject:document.decided submit:submitted verify:document.decided"},
		{Rejected, "ask:rejected reject:document.decided submit:submitted verify:document.decided"},
	} {
		var got []string
		for _, name := range []string{"ask", "reject", "submit", "verify"} {
			d := in(t, tt.from)
			if err := verbs[name](d); err != nil {
				got = append(got, name+":"+fault.CodeOf(err))
			} else {
				got = append(got, name+":"+string(d.State))
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: got %s, want %s", tt.from, s, tt.want)
		}
	}
}

// in is a document in a state.
func in(t *testing.T, s State) *Document {
	t.Helper()
	d, err := ask("doc_1", "w", jordan, "licence", Asked{At: now})
	if err == nil && s != Requested {
		err = d.Submit(licence("2027-05-10"), mia, now)
	}
	if err == nil && s == Verified {
		err = d.Verify(mia, day("2026-03-01"), now)
	}
	if err == nil && s == Rejected {
		err = d.Reject(mia, "Too dark.", now)
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestALicenceIsGoodUntilItsLastDay(t *testing.T) {
	t.Parallel()
	d := in(t, Verified)
	for on, want := range map[string]State{"2027-05-09": Verified, "2027-05-10": Verified, "2027-05-11": Expired} {
		if got := d.StateOn(day(on)); got != want || d.ValidOn(day(on)) != (want == Verified) {
			t.Errorf("%s: got %s, valid %v", on, got, d.ValidOn(day(on)))
		}
	}
	if err := d.Submit(licence("2030-05-10"), mia, now); err != nil || !d.ValidOn(day("2027-05-10")) || d.ValidOn(day("2027-05-11")) {
		t.Errorf("while the new one waits the old one counts: %v", err)
	}
	if err := d.Reject(mia, "Too dark.", now); err != nil || d.ValidOn(day("2027-05-10")) {
		t.Errorf("a rejected one does not: %v", err)
	}
	if len(d.Before) != 1 || d.Before[0].Verified == nil {
		t.Errorf("what was handed in before is lost: %+v", d.Before)
	}
	late := in(t, Submitted)
	if err := late.Verify(mia, day("2027-05-11"), now); fault.CodeOf(err) != "document.expired" {
		t.Errorf("one that is over was verified: %v", err)
	}
}

func TestWhatIdentifiesAPersonIsLeftOut(t *testing.T) {
	t.Parallel()
	d := in(t, Submitted)
	d.Paper.BirthDate, d.Paper.Name, d.Paper.Address = day("1994-08-23"), "JORDAN A SMITH", "12 Harbour Street"
	o, out := Redacted(d.Object(day("2026-03-01")))
	if shown := fmt.Sprintf("%+v", o); strings.Contains(shown, "20931187") || strings.Contains(shown, "1994") || strings.Contains(shown, "Harbour") || strings.Contains(shown, "JORDAN") {
		t.Errorf("shown: %s", shown)
	}
	if !slices.Equal(out, []string{"number", "name", "birth_date", "address"}) {
		t.Errorf("said to be left out: %v", out)
	}
	d.Owner = camry
	if o, out := Redacted(d.Object(day("2026-03-01"))); o.Number == "" || out != nil {
		t.Error("an asset's papers identify nobody")
	}
}

// paper is a document that was handed in on a day.
func paper(id, typ, expires, given string, s State) *Document {
	at := day(given)
	d := &Document{ID: id, Owner: jordan, Type: typ, State: s}
	d.Paper.Details, d.Paper.At = licence(expires), time.Date(at.Year, at.Month, at.Day, 12, 0, 0, 0, time.UTC)
	return d
}

func TestDue(t *testing.T) {
	t.Parallel()
	off := Defaults()
	off.Rules["licence"] = Rule{DaysBefore: []int{30}, Recipients: []string{"customer"}}
	for name, tt := range map[string]struct {
		doc      *Document
		settings Settings
		sent     map[string]string
		today    string
		want     string // days left, and "over"
	}{
		"a day too early":             {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), nil, "2026-04-30", ""},
		"thirty days before":          {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), nil, "2026-05-01", "30"},
		"told already":                {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), map[string]string{"d/2026-05-31/30": "2026-05-01"}, "2026-05-02", ""},
		"between, told":               {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), map[string]string{"d/2026-05-31/30": "2026-05-01"}, "2026-05-23", ""},
		"a week before":               {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), map[string]string{"d/2026-05-31/30": "2026-05-01"}, "2026-05-24", "7"},
		"after an outage, one letter": {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), nil, "2026-05-28", "3"},
		"after that, not the missed":  {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), map[string]string{"d/2026-05-31/7": "2026-05-28"}, "2026-05-29", ""},
		"its last day":                {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), nil, "2026-05-31", "0"},
		"the day after":               {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), map[string]string{"d/2026-05-31/0": "2026-05-31"}, "2026-06-01", "over"},
		"the day after an outage":     {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), nil, "2026-06-01", "-1 over"},
		"long after":                  {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), Defaults(), nil, "2026-09-01", "over"},
		"handed in last week":         {paper("d", "licence", "2026-05-31", "2026-05-10", Submitted), Defaults(), nil, "2026-05-20", ""},
		"handed in on the day itself": {paper("d", "licence", "2026-05-31", "2026-05-01", Submitted), Defaults(), nil, "2026-05-01", ""},
		"handed in when it was over":  {paper("d", "licence", "2026-01-31", "2026-03-01", Submitted), Defaults(), nil, "2026-03-02", ""},
		"another last day":            {paper("d", "licence", "2026-06-15", "2026-01-01", Verified), Defaults(), map[string]string{"d/2026-05-31/30": "2026-05-01"}, "2026-05-16", "30"},
		"rejected":                    {paper("d", "licence", "2026-05-31", "2026-01-01", Rejected), Defaults(), nil, "2026-05-01", ""},
		"switched off":                {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), off, nil, "2026-05-01", ""},
		"over though switched off":    {paper("d", "licence", "2026-05-31", "2026-01-01", Verified), off, nil, "2026-06-01", "over"},
		"submitted and over":          {paper("d", "licence", "2026-05-31", "2026-01-01", Submitted), off, nil, "2026-06-01", ""},
	} {
		sent := Sent{Told: map[string]span.Date{}}
		for k, on := range tt.sent {
			sent.Told[k] = day(on)
		}
		notices, over := Due([]*Document{tt.doc}, tt.settings, sent, day(tt.today))
		var got []string
		for _, n := range notices {
			got = append(got, fmt.Sprint(n.Days))
		}
		for range over {
			got = append(got, "over")
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: got %q, want %q", name, s, tt.want)
		}
	}
}

// TestEachThresholdIsToldOnce lives through two years with outages and new
// papers, and looks at what was told.
func TestEachThresholdIsToldOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		settings, sent, start := Defaults(), Sent{}, day("2026-01-01")
		offsets := rapid.IntRange(5, 500)
		docs := []*Document{}
		for i := range rapid.IntRange(1, 3).Draw(t, "documents") {
			docs = append(docs, paper(fmt.Sprint("d", i), "licence", later(start, offsets.Draw(t, "expires")).String(), "2025-06-01", Verified))
		}
		seen := map[string]int{}
		for n := range 700 {
			today := later(start, n)
			if rapid.IntRange(0, 9).Draw(t, "up") == 0 {
				continue // nobody looks today
			}
			if rapid.IntRange(0, 99).Draw(t, "new") == 0 {
				d := docs[0]
				*d = *paper(d.ID, "licence", later(today, offsets.Draw(t, "longer")).String(), today.String(), Verified)
			}
			for range 2 { // whoever asks twice is told once
				notices, over := Due(docs, settings, sent, today)
				for _, x := range slices.Concat(notices, over) {
					if seen[x.key]++; seen[x.key] > 1 {
						t.Fatalf("%s was told %d times", x.key, seen[x.key])
					}
					if x.Days > 30 || x.Days < -lapse && !strings.HasSuffix(x.key, "over") {
						t.Fatalf("%s was told %d days before", x.key, x.Days)
					}
				}
				if len(notices) > 0 && sent.Last == today {
					t.Fatalf("two digests on %s", today)
				}
				sent = sent.note(notices, over, today)
			}
		}
	})
}
