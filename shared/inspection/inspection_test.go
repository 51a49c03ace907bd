package inspection

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/span"
)

var (
	update = flag.Bool("update", false, "rewrite testdata")
	noon   = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
)

// TestMoves prints the whole lifecycle of inspections and of templates and
// compares it with the picture that people agreed on.
func TestMoves(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, from := range States {
		fmt.Fprintf(&b, "%-22s", from)
		for _, to := range States {
			i := &Inspection{State: from}
			b.WriteString(map[bool]string{true: " x", false: " ."}[i.move(to) == nil])
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	all := []TemplateState{Draft, Published, Retired}
	for _, from := range all {
		fmt.Fprintf(&b, "%-22s", "template "+string(from))
		for _, to := range all {
			i := &Template{State: from}
			b.WriteString(map[bool]string{true: " x", false: " ."}[i.move(to) == nil])
		}
		b.WriteByte('\n')
	}
	if *update {
		if err := os.WriteFile("testdata/moves.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile("testdata/moves.txt"); err != nil || string(want) != b.String() {
		t.Errorf("the moves are, %v\n%s", err, b.String())
	}
}

// complaints are the fields that err is about.
func complaints(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return fmt.Sprint(err)
	}
	var names []string
	for _, c := range f.Fields {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}

func asks(fields ...Field) Details {
	return Details{Name: "Return", Kind: Return, Sections: []Section{{"All", fields}}}
}

func TestATemplateSaysWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	many := make([]Field, 51)
	f := func(change func(*Field)) Details {
		x := Field{Key: "a", Label: "A", Type: Check}
		change(&x)
		return asks(x)
	}
	for name, tt := range map[string]struct {
		d    Details
		want string
	}{
		"nothing":                 {Details{}, "name kind"},
		"a programme":             {Details{Name: "x", Kind: Return, ProgramTypes: []string{"Rental"}}, "program_types[0]"},
		"a category":              {Details{Name: "x", Kind: Return, Categories: []string{"cat_1"}}, "categories[0]"},
		"a location":              {Details{Name: "x", Kind: Return, Locations: []string{"x"}}, "locations[0]"},
		"21 sections":             {Details{Name: "x", Kind: Return, Sections: make([]Section, 21)}, "sections"},
		"51 fields":               {asks(many...), "sections[0].fields"},
		"a key twice":             {asks(Field{Key: "a", Label: "A", Type: Text}, Field{Key: "a", Label: "B", Type: Text}), "sections[0].fields[1].key"},
		"a key in capitals":       {f(func(x *Field) { x.Key = "A b" }), "sections[0].fields[0].key"},
		"no label":                {f(func(x *Field) { x.Label = " " }), "sections[0].fields[0].label"},
		"a type":                  {f(func(x *Field) { x.Type = "video" }), "sections[0].fields[0].type"},
		"two odometers":           {asks(Field{Key: "a", Label: "A", Type: Odometer}, Field{Key: "b", Label: "B", Type: Odometer}), "sections[0].fields[1].type"},
		"a text that fails":       {f(func(x *Field) { x.Type, x.IssueOnFail = Text, true }), "sections[0].fields[0].type"},
		"a severity":              {f(func(x *Field) { x.IssueOnFail, x.Severity = true, "bad" }), "sections[0].fields[0].severity"},
		"a type of issue":         {f(func(x *Field) { x.IssueOnFail, x.IssueType = true, "bad" }), "sections[0].fields[0].issue_type"},
		"angles of a check":       {f(func(x *Field) { x.Angles = []string{"Front"} }), "sections[0].fields[0].angles"},
		"an angle twice":          {f(func(x *Field) { x.Type, x.Angles = Photo, []string{"Front", "front"} }), "sections[0].fields[0].angles[1]"},
		"a signer":                {f(func(x *Field) { x.Type, x.Signer = Signature, "notary" }), "sections[0].fields[0].signer"},
		"more photos than fit":    {f(func(x *Field) { x.Type, x.Photos = Photo, 21 }), "sections[0].fields[0].photos"},
		"a section without title": {Details{Name: "x", Kind: Return, Sections: []Section{{"", nil}}}, "sections[0].title"},
	} {
		if _, err := tt.d.checked(); complaints(err) != tt.want {
			t.Errorf("%s: got %v, want a complaint about %s", name, err, tt.want)
		}
	}
	for _, d := range Starters() {
		if _, err := d.checked(); err != nil {
			t.Errorf("the starter %s: %v", d.Name, err)
		}
	}
}

func TestALongTemplateIsRefusedBeforeItIsStored(t *testing.T) {
	t.Parallel()
	d := Details{Name: "x", Kind: Return}
	for s := range maxSections {
		sec := Section{Title: "S"}
		for n := range maxFields {
			sec.Fields = append(sec.Fields, Field{Key: fmt.Sprintf("f%d_%d", s, n), Label: strings.Repeat("ä", 200), Hint: strings.Repeat("ö", 300), Type: Text})
		}
		d.Sections = append(d.Sections, sec)
	}
	if _, err := d.checked(); complaints(err) != "sections" {
		t.Errorf("20 × 50 fields of the longest words: %v", err)
	}
	for s := range d.Sections {
		for n := range d.Sections[s].Fields {
			d.Sections[s].Fields[n].Hint = ""
			d.Sections[s].Fields[n].Label = "Tyres"
		}
	}
	if _, err := d.checked(); err != nil {
		t.Errorf("20 × 50 fields of usual words: %v", err)
	}
}

func TestEditingWhatIsPublishedMakesAnotherEdition(t *testing.T) {
	t.Parallel()
	tpl := &Template{ID: "int_1", State: Draft}
	if _, err := tpl.Publish("usr_1", noon); fault.CodeOf(err) != "inspection_template.empty" {
		t.Errorf("without a field: %v", err)
	}
	tpl.Details = asks(Field{Key: "a", Label: "A", Type: Text})
	first, err := tpl.Publish("usr_1", noon)
	if err != nil || first.Number != 1 || tpl.Changed {
		t.Fatalf("%+v, %v", first, err)
	}
	if _, err := tpl.Publish("usr_1", noon); fault.CodeOf(err) != "inspection_template.same" {
		t.Errorf("again without a change: %v", err)
	}
	if err := tpl.Describe(asks(Field{Key: "b", Label: "B", Type: Text})); err != nil || !tpl.Changed || tpl.Edition != 1 {
		t.Errorf("changed: %+v, %v", tpl, err)
	}
	if _, there := first.Field("a"); !there {
		t.Error("the first edition changed with the template")
	}
	if second, err := tpl.Publish("usr_1", noon); err != nil || second.Number != 2 {
		t.Errorf("%+v, %v", second, err)
	}
	if err := tpl.Retire(noon); err != nil {
		t.Error(err)
	}
	if err := tpl.Describe(tpl.Details); fault.CodeOf(err) != "inspection_template.retired" {
		t.Errorf("retired: %v", err)
	}
}

func ptr[T any](v T) *T { return &v }

// everyType is a template with a required field of each type.
func everyType() *Edition {
	var fields []Field
	for _, typ := range FieldTypes {
		fields = append(fields, Field{Key: string(typ), Label: strings.ToUpper(string(typ)), Type: typ, Required: true})
	}
	d := asks(fields...)
	d.Sections[0].Fields[slices.Index(FieldTypes, Photo)].Angles = []string{"Front", "Rear"}
	return &Edition{Template: "int_1", Number: 1, Details: d}
}

func att(n int) string { return fmt.Sprintf("att_%026d", n) }

func good() map[string]Answer {
	return map[string]Answer{
		"check": {Choice: "na"}, "text": {Text: "fine"}, "number": {Number: "-6.5"}, "odometer": {Odometer: ptr(int64(0))}, "level": {Level: ptr(0)},
		"photo":  {Photos: []Picture{{File: att(1), Angle: "Front"}, {File: att(2), Angle: "Rear"}}},
		"damage": {Clean: true}, "checkbox": {Checked: ptr(true)}, "date": {Date: span.Date{Year: 2026, Month: 3, Day: 1}},
		"signature": {Signature: &Strokes{Name: "Ada"}}, "file": {Files: []string{att(3)}},
	}
}

func TestAnAnswerFitsItsField(t *testing.T) {
	t.Parallel()
	e := everyType()
	for key, tt := range map[string]struct {
		a    Answer
		want string
	}{
		"nothing":   {Answer{Text: "x"}, "answers.nothing"},
		"check":     {Answer{Choice: "maybe"}, "answers.check.choice"},
		"text":      {Answer{Choice: "pass"}, "answers.text.choice"},
		"number":    {Answer{Number: "1e9"}, "answers.number.number"},
		"odometer":  {Answer{Odometer: ptr(int64(-1))}, "answers.odometer.odometer"},
		"level":     {Answer{Level: ptr(101)}, "answers.level.level"},
		"photo":     {Answer{Photos: []Picture{{File: att(1), Angle: "Roof"}}}, "answers.photo.photos[0].angle"},
		"damage":    {Answer{Marks: []Mark{{View: "below", Type: "dent", X: 1001}}}, "answers.damage.marks[0].view answers.damage.marks[0].x"},
		"signature": {Answer{Signature: &Strokes{Lines: [][]int{{0, 401}}}}, "answers.signature.signature.lines"},
		"file":      {Answer{Files: []string{"x"}}, "answers.file.files[0]"},
		"date":      {Answer{Note: "a\x00b"}, "answers.date.note"},
		"checkbox":  {Answer{Checked: ptr(true), Captured: noon.Add(time.Hour)}, "answers.checkbox.captured"},
	} {
		i := &Inspection{State: InProgress}
		if err := i.answer(e, map[string]Answer{key: tt.a}, "usr_1", noon); complaints(err) != tt.want {
			t.Errorf("%s: got %v, want a complaint about %s", key, err, tt.want)
		}
		if len(i.Answers) != 0 {
			t.Errorf("%s was taken all the same", key)
		}
	}
	i := &Inspection{State: InProgress}
	if err := i.answer(e, good(), "usr_1", noon); err != nil || len(i.Answers) != len(FieldTypes) {
		t.Errorf("good answers: %v", err)
	}
}

func TestWhatIsRequiredIsNamed(t *testing.T) {
	t.Parallel()
	e := everyType()
	for _, typ := range FieldTypes {
		i := &Inspection{State: InProgress}
		answers := good()
		delete(answers, string(typ))
		if err := i.answer(e, answers, "usr_1", noon); err != nil {
			t.Fatal(err)
		}
		err := i.complete(e, Completion{}, noon)
		if fault.CodeOf(err) != "inspection.incomplete" || complaints(err) != "answers."+string(typ) || i.State != InProgress {
			t.Errorf("without %s: %v, %s", typ, err, i.State)
		}
	}
	for name, change := range map[string]func(map[string]Answer){
		"an angle is missing":   func(a map[string]Answer) { a["photo"] = Answer{Photos: []Picture{{File: att(1), Angle: "Front"}}} },
		"the box is not ticked": func(a map[string]Answer) { a["checkbox"] = Answer{Checked: ptr(false)} },
		"an empty signature":    func(a map[string]Answer) { a["signature"] = Answer{Signature: &Strokes{}} },
	} {
		i := &Inspection{State: InProgress}
		answers := good()
		change(answers)
		if err := i.answer(e, answers, "usr_1", noon); err != nil {
			t.Fatal(err)
		}
		if err := i.complete(e, Completion{}, noon); fault.CodeOf(err) != "inspection.incomplete" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFailedCheckNeedsItsPhoto(t *testing.T) {
	t.Parallel()
	e := &Edition{Details: asks(Field{Key: "tyres", Label: "Tyres", Type: Check, PhotoOnFail: true})}
	for _, tt := range []struct {
		a    Answer
		want string
	}{
		{Answer{Choice: "pass"}, ""},
		{Answer{Choice: "fail"}, "answers.tyres"},
		{Answer{Choice: "fail", Photos: []Picture{{File: att(1)}}}, ""},
	} {
		i := &Inspection{State: InProgress}
		if err := i.answer(e, map[string]Answer{"tyres": tt.a}, "usr_1", noon); err != nil {
			t.Fatal(err)
		}
		err := i.missing(e)
		if got := complaints(err); tt.want == "" && err != nil || tt.want != "" && got != tt.want {
			t.Errorf("%+v: got %v", tt.a, err)
		}
	}
}

// TestWhatArrivesLateDoesNotReplaceWhatIsNewer: a phone that was offline sends
// what was captured before somebody corrected it.
func TestWhatArrivesLateDoesNotReplaceWhatIsNewer(t *testing.T) {
	t.Parallel()
	e := &Edition{Details: asks(Field{Key: "a", Label: "A", Type: Text})}
	i := &Inspection{State: Planned}
	say := func(text string, captured, at time.Time) {
		if err := i.answer(e, map[string]Answer{"a": {Text: text, Captured: captured}}, "usr_1", at); err != nil {
			t.Fatal(err)
		}
	}
	say("second", noon.Add(-time.Hour), noon)
	if i.State != InProgress || !i.Started.Equal(noon.Add(-time.Hour)) {
		t.Errorf("begun %v, %s", i.Started, i.State)
	}
	say("first", noon.Add(-2*time.Hour), noon.Add(time.Minute))
	if a := i.Answers["a"]; a.Text != "second" || !a.Captured.Equal(noon.Add(-time.Hour)) || !a.Uploaded.Equal(noon) {
		t.Errorf("got %+v", a)
	}
	say("third", time.Time{}, noon.Add(2*time.Minute))
	if a := i.Answers["a"]; a.Text != "third" || !a.Captured.Equal(noon.Add(2*time.Minute)) {
		t.Errorf("got %+v", a)
	}
	if err := i.answer(e, map[string]Answer{"a": {Captured: noon.Add(3 * time.Minute)}}, "usr_1", noon.Add(3*time.Minute)); err != nil || len(i.Answers) != 0 {
		t.Errorf("an empty answer takes it away: %v, %v", i.Answers, err)
	}
}

func TestDamagesAreComparedWithThoseBefore(t *testing.T) {
	t.Parallel()
	known := []Mark{
		{ID: "dmg_a", View: "left", Type: "scratch", X: 500, Y: 500, Since: "ins_0"},
		{ID: "dmg_b", View: "left", Type: "scratch", X: 560, Y: 500, Since: "ins_0"},
		{ID: "dmg_c", View: "front", Type: "chip", X: 100, Y: 100, Since: "ins_0"},
	}
	found := []Mark{
		{View: "left", Type: "scratch", X: 555, Y: 505}, // the nearer of two
		{View: "left", Type: "scratch", X: 510, Y: 490},
		{View: "left", Type: "scratch", X: 520, Y: 500}, // both are taken
		{View: "right", Type: "scratch", X: 500, Y: 500},
		{View: "left", Type: "dent", X: 500, Y: 500},
		{View: "front", Type: "crack", X: 900, Y: 900, Known: "dmg_c"}, // it has grown, somebody says
	}
	seen, gone := compare(found, known, "ins_1", ident.Counting())
	var got []string
	for _, m := range seen {
		got = append(got, m.Status+" "+m.Since)
	}
	want := []string{"pre_existing ins_0", "pre_existing ins_0", "new ins_1", "new ins_1", "new ins_1", "pre_existing ins_0"}
	if !slices.Equal(got, want) || seen[0].ID != "dmg_b" || seen[1].ID != "dmg_a" || seen[5].ID != "dmg_c" || len(gone) != 0 {
		t.Errorf("got %v, %v, %v", got, seen, gone)
	}
	if _, gone := compare(nil, known, "ins_1", ident.Counting()); len(gone) != 3 {
		t.Errorf("nothing found: %v", gone)
	}
}

// TestEachDamageIsItselfOnce: whatever is found, nothing known is found twice or
// lost, and what is found again at the same place is never new.
func TestEachDamageIsItselfOnce(t *testing.T) {
	t.Parallel()
	mark := rapid.Custom(func(t *rapid.T) Mark {
		return Mark{View: rapid.SampledFrom(Views).Draw(t, "view"), Type: rapid.SampledFrom(DamageTypes[:3]).Draw(t, "type"), X: rapid.IntRange(0, 1000).Draw(t, "x"), Y: rapid.IntRange(0, 1000).Draw(t, "y")}
	})
	rapid.Check(t, func(t *rapid.T) {
		ids := ident.Counting()
		known, _ := compare(rapid.SliceOfN(mark, 0, 12).Draw(t, "known"), nil, "ins_0", ids)
		found := rapid.SliceOfN(mark, 0, 12).Draw(t, "found")
		seen, gone := compare(found, known, "ins_1", ids)
		had := map[string]int{}
		for _, m := range append(slices.Clone(seen), gone...) {
			had[m.ID]++
		}
		for _, k := range known {
			if had[k.ID] != 1 {
				t.Fatalf("%s is there %d times", k.ID, had[k.ID])
			}
		}
		if len(seen) != len(found) || len(had) != len(seen)+len(gone) {
			t.Fatalf("%d found, %d seen, %d gone, %d in all", len(found), len(seen), len(gone), len(had))
		}
		again, gone := compare(seen, seen, "ins_2", ids)
		for n, m := range again {
			if m.Status != preexisting {
				t.Fatalf("%+v became %+v", seen[n], m)
			}
		}
		if len(gone) != 0 {
			t.Fatalf("gone: %v", gone)
		}
	})
}
