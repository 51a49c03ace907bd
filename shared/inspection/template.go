package inspection

import (
	"slices"
	"time"

	"motorpool/shared/fault"
)

// Template says what is looked at in an inspection. Its Details may be changed
// as long as it is not retired; what is inspected by is an edition of it, which
// is made by publishing and never changes.
type Template struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Details
	State     TemplateState `json:"state"`
	Edition   int           `json:"edition,omitempty"` // the one in use; zero: none yet
	Changed   bool          `json:"changed,omitempty"` // Details are not those of Edition
	Published time.Time     `json:"published,omitzero"`
	Retired   time.Time     `json:"retired,omitzero"`
	Created   time.Time     `json:"created"`
	Updated   time.Time     `json:"updated"`
	Version   int64         `json:"-"`

	was *Template
}

// Edition is a template as it was published: the form by which is inspected.
type Edition struct {
	Template string    `json:"template"`
	Number   int       `json:"number"`
	At       time.Time `json:"at"`
	By       string    `json:"by,omitempty"`
	Details
}

// Details is what people say of a template.
type Details struct {
	Name         string    `json:"name" doc:"At most 100 characters" example:"Return of a car"`
	Kind         Kind      `json:"kind" enum:"handover,return,scheduled,adhoc,transfer"`
	ProgramTypes []string  `json:"program_types,omitempty" nullable:"false" doc:"Only for bookings of these programmes; empty: all" example:"[\"rental\"]"`
	Categories   []string  `json:"categories,omitempty" nullable:"false" doc:"Only for vehicles in one of these; empty: all"`
	Locations    []string  `json:"locations,omitempty" nullable:"false" doc:"Only at these; empty: all"`
	Sections     []Section `json:"sections" nullable:"false" doc:"At most 20"`
}

// Section is a run of fields under a title.
type Section struct {
	Title  string  `json:"title" doc:"At most 100 characters" example:"Outside"`
	Fields []Field `json:"fields" nullable:"false" doc:"At most 50"`
}

// Field is one thing to answer.
type Field struct {
	Key         string    `json:"key" doc:"Names the answer; no other field of the template has it. Lower-case letters, digits and underscores" example:"tyres"`
	Label       string    `json:"label" doc:"At most 200 characters" example:"Tyres"`
	Hint        string    `json:"hint,omitempty" doc:"At most 300 characters" example:"At least 3 mm"`
	Type        FieldType `json:"type" enum:"check,text,number,odometer,level,photo,damage,checkbox,date,signature,file" doc:"check is pass, fail or not applicable; level is fuel or charge"`
	Required    bool      `json:"required,omitempty" doc:"An inspection is not complete without an answer"`
	PhotoOnFail bool      `json:"photo_on_fail,omitempty" doc:"Of a check: who fails it adds a photo"`
	IssueOnFail bool      `json:"issue_on_fail,omitempty" doc:"Of a check: failing it raises an issue"`
	Severity    string    `json:"severity,omitempty" enum:"low,medium,high,safety" doc:"Of that issue; medium unless you say otherwise"`
	IssueType   string    `json:"issue_type,omitempty" enum:"damage,mechanical,tyre,cleaning,accident,fine,missing_item,other" doc:"Of that issue; other unless you say otherwise"`
	Unit        string    `json:"unit,omitempty" doc:"Of a number" example:"mm"`
	Min         string    `json:"min,omitempty" doc:"Of a number: the least that can be" example:"0"`
	Max         string    `json:"max,omitempty" doc:"Of a number: the most that can be" example:"30"`
	Photos      int       `json:"photos,omitempty" doc:"Of a photo: how many at least" example:"4"`
	Angles      []string  `json:"angles,omitempty" nullable:"false" doc:"Of a photo: what is to be seen, one photo each" example:"[\"Front\",\"Rear\"]"`
	Signer      string    `json:"signer,omitempty" enum:"staff,customer" doc:"Of a signature: whose it is"`
}

