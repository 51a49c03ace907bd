package inspections

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
)

type inspectionFormView struct {
	look.Frame
	Action, Done string
	Wrong        *look.Notice
	Car          string
	Answered     int
	Fields       int
	Sections     []sectionView
	Jump         bool // the odometer wants a second look
	Placed       bool // it is known where it is filled in
}

type sectionView struct {
	Title  string
	Fields []answerView
}

// answerView is one field of the form, with what was answered.
type answerView struct {
	inspection.Field
	Answer   inspection.Answer
	Answered bool
	Value    string // of a number, odometer, level or date
	Unit     string
	Wrong    string
	Angles   []angleView
	Photos   []photoView
	Views    []bodyView
	Marks    []markView
	Spots    []look.Option
	Sides    []look.Option
	Types    []look.Option
	Choices  []look.Option
	Lines    string
}

type angleView struct {
	N    int
	Name string
	Has  bool
}

type photoView struct{ File, To, Large, Angle string }

// bodyView is a vehicle from one side, with what is marked on it.
type bodyView struct {
	View, Name string
	Lines      []string // points of polylines, 1000 × 500
	Dots       []dotView
}

type dotView struct {
	N, X, Y, TextY int
	Known          bool
}

type markView struct {
	N                int
	Text, Note       string
	Known, Removable bool
}

// spots are places on a view for who cannot tap: nine, by the rows of a telephone.
var spots = []look.Option{
	{Value: "500,500", Text: "Middle"},
	{Value: "170,170", Text: "Top left"},
	{Value: "500,170", Text: "Top"},
	{Value: "830,170", Text: "Top right"},
	{Value: "170,500", Text: "Left"},
	{Value: "830,500", Text: "Right"},
	{Value: "170,830", Text: "Bottom left"},
	{Value: "500,830", Text: "Bottom"},
	{Value: "830,830", Text: "Bottom right"},
}

var inspectionFormPage = look.Page(files, "inspection_form")

func inspectionFormOf(ctx context.Context, c *api.Call, id, did string, because error) (api.Answer, error) {
	sheet, err := c.Inspections.Sheet(ctx, c.Actor, id)
	if err != nil {
		return api.Answer{}, err
	}
	if !sheet.Open() {
		return api.Redirect(inspectionPath(id)), nil
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: sheet.Name, Lead: sheet.Number + " · " + sheet.Vehicle.Title, Section: "inspections", Crumbs: []look.Link{toInspections}, Toast: page.News(did)})
	if err != nil {
		return api.Answer{}, err
	}
	v := inspectionFormView{Frame: f, Action: inspectionPath(id) + "/form", Car: sheet.Vehicle.Title, Placed: sheet.Place != nil}
	reasons := map[string]string{}
	if bad, ok := errors.AsType[*fault.Error](because); ok {
		v.Wrong = &look.Notice{Tone: "bad", Title: "Not yet complete", Text: bad.Message}
		v.Jump = strings.HasPrefix(bad.Code, "odometer.")
		for _, w := range bad.Fields {
			key, _, _ := strings.Cut(strings.TrimPrefix(w.Name, "answers."), ".")
			reasons[key] = w.Reason
		}
	}
	for _, sec := range sheet.Form.Sections {
		s := sectionView{Title: sec.Title}
		for _, field := range sec.Fields {
			a := fieldAnswer(sheet, field)
			a.Wrong = reasons[field.Key]
			s.Fields = append(s.Fields, a)
			if v.Fields++; a.Answered {
				v.Answered++
			}
		}
		v.Sections = append(v.Sections, s)
	}
	if because != nil {
		return page.Again(inspectionFormPage, v)
	}
	return page.Show(inspectionFormPage, v)
}

func fieldAnswer(s *inspection.Sheet, f inspection.Field) answerView {
	a, there := s.Answers[f.Key]
	v := answerView{Field: f, Answer: a, Answered: there, Unit: f.Unit, Lines: linesText(a.Signature)}
	switch f.Type {
	case inspection.Check:
		v.Choices = look.Choose(a.Choice, look.Option{Value: "pass", Text: "Pass"}, look.Option{Value: "fail", Text: "Fail"}, look.Option{Value: "na", Text: "N/A"})
	case inspection.Number:
		v.Value = a.Number
	case inspection.Odometer:
		if v.Unit = s.Vehicle.Unit; a.Odometer != nil {
			v.Value = strconv.FormatInt(*a.Odometer, 10)
		}
	case inspection.Level:
		if a.Level != nil {
			v.Value = strconv.Itoa(*a.Level)
		}
	case inspection.Day:
		v.Value = page.DateText(a.Date)
	case inspection.Damage:
		known := s.Known
		v.Views, v.Marks = bodyOf(a.Marks, known)
		v.Spots, v.Types = spots, page.Options(inspection.DamageTypes...)
		for _, view := range inspection.Views {
			v.Sides = append(v.Sides, look.Option{Value: view, Text: inspection.ViewNames[view]})
		}
	}
	for n, name := range f.Angles {
		has := slices.ContainsFunc(a.Photos, func(p inspection.Picture) bool { return p.Angle == name })
		v.Angles = append(v.Angles, angleView{n, name, has})
	}
	v.Photos = photosOf(inspectionPath(s.ID), a.Photos)
	return v
}

func photosOf(base string, photos []inspection.Picture) (out []photoView) {
	for _, p := range photos {
		to := base + "/files/" + p.File
		out = append(out, photoView{p.File, to + "?size=320", to + "?size=2048", p.Angle})
	}
	return out
}

// bodyOf draws the six views with the marks that were made, and those known.
func bodyOf(marks, known []inspection.Mark) (views []bodyView, list []markView) {
	for _, view := range inspection.Views {
		b := bodyView{View: view, Name: inspection.ViewNames[view]}
		for _, l := range inspection.Outline(view) {
			half := slices.Clone(l)
			for n := 1; n < len(half); n += 2 {
				half[n] /= 2 // a view is twice as wide as high
			}
			b.Lines = append(b.Lines, pointsOf(half))
		}
		for _, m := range known {
			if m.View == view {
				b.Dots = append(b.Dots, dotView{0, m.X, m.Y / 2, 0, true})
			}
		}
		for n, m := range marks {
			if m.View == view {
				b.Dots = append(b.Dots, dotView{n + 1, m.X, m.Y / 2, m.Y/2 + 14, false})
			}
		}
		views = append(views, b)
	}
	for n, m := range marks {
		list = append(list, markView{N: n + 1, Text: inspection.ViewNames[m.View] + ": " + m.Type, Note: m.Note, Removable: true})
	}
	for _, m := range known {
		list = append(list, markView{Text: inspection.ViewNames[m.View] + ": " + m.Type, Note: m.Note, Known: true})
	}
	return views, list
}

// linesText is a signature as the form posts it: numbers with commas, lines with
// semicolons between.
func linesText(s *inspection.Strokes) string {
	if s == nil {
		return ""
	}
	var lines []string
	for _, l := range s.Lines {
		var numbers []string
		for _, n := range l {
			numbers = append(numbers, strconv.Itoa(n))
		}
		lines = append(lines, strings.Join(numbers, ","))
	}
	return strings.Join(lines, ";")
}

// pointsOf is a line as an SVG's polyline has it.
func pointsOf(l []int) string {
	var points []string
	for n := 0; n+1 < len(l); n += 2 {
		points = append(points, strconv.Itoa(l[n])+","+strconv.Itoa(l[n+1]))
	}
	return strings.Join(points, " ")
}
