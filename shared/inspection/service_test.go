package inspection_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/app"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/inspection"
	"motorpool/shared/inspection/paper"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
	"motorpool/shared/workspace"
)

var now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// yard is the product with a file of its own. Files and letters are held by
// shelf, through the noun's own interfaces.
type yard struct {
	*inspection.Service
	t     *testing.T
	app   *app.App
	mia   access.Actor
	car   string
	shelf *shelf
}

// shelf keeps files in memory, as the noun's interface promises: each has one owner.
type shelf struct {
	owner   map[string]string
	body    map[string][]byte
	letters []inspection.Letter
	table   table.Table
}

func (s *shelf) put(id string, body []byte) string { s.body[id] = body; return id }

func (s *shelf) Use(_ context.Context, ws, id, purpose, by string) (table.Op, error) {
	if s.body[id] == nil {
		return table.Op{}, fault.New(fault.Invalid, "attachment.none", "There is no such attachment.")
	}
	if o := s.owner[id]; o != "" && o != by {
		return table.Op{}, fault.New(fault.Conflict, "attachment.used", "This attachment is somebody else's.")
	}
	s.owner[id] = by
	return table.Check(table.Key{PK: "WS#" + ws + "#ATT#" + id, SK: purpose}, 0), nil
}

func (s *shelf) Facts(_ context.Context, _, id string) (string, time.Time, error) {
	sum := sha256.Sum256(s.body[id])
	return hex.EncodeToString(sum[:]), time.Time{}, nil
}

func (s *shelf) Picture(_ context.Context, _, id string) ([]byte, error) { return s.body[id], nil }

func (s *shelf) Make(_ context.Context, ws, _ string, body []byte, owner string, _ time.Time) (string, table.Op, error) {
	id := fmt.Sprintf("att_%026d", 900+len(s.body))
	s.body[id], s.owner[id] = body, owner
	return id, table.Check(table.Key{PK: "WS#" + ws + "#ATT#" + id, SK: "made"}, 0), nil
}

func (s *shelf) Link(_ context.Context, _, id string, _ int) (string, error) { return "/" + id, nil }

func (s *shelf) Report(_ context.Context, ws string, l inspection.Letter) (table.Op, error) {
	s.letters = append(s.letters, l)
	return table.Check(table.Key{PK: "WS#" + ws + "#LTR", SK: l.Link}, 0), nil
}

