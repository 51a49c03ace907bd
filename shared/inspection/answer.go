package inspection

import (
	"fmt"
	"slices"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/pattern"
	"motorpool/shared/span"
)

// Answer is what was found at one field. Which of its members says it depends on
// the type of field; a note may be added to any.
type Answer struct {
	Choice    string    `json:"choice,omitempty" enum:"pass,fail,na" doc:"To a check"`
	Text      string    `json:"text,omitempty" doc:"To a text: at most 2,000 characters"`
	Number    string    `json:"number,omitempty" doc:"To a number: digits with at most one point" example:"6.5"`
	Odometer  *int64    `json:"odometer,omitempty" doc:"To an odometer: what the dashboard shows, in its unit, not rounded" example:"48211"`
	Level     *int      `json:"level,omitempty" minimum:"0" maximum:"100" doc:"To a level: percent" example:"75"`
	Checked   *bool     `json:"checked,omitempty" doc:"To a checkbox"`
	Date      span.Date `json:"date,omitzero" format:"date" doc:"To a date"`
	Photos    []Picture `json:"photos,omitempty" nullable:"false" doc:"To a photo, or with a check: at most 20"`
	Marks     []Mark    `json:"marks,omitempty" nullable:"false" doc:"To a damage map: at most 60. An empty list is an answer: nothing is damaged"`
	Clean     bool      `json:"clean,omitempty" doc:"To a damage map: there is no damage"`
	Files     []string  `json:"files,omitempty" nullable:"false" doc:"To a file: attachments, at most 10"`
	Signature *Strokes  `json:"signature,omitempty" doc:"To a signature"`
	Note      string    `json:"note,omitempty" doc:"At most 1,000 characters"`

	Captured time.Time `json:"captured,omitzero" doc:"When it was answered, as the device says; now, unless you say otherwise"`
	Uploaded time.Time `json:"uploaded,omitzero" readOnly:"true" doc:"When it arrived here"`
	By       string    `json:"by,omitempty" readOnly:"true" doc:"Who answered"`
}

