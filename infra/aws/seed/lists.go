package seed

import (
	"context"
	"encoding/json"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/attachment"
	"motorpool/shared/exporting"
	"motorpool/shared/importing"
)

// list is a list of two vehicles, one of which is refused.
const list = "VIN,Fleet number,Type,Make,Model,Model year,Location,Category\n" +
	"6T1BF3EK50X223456,HC-401,Car,Toyota,Corolla,2025,SYD,Family cars\n" +
	"6T1BF3EK50X654321,HC-402,Car,Toyota,Corolla,soon,SYD,Family cars\n"

// List is what the form of the fixtures imports.
func List() string { return list }

// imported are enough that each call which moves one has one of its own.
var imported = []struct {
	name  string
	state importing.State
}{
	{"to map.csv", importing.Mapping},
	{"to check.csv", importing.Mapping},
	{"to check on its page.csv", importing.Mapping},
	{"to cancel.csv", importing.Mapping},
	{"to cancel on its page.csv", importing.Mapping},
	{"to apply.csv", importing.Checked},
	{"to apply on its page.csv", importing.Checked},
	{"to read.csv", importing.Checked},
	{"done.csv", importing.Applied},
}

// lists takes lists in, and gives some out.
func (w *World) lists(ctx context.Context, _ string) error {
	if w.files == nil {
		return nil // whoever wants the world without files
	}
	at := w.clock.ago(0)
	for _, f := range imported {
		file, err := w.csv(ctx, f.name)
		if err != nil {
			return err
		}
		i, err := w.App.Imports.Create(ctx, w.Actor, "assets", file, at)
		if err == nil {
			i, err = w.after(ctx, i)
		}
		if err == nil && f.state != importing.Mapping {
			if i, err = w.App.Imports.Map(ctx, w.Actor, i.ID, i.Mapping, at); err == nil {
				i, err = w.App.Imports.Check(ctx, w.Actor, i.ID, at)
			}
			if err == nil {
				i, err = w.after(ctx, i)
			}
		}
		if err == nil && f.state == importing.Applied {
			if i, err = w.App.Imports.Apply(ctx, w.Actor, i.ID, at); err == nil {
				i, err = w.after(ctx, i)
			}
		}
		if err != nil {
			return err
		}
		w.Imports[f.name] = i
	}
	file, err := w.csv(ctx, "to import.csv")
	if err != nil {
		return err
	}
	w.Lists = append(w.Lists, file)
	if err := w.give(ctx, "program", w.Actor); err != nil {
		return err
	}
	if err := w.give(ctx, "owner", w.Owner); err != nil {
		return err
	}
	if err := w.copy(ctx, "program", w.Actor); err != nil {
		return err
	}
	return w.copy(ctx, "owner", w.Owner)
}

// copy exports all that is held on Amira, for by. It is little: one job makes it.
func (w *World) copy(ctx context.Context, name string, by access.Actor) error {
	at, n := w.clock.ago(0), len(w.sent.jobs)
	c, err := w.People.OrderCopy(ctx, by, w.Customers["Amira"].ID, at)
	if err == nil {
		err = w.People.RunJob(ctx, w.sent.jobs[n].Body, at)
	}
	if err == nil {
		w.Copies[name], err = w.People.Copy(ctx, by, c.Person, c.ID, at)
	}
	return err
}

// csv uploads the list.
func (w *World) csv(ctx context.Context, name string) (string, error) {
	a, err := w.App.Attachments.Keep(ctx, w.Actor, attachment.Draft{Purpose: attachment.Import, Name: name, Type: attachment.CSV}, strings.NewReader(list), w.clock.ago(0))
	if err != nil {
		return "", err
	}
	return a.ID, nil
}

// after does the work that waits for an import, and returns it as it is then.
func (w *World) after(ctx context.Context, i *importing.Import) (*importing.Import, error) {
	body, err := json.Marshal(map[string]any{"kind": importing.JobKind, "workspace": i.Workspace, "import": i.ID, "run": i.Run})
	if err != nil {
		return nil, err
	}
	if err := w.App.Imports.RunJob(ctx, body, w.clock.ago(0)); err != nil {
		return nil, err
	}
	return w.App.Imports.Import(ctx, w.Actor, i.ID)
}

// give exports the vehicles for somebody.
func (w *World) give(ctx context.Context, name string, by access.Actor) error {
	at := w.clock.ago(0)
	e, err := w.App.Exports.Create(ctx, by, exporting.Order{List: "assets", Columns: []string{"number", "make", "model"}}, at)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{"kind": exporting.JobKind, "workspace": e.Workspace, "export": e.ID})
	if err == nil {
		err = w.App.Exports.RunJob(ctx, body, at)
	}
	if err == nil {
		w.Exports[name], err = w.App.Exports.Export(ctx, by, e.ID, at)
	}
	return err
}
