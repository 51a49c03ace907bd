package workspace_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

var at = apitest.Now

// bench is a service on a table of its own, at a time that the test moves.
type bench struct {
	tab table.Table
	*workspace.Service
	log  *audit.Service
	time time.Time
}

func open(t *testing.T) *bench {
	k := &bench{time: at}
	now := func() time.Time { return k.time }
	k.tab = apitest.Table(t, now)
	ids := ident.Counting()
	k.log = &audit.Service{Table: k.tab, NewID: ids}
	k.Service = &workspace.Service{Table: k.tab, NewID: ids, Audit: k.log, Now: now}
	return k
}

func owner(w *workspace.Workspace) access.Actor {
	return access.Actor{Kind: "user", ID: "usr_1", Name: "Ada", Workspace: w.ID, Grants: access.All()}
}

func (k *bench) create(t *testing.T, d workspace.Draft) *workspace.Workspace {
	t.Helper()
	w, err := k.Create(t.Context(), d, at)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestNewWorkspaceHasDefaults(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: " Harbour ", Mode: workspace.Live, TimeZone: "Australia/Sydney"})
	got, err := k.Get(t.Context(), w.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := workspace.Workspace{
		ID: w.ID, Name: "Harbour", Mode: workspace.Live, TimeZone: "Australia/Sydney", Created: at, Version: 1,
		Settings: workspace.Settings{RetentionDays: 90, DisableAfterDays: 5},
		Details: workspace.Details{
			DistanceUnit: "km", DateFormat: "d MMM yyyy", FirstDay: "monday", Language: "en", PaymentDays: 14,
			Prefixes: workspace.Prefixes{Booking: "BK", Invoice: "INV", CreditNote: "CN", Contract: "CT"},
		},
	}
	if *got != want {
		t.Errorf("got %+v, want %+v", *got, want)
	}
	if d := k.Retention(t.Context(), w.ID); d != 90*24*time.Hour {
		t.Errorf("retention: %v", d)
	}
	if live, err := k.IsLive(t.Context(), w.ID); !live || err != nil {
		t.Errorf("live: %v %v", live, err)
	}
	if name := w.Location().String(); name != "Australia/Sydney" {
		t.Errorf("location: %s", name)
	}
}

func TestWorkspaceSaysWhichFieldIsWrong(t *testing.T) {
	k := open(t)
	for name, tt := range map[string]struct {
		draft workspace.Draft
		field string
	}{
		"no name":            {workspace.Draft{Mode: workspace.Live}, "name"},
		"a name of spaces":   {workspace.Draft{Name: "  ", Mode: workspace.Live}, "name"},
		"a long name":        {workspace.Draft{Name: strings.Repeat("é", 101), Mode: workspace.Live}, "name"},
		"an unreadable name": {workspace.Draft{Name: "\xff", Mode: workspace.Live}, "name"},
		"no mode":            {workspace.Draft{Name: "A"}, "mode"},
		"another mode":       {workspace.Draft{Name: "A", Mode: "demo"}, "mode"},
		"no such zone":       {workspace.Draft{Name: "A", Mode: workspace.Test, TimeZone: "Mars/Olympus"}, "time_zone"},
		"the machine's zone": {workspace.Draft{Name: "A", Mode: workspace.Test, TimeZone: "Local"}, "time_zone"},
		"a path for a zone":  {workspace.Draft{Name: "A", Mode: workspace.Test, TimeZone: "../../etc/passwd"}, "time_zone"},
	} {
		_, err := k.Create(t.Context(), tt.draft, at)
		wantField(t, name, err, tt.field)
	}
	if all, err := k.List(t.Context()); len(all) != 0 || err != nil {
		t.Errorf("something was stored: %v %v", all, err)
	}
}

func wantField(t *testing.T, name string, err error, field string) {
	t.Helper()
	if f, ok := err.(*fault.Error); !ok || f.Kind != fault.Invalid || f.Code != "workspace.invalid" || len(f.Fields) != 1 || f.Fields[0].Name != field {
		t.Errorf("%s: got %#v, want a fault at %s", name, err, field)
	}
}

func TestChangeRefusesAStaleVersion(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Test})
	name := func(s string) workspace.Changes { return workspace.Changes{Name: &s} }
	if got, err := k.Change(t.Context(), owner(w), name("B"), 1, at); err != nil || got.Version != 2 || got.Name != "B" {
		t.Fatalf("got %+v %v", got, err)
	}
	if _, err := k.Change(t.Context(), owner(w), name("C"), 1, at); fault.KindOf(err) != fault.Stale {
		t.Errorf("version 1 again: %v", err)
	}
	if got, err := k.Change(t.Context(), owner(w), name("D"), 0, at); err != nil || got.Version != 3 {
		t.Errorf("any version: %+v %v", got, err)
	}
	if got, err := k.Change(t.Context(), owner(w), name("D"), 3, at); err != nil || got.Version != 3 {
		t.Errorf("what changes nothing is not written: %+v %v", got, err)
	}
}