// Picture is a photo as evidence.
type Picture struct {
	File     string    `json:"file" doc:"An attachment that is ready, of the purpose evidence" example:"att_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Angle    string    `json:"angle,omitempty" doc:"What is to be seen, if the field names it" example:"Front"`
	Captured time.Time `json:"captured,omitzero" doc:"When it was taken, as the device says"`
	Uploaded time.Time `json:"uploaded,omitzero" readOnly:"true" doc:"When it arrived here"`
	SHA256   string    `json:"sha256,omitempty" readOnly:"true" doc:"Of its bytes as they arrived"`
}

// Strokes is a signature as it was drawn, or the name that was typed instead.
type Strokes struct {
	Name  string  `json:"name,omitempty" doc:"Who signed: at most 100 characters" example:"Ada Byron"`
	Lines [][]int `json:"lines,omitempty" nullable:"false" doc:"Each an x, y, x, y, … of a field 1,000 wide and 400 high; at most 4,000 numbers in all"`
}

const (
	maxPhotos  = 20 // in one answer
	maxMarks   = 60
	maxFiles   = 10
	maxNumbers = 4000 // of a signature
)

// What a signature is drawn on: its lines have points from 0 to these.
const (
	BoardWide = 1000
	BoardHigh = 400
)

var decimals = pattern.New(`^-?[0-9]{1,12}(\.[0-9]{1,6})?$`)

// check complains of what a cannot say at f. at is where the caller wrote it.
func (a *Answer) check(c *form.Complaints, f Field, at string) {
	for _, m := range a.said() {
		if !m.said || m.typ == f.Type || m.name == "photos" && f.Type == Check {
			continue
		}
		c.Add(at+"."+m.name, "“%s” is not answered so: it is a %s field.", f.Label, f.Type)
	}
	if a.Choice != "" && !slices.Contains([]string{"pass", "fail", "na"}, a.Choice) {
		c.Add(at+".choice", "Choose one of pass, fail, na.")
	}
	c.Text(at+".text", &a.Text, 2000)
	c.Text(at+".note", &a.Note, 1000)
	if a.Number != "" && !decimals(a.Number) {
		c.Add(at+".number", "Give a number: 6.5.")
	} else if a.Number != "" && !f.holds(a.Number) {
		c.Add(at+".number", "“%s” is %s.", f.Label, f.Range())
	}
	if a.Odometer != nil {
		c.Between(at+".odometer", *a.Odometer, 0, 10_000_000)
	}
	if a.Level != nil {
		c.Between(at+".level", int64(*a.Level), 0, 100)
	}
	a.checkFiles(c, f, at)
	a.Signature.check(c, at+".signature")
	if len(a.Marks) > maxMarks {
		c.Add(at+".marks", "Mark at most %d.", maxMarks)
	}
	for n := range a.Marks {
		a.Marks[n].check(c, fmt.Sprintf("%s.marks[%d]", at, n))
	}
	if a.Clean && len(a.Marks) > 0 {
		c.Add(at+".clean", "There is damage marked. Take it away, or leave this out.")
	}
}

type member struct {
	name string
	said bool
	typ  FieldType
}

// said lists the members of a that are answers, each with the type it answers.
func (a *Answer) said() []member {
	return []member{
		{"choice", a.Choice != "", Check},
		{"text", a.Text != "", Text},
		{"number", a.Number != "", Number},
		{"odometer", a.Odometer != nil, Odometer},
		{"level", a.Level != nil, Level},
		{"checked", a.Checked != nil, Checkbox},
		{"date", !a.Date.IsZero(), Day},
		{"photos", len(a.Photos) > 0, Photo},
		{"marks", len(a.Marks) > 0, Damage},
		{"clean", a.Clean, Damage},
		{"files", len(a.Files) > 0, File},
		{"signature", a.Signature != nil, Signature},
	}
}

// empty reports whether a says nothing.
func (a *Answer) empty() bool {
	return a.Note == "" && !slices.ContainsFunc(a.said(), func(m member) bool { return m.said })
}

func (a *Answer) checkFiles(c *form.Complaints, f Field, at string) {
	if len(a.Photos) > maxPhotos {
		c.Add(at+".photos", "Give at most %d photos.", maxPhotos)
	}
	for n, p := range a.Photos {
		place := fmt.Sprintf("%s.photos[%d]", at, n)
		if !ident.Has("att", p.File) {
			c.Add(place+".file", "There is no such attachment. Give its id: att_…")
		} else if slices.ContainsFunc(a.Photos[:n], func(q Picture) bool { return q.File == p.File }) {
			c.Add(place+".file", "This photo is there already.")
		}
		if p.Angle != "" && !slices.Contains(f.Angles, p.Angle) {
			c.Add(place+".angle", "“%s” names no such angle.", f.Label)
		}
	}
	if len(a.Files) > maxFiles {
		c.Add(at+".files", "Give at most %d files.", maxFiles)
	}
	for n, id := range a.Files {
		if !ident.Has("att", id) || slices.Contains(a.Files[:n], id) {
			c.Add(fmt.Sprintf("%s.files[%d]", at, n), "Give the id of an attachment, att_…, once.")
		}
	}
}

func (s *Strokes) check(c *form.Complaints, at string) {
	if s == nil {
		return
	}
	c.Text(at+".name", &s.Name, 100)
	numbers := 0
	for _, l := range s.Lines {
		numbers += len(l)
		for n, v := range l {
			if high := []int{BoardWide, BoardHigh}[n%2]; v < 0 || v > high || len(l)%2 != 0 {
				c.Add(at+".lines", "Give pairs of x from 0 to %d and y from 0 to %d.", BoardWide, BoardHigh)
				return
			}
		}
	}
	if numbers > maxNumbers {
		c.Add(at+".lines", "Use at most %d numbers.", maxNumbers)
	}
}

// Signed reports whether somebody has signed, by name or by hand.
func (s *Strokes) Signed() bool { return s != nil && (s.Name != "" || len(s.Lines) > 0) }

// answer puts answers into i, and reports whether any was taken. One that was
// captured before the one that is there is not: it was under way for longer. An
// empty answer takes away what is there.
func (i *Inspection) answer(e *Edition, answers map[string]Answer, by string, at time.Time) error {
	if !i.Open() {
		return fault.New(fault.Conflict, "inspection."+string(i.State), "This inspection is %s and can no longer be filled in. Add an addendum instead.", words(i.State))
	}
	c := &form.Complaints{Noun: "inspection"}
	now := map[string]Answer{}
	for key, a := range i.Answers {
		now[key] = a
	}
	first := at
	for key, a := range answers {
		f, known := e.Field(key)
		if !known {
			c.Add("answers."+key, "The template has no such field.")
			continue
		}
		a.Photos, a.Marks = slices.Clone(a.Photos), slices.Clone(a.Marks)
		a.check(c, f, "answers."+key)
		a.Captured, a.Uploaded, a.By = instant(c, "answers."+key+".captured", a.Captured, at), at, by
		was, there := now[key]
		if there && was.Captured.After(a.Captured) {
			continue
		}
		if a.Captured.Before(first) {
			first = a.Captured
		}
		a.date(was, at)
		if now[key] = a; a.empty() {
			delete(now, key)
		}
	}
	if err := c.Err(); err != nil {
		return err
	}
	i.Answers = now
	if i.State == Planned {
		return i.start(first)
	}
	return nil
}

// date says of each photo when it was taken and when it arrived. What was said
// of one that was there already stays.
func (a *Answer) date(was Answer, at time.Time) {
	for n := range a.Photos {
		p := &a.Photos[n]
		p.Uploaded, p.SHA256 = at, ""
		if k := slices.IndexFunc(was.Photos, func(q Picture) bool { return q.File == p.File }); k >= 0 {
			angle := p.Angle
			*p = was.Photos[k]
			p.Angle = angle
		}
		if p.Captured.IsZero() || p.Captured.After(at) {
			p.Captured = a.Captured
		}
		p.Captured = p.Captured.UTC().Truncate(time.Second)
	}
}

// missing complains of every field that must be answered and is not.
func (i *Inspection) missing(e *Edition) error {
	c := &form.Complaints{Noun: "inspection"}
	for _, f := range e.Fields() {
		a, there := i.Answers[f.Key]
		if why := f.wants(&a, there); why != "" {
			c.Add("answers."+f.Key, "%s", why)
		}
	}
	err := c.Err()
	if f, is := err.(*fault.Error); is {
		f.Code, f.Message = "inspection.incomplete", fmt.Sprintf("%d %s to be answered before this inspection is complete.", len(f.Fields), map[bool]string{true: "field has", false: "fields have"}[len(f.Fields) == 1])
	}
	return err
}

// wants says what is missing at f, or nothing.
func (f *Field) wants(a *Answer, there bool) string {
	answered := slices.ContainsFunc(a.said(), func(m member) bool { return m.said && m.typ == f.Type })
	switch {
	case f.Type == Checkbox && f.Required && (a.Checked == nil || !*a.Checked):
		return fmt.Sprintf("“%s” has to be ticked.", f.Label)
	case f.Type == Signature && f.Required && !a.Signature.Signed():
		return fmt.Sprintf("“%s” has to be signed.", f.Label)
	case f.Required && (!there || !answered):
		return fmt.Sprintf("“%s” has to be answered.", f.Label)
	case f.Type == Photo && (f.Required || len(a.Photos) > 0):
		return f.wantsPhotos(a)
	case f.PhotoOnFail && a.Choice == "fail" && len(a.Photos) == 0:
		return fmt.Sprintf("“%s” failed; add a photo of it.", f.Label)
	}
	return ""
}

func (f *Field) wantsPhotos(a *Answer) string {
	for _, angle := range f.Angles {
		if !slices.ContainsFunc(a.Photos, func(p Picture) bool { return p.Angle == angle }) {
			return fmt.Sprintf("“%s” needs a photo of: %s.", f.Label, angle)
		}
	}
	if len(a.Photos) < f.Photos {
		return fmt.Sprintf("“%s” needs at least %d photos.", f.Label, f.Photos)
	}
	return ""
}
