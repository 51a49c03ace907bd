package seed

import (
	"context"
	"strings"
	"time"

	"motorpool/shared/inspection"
)

// forms are the templates of inspections; what is published is "In use" and what
// can be retired.
var forms = []struct {
	name      string
	published bool
}{{"In use", true}, {"to edit", false}, {"to publish", false}, {"to retire", true}, {"to save on its page", false}}

// inspected are enough that each call which moves an inspection has one of its
// own. They are named by the customer.
var inspected = []struct {
	customer  string
	completed bool
}{
	{"to answer", false},
	{"to complete", false},
	{"to void", false},
	{"to answer on its page", false},
	{"done", true},
	{"to acknowledge", true},
	{"to dispute", true},
	{"to invite", true},
	{"to amend", true},
	{"to amend on its page", true},
	{"to judge", true},
}

// inspect has a vehicle inspected. Of one inspection the report is still to be
// made; the customers of two have a link.
func (w *World) inspect(ctx context.Context, _ string) error {
	at := w.clock.ago(0)
	w.App.Inspections.NewToken = w.clock.secret
	for _, f := range forms {
		t, err := w.App.Inspections.Write(ctx, w.Actor, inspection.Details{Name: f.name, Kind: inspection.Return, Sections: []inspection.Section{{Title: "Outside", Fields: []inspection.Field{
			{Key: "lights", Label: "Lights", Type: inspection.Check, Required: true, IssueOnFail: true},
			{Key: "damage", Label: "Damage", Type: inspection.Damage},
		}}}}, at)
		if err == nil && f.published {
			t, err = w.App.Inspections.Publish(ctx, w.Actor, t.ID, 0, at)
		}
		if err != nil {
			return err
		}
		w.Forms[f.name] = t
	}
	for _, i := range inspected {
		if err := w.look(ctx, i.customer, i.completed, at); err != nil {
			return err
		}
	}
	for _, name := range []string{"done", "to judge"} {
		p, err := w.App.Inspections.Invite(ctx, w.Actor, w.Inspections[name].ID, at)
		if err != nil {
			return err
		}
		w.Reports[name] = p.URL[strings.LastIndexByte(p.URL, '/')+1:]
	}
	files := w.App.Inspections.Files
	w.App.Inspections.Files = nil // as if the store had failed when it was completed
	defer func() { w.App.Inspections.Files = files }()
	return w.look(ctx, "to print", true, at)
}

// look begins an inspection of a vehicle of its own kind, and fills it in.
func (w *World) look(ctx context.Context, customer string, completed bool, at time.Time) error {
	i, err := w.App.Inspections.Begin(ctx, w.Actor, inspection.Order{
		Asset: w.Assets["HC-107"].ID, Template: w.Forms["In use"].ID, Customer: inspection.Customer{Name: customer, Email: "amira@customers.example"},
	}, at)
	if err == nil && customer != "to void" {
		i, err = w.App.Inspections.Answer(ctx, w.Actor, i.ID, map[string]inspection.Answer{"lights": {Choice: "pass"}, "damage": {Clean: true}}, 0, at)
	}
	if err == nil && completed {
		i, err = w.App.Inspections.Complete(ctx, w.Actor, i.ID, inspection.Completion{}, 0, at)
	}
	if err == nil {
		w.Inspections[customer] = i
	}
	return err
}
