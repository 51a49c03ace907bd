package issue

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/money"
	"motorpool/shared/outbox"
	"motorpool/shared/sequence"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var (
	now = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w"}
)

type yard struct {
	*Service
	t     *testing.T
	fleet *fleet.Service
	asset string
}

func newYard(t *testing.T) *yard {
	t.Helper()
	clock := func() time.Time { return now }
	tab := embedtest.Open(t, clock)
	ids := ident.Sortable(clock)
	told, noted := &outbox.Service{Table: tab, NewID: ids}, &audit.Service{Table: tab, NewID: ids}
	y := &yard{t: t, fleet: &fleet.Service{Table: tab, NewID: ids, Events: told, Audit: noted}}
	y.Service = &Service{Table: tab, NewID: ids, Events: told, Audit: noted, Numbers: &sequence.Service{Table: tab}, Vehicles: y.fleet}
	y.asset = y.car()
	return y
}

func (y *yard) car() string {
	y.t.Helper()
	return done(y.fleet.Create(y.t.Context(), mia, fleet.AssetDetails{Type: "car", Make: "Toyota", Model: "Camry"}, now))(y.t).ID
}

func (y *yard) happened(id string) string {
	y.t.Helper()
	page := done(y.Table.Query(y.t.Context(), table.Query{PK: issuePK("w", id), Prefix: "EVENT#"}))(y.t)
	var all []string
	for _, it := range page.Items {
		e := done(outbox.Read(it.Key.PK, it.Key.SK, it.Doc))(y.t)
		all = append(all, strings.TrimPrefix(e.Type, "issue."))
	}
	return strings.Join(all, " ")
}

func scratch() Details { return Details{Title: "Scratch", Type: "damage"} }

func TestAnIssueOnItsWay(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	i := done(y.Report(ctx, mia, y.asset, scratch(), now))(t)
	if i.Number != "IS000001" || i.Severity != "medium" || i.State != Open || !i.ReportedAt.Equal(now) {
		t.Errorf("reported as %+v", i)
	}
	if second := done(y.Report(ctx, mia, y.asset, scratch(), now))(t); second.Number != "IS000002" {
		t.Errorf("the second is %s", second.Number)
	}
	for _, to := range []State{InProgress, Resolved, Open, InProgress, Resolved, Closed} {
		i = done(y.Move(ctx, mia, i.ID, to, i.Version, now))(t)
	}
	done(y.Issue(ctx, mia, i.ID))(t)
	if got := y.happened(i.ID); got != "created updated resolved reopened updated resolved closed" {
		t.Errorf("told: %s", got)
	}
	if _, err := y.Edit(ctx, mia, i.ID, func(d *Details) error { d.Title = "Other"; return nil }, 0, now); fault.CodeOf(err) != "issue.closed" {
		t.Errorf("edited when closed: %v", err)
	}
	history, _, err := y.Audit.Of(ctx, "w", assetPK("w", y.asset), "", 50)
	if err != nil || len(history) != 9 || history[0].Action != "issue.closed" || history[0].Object.Name != "IS000001 Scratch" {
		t.Errorf("the asset's history: %+v, %v", history, err)
	}
}

func TestAnIssueMovesAsItsTableSays(t *testing.T) {
	t.Parallel()
	want := map[State]string{Open: "in_progress dismissed", InProgress: "resolved dismissed", Resolved: "open closed"}
	for _, from := range States {
		for _, to := range States {
			i := &Issue{State: from}
			err := i.Move(to, now)
			if ok := slices.Contains(strings.Fields(want[from]), string(to)); (err == nil) != ok {
				t.Errorf("from %s to %s: %v, want it allowed: %v", from, to, err, ok)
			}
			if err != nil && (fault.KindOf(err) != fault.Conflict || i.State != from) {
				t.Errorf("from %s to %s: %v", from, to, err)
			}
		}
	}
}

func TestOnlyWhatEndangersSomebodyOffersToStopTheAsset(t *testing.T) {
	t.Parallel()
	for _, severity := range Severities {
		for _, state := range States {
			i := &Issue{State: state, Details: Details{Severity: severity}}
			if got, want := i.Endangers(), severity == Safety && (state == Open || state == InProgress); got != want {
				t.Errorf("%s and %s: %v", severity, state, got)
			}
		}
	}
}