func photo(t *testing.T, shade uint8) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 64, 48))
	for n := range m.Pix {
		m.Pix[n] = shade
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func newYard(t *testing.T) *yard {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	y := &yard{t: t, app: app.New(app.Ports{Table: tab, NewID: ident.Sortable(clock), Now: clock, BaseURL: "https://m.example"})}
	y.shelf = &shelf{map[string]string{}, map[string][]byte{}, nil, tab}
	y.Service = y.app.Inspections
	y.Files, y.Letters, y.Printer = y.shelf, y.shelf, paper.Print
	w, err := y.app.Workspaces.Create(t.Context(), workspace.Draft{Name: "Harbour Cars", Mode: workspace.Test, TimeZone: "Australia/Sydney"}, now)
	if err != nil {
		t.Fatal(err)
	}
	y.mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia Okafor", Workspace: w.ID, Grants: access.All()}
	y.car = y.asset()
	return y
}

func (y *yard) asset() string {
	y.t.Helper()
	return must(y.app.Fleet.Create(y.t.Context(), y.mia, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "Camry"}, now))(y.t).ID
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

// template is a published one with these fields.
func (y *yard) template(kind inspection.Kind, fields ...inspection.Field) string {
	y.t.Helper()
	d := inspection.Details{Name: "Look", Kind: kind, Sections: []inspection.Section{{Title: "All", Fields: fields}}}
	id := must(y.Write(y.t.Context(), y.mia, d, now))(y.t).ID
	return must(y.Publish(y.t.Context(), y.mia, id, 0, now))(y.t).ID
}

func (y *yard) begin(template string) string {
	y.t.Helper()
	return must(y.Begin(y.t.Context(), y.mia, inspection.Order{Asset: y.car, Template: template}, now))(y.t).ID
}

type answers = map[string]inspection.Answer

func (y *yard) say(id string, a answers) *inspection.Inspection {
	y.t.Helper()
	return must(y.Answer(y.t.Context(), y.mia, id, a, 0, now))(y.t)
}

func (y *yard) complete(id string) *inspection.Inspection {
	y.t.Helper()
	return must(y.Complete(y.t.Context(), y.mia, id, inspection.Completion{}, 0, now))(y.t)
}

func (y *yard) told(typ string) (n int) {
	y.t.Helper()
	page, _, err := y.app.Events.List(y.t.Context(), y.mia.Workspace, outbox.Filter{Type: typ}, "", 50, now)
	if err != nil {
		y.t.Fatal(err)
	}
	return len(page)
}

var (
	odo    = inspection.Field{Key: "odometer", Label: "Odometer", Type: inspection.Odometer}
	damage = inspection.Field{Key: "damage", Label: "Damage", Type: inspection.Damage, Required: true}
	lights = inspection.Field{Key: "lights", Label: "Lights", Type: inspection.Check, Required: true, IssueOnFail: true, IssueType: "mechanical", Severity: "safety"}
	front  = inspection.Field{Key: "front", Label: "Front", Type: inspection.Photo, Photos: 1}
)

func ptr[T any](v T) *T { return &v }

func TestCompletingWritesTheOdometerAndRaisesIssues(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.begin(y.template(inspection.Return, odo, lights))
	read := now.Add(-20 * time.Minute)
	y.say(id, answers{"odometer": {Odometer: ptr(int64(48211)), Captured: read}, "lights": {Choice: "fail", Note: "Left rear"}})
	i := y.complete(id)
	readings, _, err := y.app.Odometer.Readings(t.Context(), y.mia, y.car, "", "", 10)
	if err != nil || len(readings) != 1 || readings[0].Value != 48211 || readings[0].Source != "inspection" || readings[0].SourceID != id || !readings[0].ReadAt.Equal(read) || readings[0].ID != i.Reading {
		t.Errorf("readings: %+v, %v", readings, err)
	}
	if len(i.Issues) != 1 {
		t.Fatalf("issues: %v", i.Issues)
	}
	raised := must(y.app.Issues.Issue(t.Context(), y.mia, i.Issues[0]))(t)
	if raised.Severity != "safety" || raised.Type != "mechanical" || raised.Asset != y.car || !strings.Contains(raised.Description, "Left rear") || !strings.Contains(raised.Description, i.Number) {
		t.Errorf("the issue says %+v", raised.Details)
	}
	for typ, want := range map[string]int{"inspection.started": 1, "inspection.completed": 1, "inspection.damage_found": 0, "odometer.recorded": 1, "issue.created": 1} {
		if got := y.told(typ); got != want {
			t.Errorf("%s was told %d times", typ, got)
		}
	}
	if refers, err := y.Refers(t.Context(), y.mia.Workspace, y.car); err != nil || !refers {
		t.Errorf("refers: %v, %v", refers, err)
	}
	if err := y.app.Fleet.Delete(t.Context(), y.mia, y.car, 0, now); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an inspected asset is deleted: %v", err)
	}
}

// TestWhatCannotBeWrittenCompletesNothing: the odometer refuses, so there is no
// issue, no event and no completed inspection.
func TestWhatCannotBeWrittenCompletesNothing(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	tpl := y.template(inspection.Return, odo, lights)
	first := y.begin(tpl)
	y.say(first, answers{"odometer": {Odometer: ptr(int64(500))}, "lights": {Choice: "pass"}})
	y.complete(first)
	second := y.begin(tpl)
	y.say(second, answers{"odometer": {Odometer: ptr(int64(400))}, "lights": {Choice: "fail"}})
	_, err := y.Complete(t.Context(), y.mia, second, inspection.Completion{}, 0, now.Add(time.Hour))
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || len(f.Fields) != 1 || f.Fields[0].Name != "answers.odometer" {
		t.Fatalf("got %v", err)
	}
	if i := must(y.Inspection(t.Context(), y.mia, second))(t); i.State != inspection.InProgress || len(i.Issues) != 0 {
		t.Errorf("it is %s with %v", i.State, i.Issues)
	}
	if y.told("issue.created") != 0 || y.told("inspection.completed") != 1 {
		t.Error("something was told of what did not happen")
	}
}