// Kind is what an inspection is for.
type Kind string

// The kinds of inspection. A handover is for the customer, who sees what they
// take over; a return is for the operator.
const (
	Handover  Kind = "handover"
	Return    Kind = "return"
	Scheduled Kind = "scheduled"
	AdHoc     Kind = "adhoc"
	Transfer  Kind = "transfer"
)

// KindsOf lists them in the order in which people choose.
var KindsOf = []Kind{Handover, Return, Scheduled, AdHoc, Transfer}

// FieldType is what an answer looks like.
type FieldType string

// The types of field.
const (
	Check     FieldType = "check"
	Text      FieldType = "text"
	Number    FieldType = "number"
	Odometer  FieldType = "odometer"
	Level     FieldType = "level"
	Photo     FieldType = "photo"
	Damage    FieldType = "damage"
	Checkbox  FieldType = "checkbox"
	Day       FieldType = "date"
	Signature FieldType = "signature"
	File      FieldType = "file"
)

// FieldTypes lists them in the order in which people choose.
var FieldTypes = []FieldType{Check, Text, Number, Odometer, Level, Photo, Damage, Checkbox, Day, Signature, File}

// IssueTypes are what an issue that a check raises may be about.
var IssueTypes = []string{"damage", "mechanical", "tyre", "cleaning", "accident", "fine", "missing_item", "other"}

// Severities are how bad an issue may be, the worst last.
var Severities = []string{"low", "medium", "high", "safety"}

// TemplateState is where a template is on its way.
type TemplateState string

// The states of a template.
const (
	Draft     TemplateState = "draft"
	Published TemplateState = "published"
	Retired   TemplateState = "retired"
)

// templateMoves lists every move there is. Publishing what is published makes
// another edition.
var templateMoves = map[TemplateState][]TemplateState{
	Draft:     {Published, Retired},
	Published: {Published, Retired},
}

func (t *Template) move(to TemplateState) error {
	if !slices.Contains(templateMoves[t.State], to) {
		return fault.New(fault.Conflict, "inspection_template."+string(t.State), "This template is %s; it cannot become %s.", t.State, to)
	}
	t.State = to
	return nil
}

// Describe replaces what t says. What is published stays as it is until t is
// published again.
func (t *Template) Describe(d Details) error {
	if t.State == Retired {
		return fault.New(fault.Conflict, "inspection_template.retired", "This template is retired and can no longer be changed.")
	}
	d, err := d.checked()
	if err == nil {
		t.Details, t.Changed = d, t.State == Published
	}
	return err
}

// Publish makes the next edition of t, by which is inspected from then on.
func (t *Template) Publish(by string, at time.Time) (Edition, error) {
	if t.State == Published && !t.Changed {
		return Edition{}, fault.New(fault.Conflict, "inspection_template.same", "Nothing has changed since this template was published.")
	}
	if len(t.Fields()) == 0 {
		return Edition{}, fault.New(fault.Invalid, "inspection_template.empty", "Add a field before you publish.").At("sections")
	}
	if err := t.move(Published); err != nil {
		return Edition{}, err
	}
	t.Edition++
	t.Changed, t.Published = false, at
	return Edition{Template: t.ID, Number: t.Edition, At: at, By: by, Details: t.Details}, nil
}

// Retire takes t out of use for good. What was inspected by it stays.
func (t *Template) Retire(at time.Time) error {
	err := t.move(Retired)
	if err == nil {
		t.Retired = at
	}
	return err
}

// Fields are those of all sections, in order.
func (d *Details) Fields() (all []Field) {
	for _, s := range d.Sections {
		all = append(all, s.Fields...)
	}
	return all
}

// Field returns the field with this key.
func (d *Details) Field(key string) (Field, bool) {
	all := d.Fields()
	i := slices.IndexFunc(all, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return all[i], true
}
