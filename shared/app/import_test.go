package app_test

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/importing"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

const header = "VIN,Fleet number,Type,Make,Model,Model year,Location,Category,Rego,RRP,Notes,custom_fields.depot\n"

const whole = header +
	"4T1BF3EK50X123456,C-1,Car,Toyota,Camry,2025,SYD,Small SUV,CAM 001,AUD 45990.00,=1+2,North\n" +
	"SERIAL-77,T-1,Trailer,Krone,Box,2020,sydney airport,small-suv,TRL 1,,,\n"

func TestAFileBecomesAFleet(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	i := d.upload("fleet.csv", whole)
	if i.State != importing.Mapping || i.Total != 2 || strings.Join(i.Mapping, ",") != "vin,number,type,make,model,year,home_location,categories,registration.plate,rrp,notes,custom_fields.depot" {
		t.Fatalf("it was read as %+v", i)
	}
	if i = d.must(i, d.Imports.Check); i.State != importing.Checked || i.Expected.Created != 2 || i.Expected.Warned != 1 || len(d.fleet()) != 0 {
		t.Fatalf("the dry run: %+v, %v", i, d.rows(i))
	}
	if i = d.must(i, d.Imports.Apply); i.State != importing.Applied || i.Counts.Created != 2 || i.Counts.Failed != 0 || i.Done != 2 || i.Errors {
		t.Fatalf("the import: %+v, %v", i, d.rows(i))
	}
	a := d.fleet()[0]
	if a.VIN != "4T1BF3EK50X123456" || a.Type != "car" || a.Year != 2025 || a.HomeLocation != d.home.ID || a.CurrentLocation != d.home.ID || a.Categories[0] != d.category.ID ||
		a.RRP.Minor != 4599000 || a.Notes != "=1+2" || a.CustomFields["depot"] != "North" || a.BookingEnabled {
		t.Errorf("got %+v", a)
	}
	history, _, err := d.Fleet.History(t.Context(), d.actor, a.ID, "", 10)
	if err != nil || len(history) != 1 || history[0].Request != i.ID || history[0].Actor.ID != d.actor.ID {
		t.Errorf("the audit log does not name the import: %+v, %v", history, err)
	}
	told, _, err := d.Events.List(t.Context(), d.actor.Workspace, outbox.Filter{Type: "asset.*"}, "", 10, d.now)
	var types []string
	for _, e := range told {
		types = append(types, e.Type)
	}
	if slices.Sort(types); err != nil || strings.Join(types, ",") != "asset.created,asset.created,asset.imported" {
		t.Errorf("told %v, %v", types, err)
	}
}

func TestRowsUpdateByVIN(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	d.taken(whole)
	i := d.taken("VIN,Colour,Notes,Rego\n4t1bf3ek50x123456,Red,NULL,\nSERIAL-77,,,\n")
	if i.Counts != (importing.Counts{Updated: 1, Unchanged: 1, Warned: 1}) {
		t.Errorf("got %+v %v", i.Counts, d.rows(i))
	}
	if a := d.fleet()[0]; a.Colour != "Red" || a.Notes != "" || a.Registration.Plate != "CAM 001" || a.Make != "Toyota" {
		t.Errorf("a blank cell leaves, NULL clears: %+v", a)
	}
	if got := d.upload("again.csv", "vin,colour,notes,rego\nX,,,\n").Mapping; strings.Join(got, ",") != "vin,colour,notes,registration.plate" {
		t.Errorf("the mapping is not remembered: %v", got)
	}
}

