package inspections

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

type templateView struct {
	look.Frame
	Action     string
	Version    int64
	State      look.Badge
	Edition    int
	Changed    bool
	Retired    bool
	Wrong      *look.Notice
	Head       []look.Field
	Categories []look.Option
	Locations  []look.Option
	Sections   []templateSection
	Dialogs    []look.Dialog
}

type templateSection struct {
	N      int
	Title  look.Field
	Fields []templateField
}

type templateField struct {
	S, N        int
	At          string // what the names of its inputs begin with
	Label       string
	Main, More  []look.Field
	First, Last bool
	Flags       []look.Option // Text is the label, Value what the input's name ends with
	Wrong       []string
}

var inspectionTemplatePages = look.Page(files, "inspection_template_page")

func templateEditor(ctx context.Context, c *api.Call, t *inspection.Template, did string, because error) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: t.Name, Section: "inspections", Crumbs: []look.Link{toInspections, {Text: "Templates", To: "/inspection-templates"}}, Toast: page.News(did)})
	if err != nil {
		return api.Answer{}, err
	}
	v := templateView{Frame: f, Action: record.TemplatePath(t.ID), Version: t.Version, State: templateBadge(t.State), Edition: t.Edition, Changed: t.Changed, Retired: t.State == inspection.Retired}
	var kinds []look.Option
	for _, k := range inspection.KindsOf {
		kinds = append(kinds, look.Option{Value: string(k), Text: kindName(k)})
	}
	v.Head = []look.Field{
		{Name: "name", Label: "Name", Value: t.Name, Required: true, Max: 100},
		{Name: "kind", Label: "Kind", Type: "select", Options: look.Choose(string(t.Kind), kinds...)},
		{Name: "program_types", Label: "Programmes", Value: strings.Join(t.ProgramTypes, ", "), Placeholder: "rental, subscription", Hint: "With commas between; empty: all."},
	}
	categories, err := record.AllCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	for _, cat := range categories {
		v.Categories = append(v.Categories, look.Option{Value: cat.ID, Text: cat.Name, Chosen: slices.Contains(t.Categories, cat.ID)})
	}
	places, err := record.AllLocations(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	for _, l := range places {
		v.Locations = append(v.Locations, look.Option{Value: l.ID, Text: l.Name, Chosen: slices.Contains(t.Locations, l.ID)})
	}
	for n, sec := range t.Sections {
		s := templateSection{N: n, Title: look.Field{Name: fmt.Sprintf("s.%d.title", n), Label: "Section", Value: sec.Title, Required: true, Max: 100}}
		for k, field := range sec.Fields {
			x := fieldEditor(n, k, field)
			x.First, x.Last = n == 0 && k == 0, n == len(t.Sections)-1 && k == len(sec.Fields)-1
			s.Fields = append(s.Fields, x)
		}
		v.Sections = append(v.Sections, s)
	}
	v.blame(because)
	v.Dialogs = []look.Dialog{{ID: "retire", Title: "Retire this template?", Text: "For good. What was inspected by it stays.", Action: v.Action, Do: "Retire", Danger: true, Hidden: []look.Option{{Text: "do", Value: "retire"}}}}
	if because != nil {
		return page.Again(inspectionTemplatePages, v)
	}
	return page.Show(inspectionTemplatePages, v)
}

func fieldEditor(s, n int, f inspection.Field) templateField {
	at := fmt.Sprintf("s.%d.f.%d.", s, n)
	var types []look.Option
	for _, t := range inspection.FieldTypes {
		types = append(types, look.Option{Value: string(t), Text: fieldTypeName(t)})
	}
	x := templateField{S: s, N: n, At: at, Label: f.Label}
	x.Main = []look.Field{
		{Name: at + "label", Label: "Question", Value: f.Label, Required: true, Max: 200},
		{Name: at + "type", Label: "Answer", Type: "select", Options: look.Choose(string(f.Type), types...)},
	}
	x.Flags = []look.Option{{Text: "Required", Value: at + "required", Chosen: f.Required}}
	x.More = []look.Field{{Name: at + "hint", Label: "Hint", Value: f.Hint, Max: 300}, {Name: at + "key", Label: "Key", Value: f.Key, Mono: true, Max: 40, Hint: "Names the answer in the API."}}
	switch f.Type {
	case inspection.Check:
		x.Flags = append(x.Flags, look.Option{Text: "Photo if it fails", Value: at + "photo_on_fail", Chosen: f.PhotoOnFail}, look.Option{Text: "Issue if it fails", Value: at + "issue_on_fail", Chosen: f.IssueOnFail})
		x.More = append(x.More, look.Field{Name: at + "severity", Label: "Severity of the issue", Type: "select", Options: look.Choose(f.Severity, append([]look.Option{{Text: "Medium, if one is raised"}}, page.Options(inspection.Severities...)...)...)},
			look.Field{Name: at + "issue_type", Label: "Type of the issue", Type: "select", Options: look.Choose(f.IssueType, append([]look.Option{{Text: "Other, if one is raised"}}, page.Options(inspection.IssueTypes...)...)...)})
	case inspection.Number:
		x.More = append(x.More, look.Field{Name: at + "unit", Label: "Unit", Value: f.Unit, Max: 20},
			look.Field{Name: at + "min", Label: "The least", Value: f.Min, Max: 20}, look.Field{Name: at + "max", Label: "The most", Value: f.Max, Max: 20})
	case inspection.Photo:
		x.More = append(x.More, look.Field{Name: at + "photos", Label: "At least", Value: page.Number(f.Photos), Type: "number", Unit: "photos"}, look.Field{Name: at + "angles", Label: "Angles", Value: strings.Join(f.Angles, ", "), Hint: "With commas between: Front, Right, Rear, Left."})
	case inspection.Signature:
		x.More = append(x.More, look.Field{Name: at + "signer", Label: "Who signs", Type: "select", Options: look.Choose(f.Signer, page.Options("staff", "customer")...)})
	}
	return x
}