func TestADamageIsNewOnce(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	tpl := y.template(inspection.Return, damage)
	mark := inspection.Mark{View: "left", Type: "scratch", X: 500, Y: 500}
	first := y.begin(tpl)
	y.say(first, answers{"damage": {Marks: []inspection.Mark{mark}}})
	if i := y.complete(first); len(i.News()) != 1 || i.Before != "" {
		t.Errorf("first: %+v", i.Damages)
	}
	second := y.begin(tpl)
	mark.X += 30
	y.say(second, answers{"damage": {Marks: []inspection.Mark{mark, {View: "top", Type: "dent", X: 1, Y: 1}}}})
	i := y.complete(second)
	if len(i.Known) != 1 || i.Before != first || i.Damages[0].Status != "pre_existing" || i.Damages[0].Since != first || len(i.News()) != 1 || i.News()[0].View != "top" {
		t.Errorf("second: before %s, %+v", i.Before, i.Damages)
	}
	if y.told("inspection.damage_found") != 2 {
		t.Error("each inspection found something new")
	}
	// one without a damage map knows what is known, and the next compares with it
	third := y.begin(y.template(inspection.AdHoc, lights))
	y.say(third, answers{"lights": {Choice: "pass"}})
	y.complete(third)
	fourth := y.begin(tpl)
	y.say(fourth, answers{"damage": {Clean: true}})
	if i := y.complete(fourth); i.Before != third || len(i.Gone) != 2 || len(i.Damages) != 0 {
		t.Errorf("fourth: before %s, gone %+v", i.Before, i.Gone)
	}
	// what is voided is not compared with
	must(y.Cancel(t.Context(), y.mia, fourth, "The wrong car", 0, now))(t)
	must(y.Cancel(t.Context(), y.mia, third, "The wrong car", 0, now))(t)
	fifth := y.begin(tpl)
	y.say(fifth, answers{"damage": {Marks: []inspection.Mark{mark}}})
	if i := y.complete(fifth); i.Before != second || len(i.News()) != 0 || len(i.Gone) != 1 {
		t.Errorf("fifth: before %s, %+v", i.Before, i.Damages)
	}
}

func TestWhatIsCompletedStays(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.begin(y.template(inspection.Return, lights))
	y.say(id, answers{"lights": {Choice: "pass"}})
	done := y.complete(id)
	if _, err := y.Answer(t.Context(), y.mia, id, answers{"lights": {Choice: "fail"}}, 0, now); fault.CodeOf(err) != "inspection.completed" {
		t.Errorf("answered again: %v", err)
	}
	if _, err := y.Complete(t.Context(), y.mia, id, inspection.Completion{}, 0, now); fault.CodeOf(err) != "inspection.completed" {
		t.Errorf("completed again: %v", err)
	}
	y.shelf.put("att_00000000000000000000000007", photo(t, 9))
	amended := must(y.Amend(t.Context(), y.mia, id, "The left one flickers.", []string{"att_00000000000000000000000007"}, 0, now))(t)
	if amended.Answers["lights"].Choice != "pass" || len(amended.Addenda) != 1 || amended.Addenda[0].Photos[0].SHA256 == "" || amended.Report.SHA256 != done.Report.SHA256 {
		t.Errorf("amended: %+v", amended.Addenda)
	}
	if _, err := y.Settle(t.Context(), y.mia, id, inspection.Disputed, inspection.Verdict{Name: "Ada"}, 0, now); fault.CodeOf(err) != "inspection.comment" {
		t.Errorf("a dispute about nothing: %v", err)
	}
	must(y.Settle(t.Context(), y.mia, id, inspection.Acknowledged, inspection.Verdict{Name: "Ada"}, 0, now))(t)
	if _, err := y.Settle(t.Context(), y.mia, id, inspection.Disputed, inspection.Verdict{Name: "Ada", Comment: "No"}, 0, now); fault.CodeOf(err) != "inspection.customer_acknowledged" {
		t.Errorf("disputed after it was acknowledged: %v", err)
	}
	if _, err := y.Cancel(t.Context(), y.mia, id, " ", 0, now); fault.CodeOf(err) != "inspection.reason" {
		t.Errorf("voided without a reason: %v", err)
	}
	if y.told("inspection.acknowledged") != 1 {
		t.Error("that it was acknowledged is not told")
	}
}