func TestBadIssuesAreRefused(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	bad := func(f func(*Details)) Details { d := scratch(); f(&d); return d }
	less, att := int64(-1), "att_06fhhn330008rg05qj2e7ek3cm"
	for name, tt := range map[string]struct {
		d     Details
		field string
	}{
		"no title":              {bad(func(d *Details) { d.Title = " " }), "title"},
		"a long title":          {bad(func(d *Details) { d.Title = strings.Repeat("x", 151) }), "title"},
		"a title with a bell":   {bad(func(d *Details) { d.Title = "a\x07" }), "title"},
		"endless":               {bad(func(d *Details) { d.Description = strings.Repeat("x", 5001) }), "description"},
		"no type":               {bad(func(d *Details) { d.Type = "" }), "type"},
		"a type of its own":     {bad(func(d *Details) { d.Type = "alien" }), "type"},
		"a severity of its own": {bad(func(d *Details) { d.Severity = "deadly" }), "severity"},
		"found tomorrow":        {bad(func(d *Details) { d.ReportedAt = now.AddDate(0, 0, 1) }), "reported_at"},
		"found before cars":     {bad(func(d *Details) { d.ReportedAt = now.AddDate(-100, 0, 0) }), "reported_at"},
		"a negative odometer":   {bad(func(d *Details) { d.Odometer = &less }), "odometer"},
		"a photo that is none":  {bad(func(d *Details) { d.Photos = []string{"x"} }), "photos[0]"},
		"a photo twice":         {bad(func(d *Details) { d.Photos = []string{att, att} }), "photos[1]"},
		"too many photos":       {bad(func(d *Details) { d.Photos = make([]string, 21) }), "photos"},
		"a photo there is not":  {bad(func(d *Details) { d.Photos = []string{att} }), "photos"},
		"an assignee by name":   {bad(func(d *Details) { d.Assignee = "Mia" }), "assignee"},
		"a booking by name":     {bad(func(d *Details) { d.Booking = "BK1" }), "booking"},
		"a negative cost":       {bad(func(d *Details) { d.EstimatedCost = money.Amount{Minor: -1, Currency: "AUD"} }), "estimated_cost"},
		"a currency there is not": {
			bad(func(d *Details) { d.ActualCost = money.Amount{Minor: 1, Currency: "AU$"} }), "actual_cost",
		},
		"a long vendor": {bad(func(d *Details) { d.Vendor = strings.Repeat("x", 101) }), "vendor"},
		"a long claim":  {bad(func(d *Details) { d.Claim = strings.Repeat("x", 101) }), "claim"},
	} {
		_, err := y.Report(ctx, mia, y.asset, tt.d, now)
		wrong, is := errors.AsType[*fault.Error](err)
		if !is || wrong.Kind != fault.Invalid || len(wrong.Fields) == 0 || wrong.Fields[0].Name != tt.field {
			t.Errorf("%s: got %v, want the field %s", name, err, tt.field)
		}
	}
	if _, err := y.Report(ctx, mia, "ast_00000000000000000000000009", scratch(), now); fault.CodeOf(err) != "issue.asset" {
		t.Errorf("an asset there is not: %v", err)
	}
	if i := done(y.Report(ctx, mia, y.asset, scratch(), now))(t); i.Number != "IS000001" {
		t.Errorf("what was refused has used up numbers: %s", i.Number)
	}
}

func TestIssuesAreListed(t *testing.T) {
	t.Parallel()
	y, ctx := newYard(t), t.Context()
	for n, d := range []Details{scratch(), {Title: "Brakes", Type: "mechanical", Severity: Safety}, {Title: "Tyre", Type: "tyre", Assignee: "usr_06fhhn330008rg05qj2e7ek3cm"}} {
		asset := y.asset
		if n == 2 {
			asset = y.car()
		}
		i := done(y.Report(ctx, mia, asset, d, now))(t)
		if n == 1 {
			done(y.Move(ctx, mia, i.ID, InProgress, 0, now))(t)
		}
	}
	for want, f := range map[string]Filter{
		"Tyre Brakes Scratch": {},
		"Brakes Scratch":      {Asset: y.asset},
		"Tyre Scratch":        {State: Open},
		"Brakes":              {State: InProgress},
		"Brakes ":             {Severity: Safety},
		"Scratch":             {Asset: y.asset, State: Open},
		"Tyre":                {Assignee: "usr_06fhhn330008rg05qj2e7ek3cm"},
		"Tyre ":               {Type: "tyre", State: Open},
		"":                    {State: Closed},
	} {
		page, _, err := y.Issues(ctx, mia, f, "", 50)
		var got []string
		for _, i := range page {
			got = append(got, i.Title)
		}
		if strings.Join(got, " ") != strings.TrimSpace(want) || err != nil {
			t.Errorf("%+v: got %v, %v, want %s", f, got, err, want)
		}
	}
	first, _, _ := y.Issues(ctx, mia, Filter{}, "", 50)
	for who, actor := range map[string]access.Actor{
		"of another workspace": {Kind: "user", ID: "usr_2", Workspace: "w2"},
		"of another location":  {Kind: "user", ID: "usr_3", Workspace: "w", Locations: []string{"loc_9"}},
	} {
		for _, f := range []Filter{{}, {State: Open}} {
			if page, _, err := y.Issues(ctx, actor, f, "", 50); len(page) != 0 || err != nil {
				t.Errorf("somebody %s sees %d, %v", who, len(page), err)
			}
		}
		if _, err := y.Move(ctx, actor, first[0].ID, InProgress, 0, now); fault.CodeOf(err) != "issue.not_found" {
			t.Errorf("somebody %s: %v", who, err)
		}
		if _, err := y.Report(ctx, actor, y.asset, scratch(), now); fault.CodeOf(err) != "issue.asset" {
			t.Errorf("somebody %s reports: %v", who, err)
		}
	}
	if refers, err := y.Refers(ctx, "w", y.asset); !refers || err != nil {
		t.Errorf("refers: %v, %v", refers, err)
	}
}

func done[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