func TestAnArchivedAssetIsNotTouched(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	d.taken(whole)
	old := d.fleet()[0]
	if _, err := d.Fleet.Archive(t.Context(), d.actor, old.ID, 0, d.now); err != nil {
		t.Fatal(err)
	}
	if i := d.taken(whole); i.Counts.Created != 1 || i.Counts.Unchanged != 1 {
		t.Errorf("got %+v %v", i.Counts, d.rows(i))
	}
	if a, err := d.Fleet.Asset(t.Context(), d.actor.Workspace, old.ID); err != nil || a.Status() != fleet.Archived || len(d.fleet()) != 2 {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestRowsThatAreWrongHoldUpNoOther(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	d.taken(whole)
	i := d.must(d.upload("bad.csv", header+
		"V-1,,car,Ford,,,,,,,,\n"+ // 2: a new one needs more
		"V-2,C-1,car,Ford,Focus,2024,SYD,Small SUV,,,,\n"+ // 3: the number is taken
		"V-3,,car,Ford,Focus,12,Nowhere,Big SUV,,lots,,\n"+ // 4: several things
		",,car,Ford,Focus,2024,SYD,Small SUV,,,,\n"+ // 5: no VIN
		"V-4,N-1,car,Ford,Focus,2024,SYD,Small SUV,,,,\n"+
		"v-4,,car,Ford,Focus,2024,SYD,Small SUV,,,,\n"+ // 7: twice
		"V-5,n-1,car,Ford,Focus,2024,SYD,Small SUV,,,,\n"+ // 8: the number twice
		"V-6,,car,Ford,Focus,2024,SYD,Small SUV,,,,,extra\n"+ // 9: it has slipped
		"4T1BF3EK50X123456,,car,NULL,,,,,,,,\n"), d.Imports.Check) // 10: what is needed cannot be cleared
	checked := d.rows(i)
	for n, want := range []string{
		"2 failed Model: Give a model; it cannot be empty. Model year: Give its model year. Location: Say at which location it belongs. Category: Put it into a category",
		"3 failed Fleet number: The asset ast_", "4 failed Category: There is no category called \"Big SUV\".", "5 failed VIN: Give the VIN", "6 created",
		"7 failed VIN: Row 6 says the same.", "8 failed Fleet number: Row 6 says the same.", "9 failed The row has more cells", "10 failed Make: Give a make",
	} {
		if !slices.ContainsFunc(checked, func(r string) bool { return strings.HasPrefix(r, want) }) {
			t.Errorf("row %d: want %q in\n%s", n+2, want, strings.Join(checked, "\n"))
		}
	}
	if i.Expected.Created != 1 || i.Expected.Failed != 8 || len(d.fleet()) != 2 {
		t.Errorf("the dry run: %+v", i.Expected)
	}
	if i = d.must(i, d.Imports.Apply); i.Counts.Created != 1 || i.Counts.Failed != 8 || len(d.fleet()) != 3 || !i.Errors {
		t.Fatalf("the import: %+v", i.Counts)
	}
	if url, _, err := d.Imports.ErrorFile(t.Context(), d.actor, i.ID, d.now); err != nil || !strings.HasPrefix(url, "http://files.example/") {
		t.Errorf("%s, %v", url, err)
	}
	text := d.file(fmt.Sprintf("%s/imports/%s/errors-%d.csv", i.Workspace, i.ID, i.Run))
	if lines := strings.Split(strings.TrimSpace(text), "\r\n"); len(lines) != 9 || !strings.HasSuffix(lines[0], ",row,what is wrong") || !strings.Contains(lines[3], ",4,") || !strings.Contains(lines[3], "Big SUV") {
		t.Errorf("the file of what was refused:\n%s", text)
	}
}

// long is a file of n rows.
func long(n int) string {
	var b strings.Builder
	b.WriteString(header)
	for i := range n {
		fmt.Fprintf(&b, "SERIAL-%05d,N-%d,car,Ford,Focus,2024,SYD,Small SUV,,,,\n", i, i)
	}
	return b.String()
}

// TestWorkIsDoneOnceHoweverOftenItIsOrdered: each job comes three times, and the
// process dies after rows were taken and before the page was counted.
func TestWorkIsDoneOnceHoweverOftenItIsOrdered(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	i := d.must(d.upload("long.csv", long(450)), d.Imports.Check)
	if i.Pages != 3 || i.Expected.Created != 450 {
		t.Fatalf("got %d pages, %+v", i.Pages, i.Expected)
	}
	if _, err := d.Imports.Apply(t.Context(), d.actor, i.ID, d.now); err != nil {
		t.Fatal(err)
	}
	order := d.jobs.sent[0].Body
	dying := *d.Imports
	dying.Table = &mortal{Table: d.table, id: i.ID}
	if err := dying.RunJob(t.Context(), order, d.now); err == nil {
		t.Fatal("nothing broke")
	}
	if got := d.look(i); got.Done != 0 || len(d.fleet()) != 200 {
		t.Fatalf("%d rows are counted, %d are there", got.Done, len(d.fleet()))
	}
	for n := 0; len(d.jobs.sent) > 0 && n < 60; n++ {
		m := d.jobs.sent[0]
		d.jobs.sent = d.jobs.sent[1:]
		for range 3 {
			d.run(m.Body)
		}
	}
	if got := d.look(i); got.State != importing.Applied || got.Counts.Created != 450 || got.Counts.Unchanged != 0 || got.Done != 450 || len(d.fleet()) != 450 {
		t.Errorf("got %s %+v, %d assets", got.State, got.Counts, len(d.fleet()))
	}
	told, _, err := d.Events.List(t.Context(), d.actor.Workspace, outbox.Filter{Type: "asset.imported"}, "", 10, d.now)
	if err != nil || len(told) != 1 {
		t.Errorf("it was told %d times, %v", len(told), err)
	}
}

// mortal is a table whose process dies when it writes the import.
type mortal struct {
	table.Table
	id string
}

func (m *mortal) Write(ctx context.Context, ops ...table.Op) error {
	if ops[0].Item.Key.SK == "IMPORT" {
		return io.ErrUnexpectedEOF
	}
	return m.Table.Write(ctx, ops...)
}

func TestCancellingStopsAfterThePage(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	i := d.must(d.upload("long.csv", long(450)), d.Imports.Check)
	if _, err := d.Imports.Apply(t.Context(), d.actor, i.ID, d.now); err != nil {
		t.Fatal(err)
	}
	order := d.jobs.sent[0].Body
	d.jobs.sent = nil
	d.run(order)
	if i = d.must(i, d.Imports.Cancel); i.State != importing.Cancelled || i.Counts.Created != 200 || len(d.fleet()) != 200 {
		t.Errorf("got %s %+v, %d assets", i.State, i.Counts, len(d.fleet()))
	}
	if _, err := d.Imports.Apply(t.Context(), d.actor, i.ID, d.now); fault.CodeOf(err) != "import.over" {
		t.Errorf("it goes on: %v", err)
	}
}

func TestNothingIsAppliedUnseen(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	i := d.upload("fleet.csv", whole)
	if _, err := d.Imports.Apply(t.Context(), d.actor, i.ID, d.now); fault.CodeOf(err) != "import.unchecked" {
		t.Errorf("without a dry run: %v", err)
	}
	i = d.must(i, d.Imports.Check)
	if _, err := d.Imports.Map(t.Context(), d.actor, i.ID, slices.Repeat([]string{""}, 12), d.now); fault.CodeOf(err) != "import.key" {
		t.Errorf("without a key: %v", err)
	}
	without := slices.Clone(i.Mapping)
	without[9] = ""
	if _, err := d.Imports.Map(t.Context(), d.actor, i.ID, without, d.now); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Imports.Apply(t.Context(), d.actor, i.ID, d.now); fault.CodeOf(err) != "import.unchecked" {
		t.Errorf("with another mapping than was checked: %v", err)
	}
	twice := slices.Clone(i.Mapping)
	twice[9] = "notes"
	if _, err := d.Imports.Map(t.Context(), d.actor, i.ID, twice, d.now); fault.CodeOf(err) != "import.field_twice" {
		t.Errorf("two columns for one field: %v", err)
	}
	none := d.must(d.upload("bad.csv", header+"V-1,,,,,,,,,,,\n"), d.Imports.Check)
	if _, err := d.Imports.Apply(t.Context(), d.actor, none.ID, d.now); fault.CodeOf(err) != "import.nothing" {
		t.Errorf("nothing but errors: %v", err)
	}
}

func TestAFileThatIsNoTableFailsInWords(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	for file, code := range map[string]string{"VIN,Make\n": "sheet.no_rows", "VIN,Make\n\"x,y\n": "sheet.quotes", "VIN,vin\nx,y\n": "sheet.header_twice"} {
		i := d.upload("bad.csv", file)
		if i.State != importing.Failed || i.Code != code || i.Reason == "" {
			t.Errorf("%q: %s %s %s", file, i.State, i.Code, i.Reason)
		}
	}
}

// TestWhoeverMayNoLongerStops: permissions are asked for again by every page.
func TestWhoeverMayNoLongerStops(t *testing.T) {
	t.Parallel()
	d := newDepot(t)
	i := d.must(d.upload("fleet.csv", whole), d.Imports.Check)
	stranger := access.Actor{Kind: "api_key", ID: "key_00000000000000000000000001", Workspace: d.actor.Workspace, Grants: access.All()}
	if _, err := d.Imports.Apply(t.Context(), stranger, i.ID, d.now); err != nil {
		t.Fatal(err)
	}
	if d.work(); d.look(i).Code != "import.denied" || len(d.fleet()) != 0 {
		t.Errorf("got %+v", d.look(i))
	}
	viewer := access.Actor{Kind: "user", ID: "usr_1", Workspace: d.actor.Workspace, Grants: []access.Grant{access.ViewAssets}}
	if _, err := d.Imports.Cancel(t.Context(), viewer, i.ID, d.now); fault.KindOf(err) != fault.Denied {
		t.Errorf("a viewer: %v", err)
	}
	other := d.actor
	other.Workspace = "wsp_00000000000000000000000009"
	if _, err := d.Imports.Apply(t.Context(), other, i.ID, d.now); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another workspace: %v", err)
	}
}