func TestAnInspectionPinsItsEdition(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	tpl := y.template(inspection.Return, lights)
	id := y.begin(tpl)
	must(y.Edit(t.Context(), y.mia, tpl, func(d *inspection.Details) error {
		d.Sections[0].Fields = []inspection.Field{damage}
		return nil
	}, 0, now))(t)
	must(y.Publish(t.Context(), y.mia, tpl, 0, now))(t)
	y.say(id, answers{"lights": {Choice: "pass"}})
	if i := y.complete(id); i.Edition != 1 {
		t.Errorf("it went on to edition %d", i.Edition)
	}
	if i := must(y.Inspection(t.Context(), y.mia, y.begin(tpl)))(t); i.Edition != 2 {
		t.Errorf("the next is by edition %d", i.Edition)
	}
	must(y.Retire(t.Context(), y.mia, tpl, 0, now))(t)
	if _, err := y.Begin(t.Context(), y.mia, inspection.Order{Asset: y.car, Template: tpl}, now); fault.CodeOf(err) != "inspection.template" {
		t.Errorf("by a retired one: %v", err)
	}
}

func TestPhotosAreEvidence(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.begin(y.template(inspection.Return, front))
	file, body := "att_00000000000000000000000001", photo(t, 200)
	if _, err := y.Answer(t.Context(), y.mia, id, answers{"front": {Photos: []inspection.Picture{{File: file}}}}, 0, now); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a photo that is not there: %v", err)
	}
	y.shelf.put(file, body)
	taken := now.Add(-time.Hour)
	i := y.say(id, answers{"front": {Photos: []inspection.Picture{{File: file, Captured: taken}}}})
	sum := sha256.Sum256(body)
	if p := i.Answers["front"].Photos[0]; p.SHA256 != hex.EncodeToString(sum[:]) || !p.Captured.Equal(taken) || !p.Uploaded.Equal(now) || y.shelf.owner[file] != id {
		t.Errorf("got %+v", p)
	}
	other := y.begin(y.template(inspection.Return, front))
	if _, err := y.Answer(t.Context(), y.mia, other, answers{"front": {Photos: []inspection.Picture{{File: file}}}}, 0, now); fault.KindOf(err) != fault.Conflict {
		t.Errorf("another inspection's photo: %v", err)
	}
	if i := y.complete(id); !bytes.HasPrefix(y.shelf.body[i.Report.File], []byte("%PDF-")) || i.Report.Size != len(y.shelf.body[i.Report.File]) {
		t.Errorf("the report is %+v", i.Report)
	}
}

func TestTheSameInspectionMakesTheSameReport(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	id := y.begin(y.template(inspection.Return, front, lights, damage))
	file := y.shelf.put("att_00000000000000000000000001", photo(t, 200))
	y.say(id, answers{
		"front":  {Photos: []inspection.Picture{{File: file}}, Note: "Ελλάδα, Łódź, Москва, 🚗"},
		"lights": {Choice: "pass"}, "damage": {Marks: []inspection.Mark{{View: "left", Type: "dent", X: 5, Y: 5, Note: "größer"}}},
	})
	done := y.complete(id)
	sheet := must(y.Sheet(t.Context(), y.mia, id))(t)
	again := must(paper.Print(sheet, func(file string) []byte { return y.shelf.body[file] }))(t)
	if sum := sha256.Sum256(again); hex.EncodeToString(sum[:]) != done.Report.SHA256 {
		t.Error("printed again it is another file")
	}
}
