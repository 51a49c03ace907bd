package app_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"motorpool/shared/exporting"
	"motorpool/shared/fleet"
	"motorpool/shared/inspection"
	"motorpool/shared/insurance"
	"motorpool/shared/letter"
	"motorpool/shared/mail"
	"motorpool/shared/queue"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// posted brings every letter that waits through the queue into the outbox, and
// returns the messages that came, the latest first.
func (d *depot) posted() []mail.Message {
	d.t.Helper()
	page, err := d.table.Query(d.t.Context(), table.Query{PK: "WS#" + d.actor.Workspace + "#LETTER", Limit: table.MaxPage})
	if err != nil {
		d.t.Fatal(err)
	}
	var errands []letter.Errand
	for _, it := range page.Items {
		if e, ok := letter.ErrandOf(it.Key.PK, it.Key.SK); ok {
			errands = append(errands, e)
		}
	}
	if err := d.Letters.Post(d.t.Context(), errands); err != nil {
		d.t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(d.t.Context(), 20*time.Second)
	defer stop()
	left := len(errands)
	if left > 0 {
		_ = d.letters.Serve(ctx, func(ctx context.Context, m queue.Message) error {
			err := d.Letters.Send(ctx, m.Body, d.now)
			if left--; left == 0 {
				stop()
			}
			return err
		})
	}
	kept, err := d.box.Latest(100)
	if err != nil {
		d.t.Fatal(err)
	}
	var all []mail.Message
	for _, k := range kept {
		all = append(all, k.Message)
	}
	return all
}

// want is the one message that came, and has all of these in it.
func (d *depot) want(to, subject string, texts ...string) {
	d.t.Helper()
	all := d.posted()
	if len(all) != 1 || all[0].To[0].Email != to || all[0].Subject != subject {
		d.t.Fatalf("got %+v", all)
	}
	for _, text := range texts {
		if !strings.Contains(all[0].Text, text) {
			d.t.Errorf("it does not say %q:\n%s", text, all[0].Text)
		}
	}
}

func (d *depot) camry() *fleet.Asset {
	d.t.Helper()
	a, err := d.Fleet.Create(d.t.Context(), d.actor, fleet.AssetDetails{Name: "Camry 7", Type: "car", Make: "Toyota", Model: "Camry", Year: 2024}, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

func TestACustomerIsSentTheirInspectionReport(t *testing.T) {
	d := newDepot(t)
	op, err := d.Inspections.Letters.Report(t.Context(), d.actor.Workspace, inspection.Letter{
		Email: "ana@example.com", Name: "Ana", By: "Mia", Link: "/inspection/secret", Asked: d.now, Expires: d.now.Add(24 * time.Hour),
	})
	if err == nil {
		err = d.table.Write(t.Context(), op)
	}
	if err != nil || strings.Contains(string(op.Item.Doc), "secret") {
		t.Fatalf("%v: the link is to be sealed: %s", err, op.Item.Doc)
	}
	d.want("ana@example.com", "The report of your vehicle's inspection", "http://depot.example/inspection/secret", "See the report", "Hello Ana")
}

func TestThoseWhoLookAfterInsuranceAreToldThatAPolicyEnds(t *testing.T) {
	d := newDepot(t)
	today := span.DateOf(d.now)
	p, err := d.Insurance.Insure(t.Context(), d.actor, insurance.Terms{Insurer: "Harbour Mutual", Number: "HM-1", Kind: "liability", WholeFleet: true, Start: today.Plus(-300), End: today.Plus(7)}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // ticks come every hour
		if err := d.Insurance.Tick(t.Context(), d.actor.Workspace, d.now); err != nil {
			t.Fatal(err)
		}
		d.work()
	}
	all := d.posted()
	if len(all) != 1 || all[0].To[0].Email != "mia@harbour.example" || !strings.Contains(all[0].Subject, "HM-1") || !strings.Contains(all[0].Text, "/insurance/"+p.ID) || strings.Contains(all[0].Text, "Papers") {
		t.Fatalf("got %+v", all)
	}
}

func TestWhoSeesToAReminderIsWrittenTo(t *testing.T) {
	d := newDepot(t)
	r, err := d.Reminders.Schedule(t.Context(), d.actor, d.camry().ID, reminder.Details{Name: "Oil", DueOn: span.DateOf(d.now).Plus(-3), Assignees: []string{d.actor.ID}}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	if all := d.posted(); len(all) != 0 {
		t.Errorf("before the morning: %+v", all)
	}
	for range 3 { // a day's mornings are one
		d.now = d.now.Add(12 * time.Hour)
		if err := d.Reminders.Remind(t.Context(), d.actor.Workspace, d.now); err != nil {
			t.Fatal(err)
		}
		d.work()
	}
	d.want("mia@harbour.example", "Oil is overdue: Camry 7", "It is due by ", "http://depot.example/reminders/"+r.ID)
}

func TestWhoOrderedAnExportIsToldThatItIsReady(t *testing.T) {
	d := newDepot(t)
	if _, err := d.Exports.Create(t.Context(), d.actor, exporting.Order{List: "assets", Email: true}, d.now); err != nil {
		t.Fatal(err)
	}
	d.work()
	d.want("mia@harbour.example", "Your export is ready", "http://depot.example/exports", "24 hours")
}

// TestAnAssetHasAReminderOfTheEndOfItsInsurance, on the last day that any policy
// which names it covers.
func TestAnAssetHasAReminderOfTheEndOfItsInsurance(t *testing.T) {
	d := newDepot(t)
	car, today := d.camry(), span.DateOf(d.now)
	insure := func(number string, end span.Date) *insurance.Policy {
		t.Helper()
		p, err := d.Insurance.Insure(t.Context(), d.actor, insurance.Terms{Insurer: "Harbour", Number: number, Kind: "comprehensive", Assets: []string{car.ID}, Start: today, End: end}, d.now)
		if err != nil {
			t.Fatal(err)
		}
		d.heard("POL#" + p.ID)
		return p
	}
	want := func(want ...string) {
		t.Helper()
		all, _, err := d.Reminders.Reminders(t.Context(), d.actor, reminder.Filter{Asset: car.ID}, "", 50)
		var got []string
		for _, r := range all {
			if r.Pending() {
				got = append(got, r.Kind+" "+r.DueOn().String())
			}
		}
		if err != nil || strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
	insure("1", today.Plus(100))
	want("insurance " + today.Plus(100).String())
	second := insure("2", today.Plus(400))
	want("insurance " + today.Plus(400).String())
	if _, err := d.Insurance.Cancel(t.Context(), d.actor, second.ID, today.Plus(50), 0, d.now); err != nil {
		t.Fatal(err)
	}
	d.heard("POL#" + second.ID)
	want("insurance " + today.Plus(100).String())
	other := d.camry()
	if _, err := d.Insurance.EditPolicy(t.Context(), d.actor, insure("3", today.Plus(500)).ID, func(p *insurance.Terms) error { p.Assets = []string{other.ID}; return nil }, 0, d.now); err != nil {
		t.Fatal(err)
	}
	want("insurance " + today.Plus(500).String())
	page, _ := d.table.Query(t.Context(), table.Query{PK: "WS#" + d.actor.Workspace + "#AST#" + other.ID, Prefix: "POL#"})
	var third string
	for _, it := range page.Items {
		_ = json.Unmarshal(it.Doc, &third)
	}
	d.heard("POL#" + third)
	want("insurance " + today.Plus(100).String())
}
