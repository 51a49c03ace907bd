package app_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/blob"
	"motorpool/shared/exporting"
	"motorpool/shared/fault"
	"motorpool/shared/importing"
	"motorpool/shared/location"
	"motorpool/shared/table"
)

// exported asks for a file, does the work, and returns it with what is in it.
func (d *depot) exported(o exporting.Order) (*exporting.Export, [][]string) {
	d.t.Helper()
	e, err := d.Exports.Create(d.t.Context(), d.actor, o, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	d.work()
	if e, err = d.Exports.Export(d.t.Context(), d.actor, e.ID, d.now); err != nil {
		d.t.Fatal(err)
	}
	if e.State != exporting.Ready {
		return e, nil
	}
	text := d.file(fmt.Sprintf("%s/exports/%s/%s", e.Workspace, e.ID, e.File))
	if int64(len(text)) != e.Size {
		d.t.Errorf("it has %d bytes and says %d", len(text), e.Size)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		d.t.Fatal(err)
	}
	return e, rows
}

func TestAFleetBecomesAFileThatCanBeImportedAgain(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	d.taken(whole)
	e, rows := d.exported(exporting.Order{List: "assets", BOM: true})
	if e.Rows != 2 || len(rows) != 3 || rows[0][0] != "VIN" {
		t.Fatalf("got %+v, %q", e, rows)
	}
	text := d.file(fmt.Sprintf("%s/exports/%s/%s", e.Workspace, e.ID, e.File))
	if !strings.HasPrefix(text, "\ufeff") || !strings.Contains(text, "'=1+2") || !strings.Contains(text, "Sydney Airport") || !strings.Contains(text, "AUD 45990.00") {
		t.Errorf("got %s", text)
	}
	i := d.must(d.upload("back.csv", text), d.Imports.Check)
	if i.Expected != (importing.Counts{Unchanged: 2, Warned: 1}) {
		t.Errorf("imported again it would change: %+v %v", i.Expected, d.rows(i))
	}
}

func TestAnExportHasTheFiltersAndColumnsOfItsList(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	d.taken(whole)
	if _, rows := d.exported(exporting.Order{List: "assets", Filters: map[string]string{"type": "trailer"}, Columns: []string{"number", "status"}}); fmt.Sprint(rows) != "[[Number Status] [T-1 unavailable]]" {
		t.Errorf("got %v", rows)
	}
	if _, err := d.Fleet.Archive(t.Context(), d.actor, d.fleet()[0].ID, 0, d.now); err != nil {
		t.Fatal(err)
	}
	if _, rows := d.exported(exporting.Order{List: "assets", Columns: []string{"number"}}); fmt.Sprint(rows) != "[[Number] [T-1]]" {
		t.Errorf("archived assets are there unasked: %v", rows)
	}
	if _, rows := d.exported(exporting.Order{List: "assets", Filters: map[string]string{"status": "archived"}, Columns: []string{"number"}}); fmt.Sprint(rows) != "[[Number] [C-1]]" {
		t.Errorf("got %v", rows)
	}
	for name, o := range map[string]exporting.Order{
		"export.list": {List: "secrets"}, "export.filter": {List: "assets", Filters: map[string]string{"colour": "red"}},
		"export.column": {List: "assets", Columns: []string{"password"}}, "export.email": {List: "assets", Email: true},
	} {
		program := d.actor // has no e-mail address
		program.Kind = "api_key"
		if _, err := d.Exports.Create(t.Context(), program, o, d.now); fault.CodeOf(err) != name {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestAPageMayComeTwice: each message does, and the file has each row once.
func TestAPageMayComeTwice(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	i := d.must(d.upload("long.csv", long(1200)), d.Imports.Check)
	d.must(i, d.Imports.Apply)
	e, err := d.Exports.Create(t.Context(), d.actor, exporting.Order{List: "assets", Columns: []string{"vin"}, Filters: map[string]string{"sort": "number"}}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; len(d.jobs.sent) > 0 && n < 40; n++ {
		m := d.jobs.sent[0]
		d.jobs.sent = d.jobs.sent[1:]
		d.run(m.Body)
		d.run(m.Body)
	}
	e, err = d.Exports.Export(t.Context(), d.actor, e.ID, d.now)
	if err != nil || e.State != exporting.Ready || e.Rows != 1200 {
		t.Fatalf("got %+v, %v", e, err)
	}
	text := d.file(fmt.Sprintf("%s/exports/%s/%s", e.Workspace, e.ID, e.File))
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		if seen[line] {
			t.Fatalf("%q is there twice", line)
		}
		seen[line] = true
	}
	if len(seen) != 1201 {
		t.Errorf("%d lines", len(seen))
	}
}

func TestAFileIsForWhoAskedAndForADay(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	d.taken(whole)
	e, _ := d.exported(exporting.Order{List: "assets"})
	url, until, err := d.Exports.Link(t.Context(), d.actor, e.ID, d.now)
	if err != nil || !until.Equal(d.now.Add(24*time.Hour)) || !strings.HasPrefix(url, "http://files.example/") {
		t.Errorf("%s until %s, %v", url, until, err)
	}
	other := d.actor
	other.ID = "usr_00000000000000000000000009"
	if _, _, err := d.Exports.Link(t.Context(), other, e.ID, d.now); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a colleague: %v", err)
	}
	bound := d.actor
	bound.Locations = []string{d.home.ID}
	if _, _, err := d.Exports.Link(t.Context(), bound, e.ID, d.now); fault.CodeOf(err) != "export.denied" {
		t.Errorf("somebody who now works at one location: %v", err)
	}
	d.now = d.now.Add(24 * time.Hour)
	if _, _, err := d.Exports.Link(t.Context(), d.actor, e.ID, d.now); fault.CodeOf(err) != "export.expired" {
		t.Errorf("a day later: %v", err)
	}
	key := blob.Key(e.Workspace + "/exports/" + e.ID + "/" + e.File)
	if _, _, err := d.blobs.Open(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	d.sweep()
	if _, _, err := d.blobs.Open(t.Context(), key); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the file is still there: %v", err)
	}
	if gone, err := d.Exports.Export(t.Context(), d.actor, e.ID, d.now); err != nil || gone.Size != 0 || gone.State != exporting.Expired {
		t.Errorf("it was not removed: %+v, %v", gone, err)
	}
}

func (d *depot) sweep() {
	d.t.Helper()
	if err := d.Exports.Sweep(d.t.Context(), d.actor.Workspace, d.now); err != nil {
		d.t.Fatal(err)
	}
}

// broken is a table that stops taking an export once some writes are done.
type broken struct {
	table.Table
	left int
}

func (b *broken) Write(ctx context.Context, ops ...table.Op) error {
	if b.left--; b.left < 0 {
		return errors.New("the machine stopped")
	}
	return b.Table.Write(ctx, ops...)
}

// TestWhatACrashLeftIsRemoved stops the work after each of its writes, for good.
func TestWhatACrashLeftIsRemoved(t *testing.T) {
	t.Parallel()
	for writes := range 5 {
		d := newDepot(t)
		d.taken(whole)
		e, err := d.Exports.Create(t.Context(), d.actor, exporting.Order{List: "assets"}, d.now)
		if err != nil {
			t.Fatal(err)
		}
		d.Exports.Table = &broken{d.table, writes}
		for _, m := range d.jobs.sent {
			_ = d.Exports.RunJob(t.Context(), m.Body, d.now) // it fails, and nobody tries again
		}
		d.Exports.Table = d.table
		d.sweep()
		dir := filepath.Join(d.dir, e.Workspace, "exports", e.ID)
		d.now = d.now.Add(25 * time.Hour)
		d.sweep()
		d.sweep()
		left := []string{}
		_ = filepath.WalkDir(d.dir, func(path string, f os.DirEntry, _ error) error {
			if f != nil && !f.IsDir() && strings.Contains(path, e.ID) {
				left = append(left, path)
			}
			return nil
		})
		is, err := d.Exports.Export(t.Context(), d.actor, e.ID, d.now)
		if err != nil || len(left) > 0 || is.State == exporting.Running {
			t.Errorf("after %d writes: %s is %s, %v, and has %v", writes, dir, is.State, err, left)
		}
	}
}

func TestFiltersOfAnExportAreThoseOfTheList(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	for say, o := range map[string]exporting.Order{
		"takes one of these":    {List: "issues", Filters: map[string]string{"state": "lost"}},
		"has no filter":         {List: "issues", Filters: map[string]string{"colour": "red"}},
		"name it in the filter": {List: "odometer-readings"},
	} {
		if _, err := d.Exports.Create(t.Context(), d.actor, o, d.now); fault.CodeOf(err) != "export.filter" || !strings.Contains(err.Error(), say) {
			t.Errorf("%s: got %v", say, err)
		}
	}
	for list, f := range map[string]map[string]string{
		"expenses": {"from": "soon"}, "inspections": {"since": "soon"}, "documents": {"expires_within": "999"}, "issues": {"asset": "ast_00000000000000000000000009"},
	} {
		if e, _ := d.exported(exporting.Order{List: list, Filters: f}); e.State != exporting.Failed {
			t.Errorf("%s with %v: %+v", list, f, e)
		}
	}
}

// asking is what may be said of who asks, by the time that the work is done.
type asking struct{ access.Actor }

func (a asking) Now(context.Context, string, access.Actor, time.Time) (access.Actor, error) {
	return a.Actor, nil
}

// customers is a list with something in it that not everybody may see.
type customers struct{}

func (customers) Grant() access.Grant         { return access.ViewPeople }
func (customers) Filters() []exporting.Filter { return nil }
func (customers) Columns() []exporting.Column {
	return []exporting.Column{{Name: "name", Label: "Name"}, {Name: "birth_date", Label: "Birthday", Needs: access.ViewPII}}
}

func (customers) Rows(context.Context, access.Actor, map[string]string, []string, string, int) ([][]string, string, error) {
	return [][]string{{"Ann", "1990-02-28"}}, "", nil
}

func TestWhatSomebodyMayNotSeeIsNotInTheirFile(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	d.taken(whole)
	d.Exports.Lists["people"] = customers{}
	if _, rows := d.exported(exporting.Order{List: "people"}); fmt.Sprint(rows) != "[[Name Birthday] [Ann 1990-02-28]]" {
		t.Errorf("got %v", rows)
	}
	less := d.actor
	less.Grants = []access.Grant{access.ViewPeople, access.RunExports, access.ViewAssets}
	d.Exports.Rights = asking{less} // the role was changed after the file was asked for
	if e, rows := d.exported(exporting.Order{List: "people"}); fmt.Sprint(rows) != "[[Name Birthday] [Ann ]]" || fmt.Sprint(e.Redacted) != "[birth_date]" {
		t.Errorf("got %v, %v", rows, e.Redacted)
	}
	elsewhere, err := d.Locations.Create(t.Context(), d.actor, location.Details{Name: "Perth"}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	less.Locations = []string{elsewhere.ID}
	d.Exports.Rights = asking{less}
	if e, rows := d.exported(exporting.Order{List: "assets"}); len(rows) != 1 || e.Rows != 0 {
		t.Errorf("assets of other locations: %v", rows)
	}
	less.Grants = []access.Grant{access.ViewAssets}
	d.Exports.Rights = asking{less}
	if e, _ := d.exported(exporting.Order{List: "assets"}); e.State != exporting.Failed {
		t.Errorf("without the permission to export: %+v", e)
	}
}