func TestChangeSaysWhichFieldIsWrongAndChangesNothing(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Test})
	before := apitest.Dump(t, k.tab, "WS#"+w.ID)
	n := func(n int) *int { return &n }
	s := func(s string) *string { return &s }
	for field, changes := range map[string][]workspace.Changes{
		"name":                        {{Name: s("")}, {Name: s(strings.Repeat("x", 101))}},
		"time_zone":                   {{TimeZone: s("")}, {TimeZone: s("Nowhere")}},
		"settings.retention_days":     {{RetentionDays: n(0)}, {RetentionDays: n(366)}, {RetentionDays: n(-1)}},
		"settings.disable_after_days": {{DisableAfterDays: n(-1)}, {DisableAfterDays: n(31)}},
	} {
		for _, c := range changes {
			_, err := k.Change(t.Context(), owner(w), c, 0, at)
			wantField(t, fmt.Sprintf("%+v", c), err, field)
		}
	}
	if after := apitest.Dump(t, k.tab, "WS#"+w.ID); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("got %v, want %v", after, before)
	}
}

func TestChangesAreInTheAuditLog(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Test})
	days, yes := 30, true
	if _, err := k.Change(t.Context(), owner(w), workspace.Changes{RetentionDays: &days, AutoRecover: &yes}, 0, at); err != nil {
		t.Fatal(err)
	}
	entries, _, err := k.log.List(t.Context(), w.ID, audit.Filter{}, "", 10)
	if err != nil || len(entries) != 2 {
		t.Fatalf("got %+v %v", entries, err)
	}
	if e := entries[0]; e.Action != "workspace.updated" || e.Actor.ID != "usr_1" || fmt.Sprint(e.Changes) != "[{settings.auto_recover false true} {settings.retention_days 90 30}]" {
		t.Errorf("got %+v", e)
	}
}

// TestGetIsAtMostTwoSecondsOld changes a workspace behind the service's back,
// as another process would.
func TestGetIsAtMostTwoSecondsOld(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Test})
	other := &workspace.Service{Table: k.tab, NewID: ident.Counting(), Audit: k.log}
	name := "B"
	if _, err := other.Change(t.Context(), owner(w), workspace.Changes{Name: &name}, 0, at); err != nil {
		t.Fatal(err)
	}
	got := func() string {
		w, err := k.Get(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		return w.Name
	}
	if got() != "A" {
		t.Error("Get reads each time")
	}
	k.time = at.Add(2 * time.Second)
	if got() != "B" {
		t.Error("Get does not read after two seconds")
	}
	if w, err := k.Current(t.Context(), w.ID); err != nil || w.Version != 2 {
		t.Errorf("Current: %+v %v", w, err)
	}
}

func TestGetGivesEachCallerACopy(t *testing.T) {
	k := open(t)
	w := k.create(t, workspace.Draft{Name: "A", Mode: workspace.Test})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				got, err := k.Get(t.Context(), w.ID)
				if err != nil || got.Name != "A" {
					t.Errorf("got %+v %v", got, err)
					return
				}
				got.Name = "mine"
			}
		})
	}
	wg.Wait()
}

func TestUnknownWorkspaceIsNotFound(t *testing.T) {
	k := open(t)
	for _, id := range []string{"", "wsp_1", "wsp_1#KEY", "\x00", strings.Repeat("x", 2000)} {
		if _, err := k.Get(t.Context(), id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestListHasEveryWorkspace(t *testing.T) {
	k := open(t)
	for i := range 5 {
		k.create(t, workspace.Draft{Name: fmt.Sprint("W", i), Mode: workspace.Test})
	}
	all, err := k.List(t.Context())
	if err != nil || len(all) != 5 || all[0].Name != "W0" || all[4].Name != "W4" {
		t.Errorf("got %v %v", all, err)
	}
}

func TestTheFirstWorkspaceIsMadeOnce(t *testing.T) {
	k := open(t)
	if _, err := k.First(t.Context(), workspace.Draft{}, at); fault.KindOf(err) != fault.Invalid {
		t.Fatalf("from nothing: %v, want an invalid draft", err)
	}
	first, err := k.First(t.Context(), workspace.Draft{Name: "Harbour", Mode: workspace.Live, TimeZone: "UTC"}, at)
	if err != nil {
		t.Fatal(err)
	}
	again, err := k.First(t.Context(), workspace.Draft{}, at)
	if err != nil || again.ID != first.ID || again.Name != "Harbour" {
		t.Errorf("again: %+v, %v; want %s as it is", again, err, first.ID)
	}
}