// decimal is a number as people write it, with a point.
func decimal(s string) string { return strings.ReplaceAll(page.Trim(s), ",", ".") }

func fieldTypeName(t inspection.FieldType) string {
	return map[inspection.FieldType]string{
		inspection.Check: "Pass / fail / not applicable", inspection.Level: "Fuel or charge", inspection.Damage: "Damage map", inspection.Photo: "Photos",
	}[t] + map[bool]string{true: page.TitleOf(string(t))}[!slices.Contains([]inspection.FieldType{inspection.Check, inspection.Level, inspection.Damage, inspection.Photo}, t)]
}

// blame puts what the service refused beside the fields it is about.
func (v *templateView) blame(because error) {
	bad, ok := errors.AsType[*fault.Error](because)
	if !ok {
		return
	}
	v.Wrong = &look.Notice{Tone: "bad", Title: "This was not saved.", Text: bad.Message}
	for _, w := range bad.Fields {
		for i := range v.Head {
			if v.Head[i].Name == w.Name {
				v.Head[i].Wrong = w.Reason
			}
		}
		name := strings.NewReplacer("sections[", "s.", "].fields[", ".f.", "]", "").Replace(w.Name)
		for i := range v.Sections {
			if v.Sections[i].Title.Name == name {
				v.Sections[i].Title.Wrong = w.Reason
			}
			for k := range v.Sections[i].Fields {
				if x := &v.Sections[i].Fields[k]; strings.HasPrefix(name, x.At) {
					x.Wrong = append(x.Wrong, w.Reason)
				}
			}
		}
	}
}

// detailsOf reads the editor's form.
func detailsOf(form url.Values) inspection.Details {
	d := inspection.Details{Name: form.Get("name"), Kind: inspection.Kind(form.Get("kind"))}
	for s := range 21 {
		at := fmt.Sprintf("s.%d.", s)
		if !form.Has(at + "title") {
			break
		}
		sec := inspection.Section{Title: form.Get(at + "title")}
		for n := range 51 {
			at := fmt.Sprintf("s.%d.f.%d.", s, n)
			if !form.Has(at + "label") {
				break
			}
			sec.Fields = append(sec.Fields, fieldOf(form, at))
		}
		d.Sections = append(d.Sections, sec)
	}
	return d
}

// fieldOf reads one field. What another type would say is left out, so that the
// type of a field can be changed.
func fieldOf(form url.Values, at string) inspection.Field {
	get := func(name string) string { return page.Trim(form.Get(at + name)) }
	f := inspection.Field{Key: get("key"), Label: get("label"), Hint: get("hint"), Type: inspection.FieldType(get("type")), Required: get("required") != ""}
	switch f.Type {
	case inspection.Check:
		f.PhotoOnFail, f.IssueOnFail, f.Severity, f.IssueType = get("photo_on_fail") != "", get("issue_on_fail") != "", get("severity"), get("issue_type")
	case inspection.Number:
		f.Unit, f.Min, f.Max = get("unit"), decimal(get("min")), decimal(get("max"))
	case inspection.Photo:
		f.Photos, _ = strconv.Atoi(get("photos")) // what is no number is none
		f.Angles = page.Words(get("angles"))
	case inspection.Signature:
		f.Signer = get("signer")
	}
	return f
}

// rearrange does what one of the editor's buttons says: "add.2" adds a field to
// the third section, "up.0.3" moves one up, "drop.0.3" takes one away.
func rearrange(d *inspection.Details, do string) {
	parts := strings.Split(do, ".")
	at := func(n int) int {
		if len(parts) > n {
			if v, err := strconv.Atoi(parts[n]); err == nil {
				return v
			}
		}
		return -1
	}
	s, n := at(1), at(2)
	if parts[0] == "section" {
		d.Sections = append(d.Sections, inspection.Section{Title: "New section"})
		return
	}
	if s < 0 || s >= len(d.Sections) {
		return
	}
	fields := &d.Sections[s].Fields
	in := n >= 0 && n < len(*fields)
	switch {
	case parts[0] == "add":
		*fields = append(*fields, inspection.Field{Key: freshKey(d), Label: "New field", Type: inspection.Check})
	case parts[0] == "cut":
		d.Sections = slices.Delete(d.Sections, s, s+1)
	case parts[0] == "drop" && in:
		*fields = slices.Delete(*fields, n, n+1)
	case parts[0] == "up" && in && n > 0:
		(*fields)[n-1], (*fields)[n] = (*fields)[n], (*fields)[n-1]
	case parts[0] == "up" && in && s > 0:
		d.Sections[s-1].Fields = append(d.Sections[s-1].Fields, (*fields)[n])
		*fields = slices.Delete(*fields, n, n+1)
	case parts[0] == "down" && in && n+1 < len(*fields):
		(*fields)[n], (*fields)[n+1] = (*fields)[n+1], (*fields)[n]
	case parts[0] == "down" && in && s+1 < len(d.Sections):
		d.Sections[s+1].Fields = slices.Insert(d.Sections[s+1].Fields, 0, (*fields)[n])
		*fields = slices.Delete(*fields, n, n+1)
	}
}

func freshKey(d *inspection.Details) string {
	for n := 1; ; n++ {
		key := fmt.Sprintf("field_%d", n)
		if _, taken := d.Field(key); !taken {
			return key
		}
	}
}
