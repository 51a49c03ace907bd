package app_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/attachment"
	"motorpool/shared/expense"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
	"motorpool/shared/issue"
	"motorpool/shared/money"
	"motorpool/shared/outbox"
	"motorpool/shared/span"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// heard tells the product of everything that was told of one thing.
func (d *depot) heard(id string) {
	d.t.Helper()
	page, err := d.table.Query(d.t.Context(), table.Query{PK: "WS#" + d.actor.Workspace + "#" + id, Prefix: "EVENT#"})
	if err != nil {
		d.t.Fatal(err)
	}
	var batch []outbox.Stored
	for _, it := range page.Items {
		e, err := outbox.Read(it.Key.PK, it.Key.SK, it.Doc)
		if err != nil {
			d.t.Fatal(err)
		}
		batch = append(batch, e)
	}
	for range 2 { // a stream may say it twice
		if err := d.Heard(d.t.Context(), batch, d.now); err != nil {
			d.t.Fatal(err)
		}
	}
}

func (d *depot) scan(by access.Actor, p attachment.Purpose) string {
	d.t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		d.t.Fatal(err)
	}
	a, err := d.Attachments.Keep(d.t.Context(), by, attachment.Draft{Purpose: p, Name: "scan.png", Type: attachment.PNG}, &b, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	return a.ID
}

// TestAFileBelongsToOneThing: to what used it first, until that lets go of it. It
// is refused if it is another workspace's, or was uploaded for something else.
func TestAFileBelongsToOneThing(t *testing.T) {
	d := newDepot(t)
	car, today := d.camry(), span.DateOf(d.now)
	ctx := t.Context()
	for name, noun := range map[string]struct {
		purpose attachment.Purpose
		add     func(file string) (id string, err error)
		let     func(id string) error
	}{
		"expense": {attachment.Receipt, func(file string) (string, error) {
			e, err := d.Expenses.Record(ctx, d.actor, car.ID, expense.Details{Item: "tyres", Date: today, Amount: money.Amount{Minor: 100, Currency: "AUD"}, Receipts: []string{file}}, d.now)
			if err != nil {
				return "", err
			}
			return e.ID, nil
		}, func(id string) error {
			_, err := d.Expenses.Edit(ctx, d.actor, id, func(e *expense.Details) error { e.Receipts = nil; return nil }, 0, d.now)
			return err
		}},
		"policy": {attachment.Document, func(file string) (string, error) {
			p, err := d.Insurance.Insure(ctx, d.actor, insurance.Terms{Insurer: "Harbour", Number: "1", Kind: "liability", WholeFleet: true, Start: today, End: today.Plus(9), Documents: []string{file}}, d.now)
			if err != nil {
				return "", err
			}
			return p.ID, nil
		}, func(id string) error {
			_, err := d.Insurance.EditPolicy(ctx, d.actor, id, func(p *insurance.Terms) error { p.Documents = nil; return nil }, 0, d.now)
			return err
		}},
		"issue": {attachment.Evidence, func(file string) (string, error) {
			i, err := d.Issues.Report(ctx, d.actor, car.ID, issue.Details{Title: "Scratch", Type: "damage", Photos: []string{file}}, d.now)
			if err != nil {
				return "", err
			}
			if shown, err := d.Issues.Photos(ctx, i); err != nil || len(shown) != 1 || shown[0].Small == "" || shown[0].Whole == "" {
				t.Errorf("shown: %v, %v", shown, err)
			}
			return i.ID, nil
		}, func(id string) error {
			_, err := d.Issues.Edit(ctx, d.actor, id, func(i *issue.Details) error { i.Photos = nil; return nil }, 0, d.now)
			return err
		}},
	} {
		file := d.scan(d.actor, noun.purpose)
		id, err := noun.add(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := noun.add(file); fault.CodeOf(err) != "attachment.used" {
			t.Errorf("%s: used twice: %v", name, err)
		}
		d.now = d.now.Add(48 * time.Hour)
		d.sweepFiles(ctx)
		if _, err := d.Attachments.Link(ctx, d.actor.Workspace, file, 0); err != nil {
			t.Errorf("%s: what is used is swept: %v", name, err)
		}
		if err := noun.let(id); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		d.now = d.now.Add(2 * time.Hour)
		d.sweepFiles(ctx)
		if _, err := d.Attachments.Link(ctx, d.actor.Workspace, file, 0); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: what was let go is there: %v", name, err)
		}
		stranger := d.actor
		stranger.Workspace = "wsp_00000000000000000000000000"
		if _, err := noun.add(d.scan(stranger, noun.purpose)); fault.CodeOf(err) != "attachment.not_found" {
			t.Errorf("%s: another workspace's: %v", name, err)
		}
		if _, err := noun.add(d.scan(d.actor, attachment.Logo)); fault.CodeOf(err) != "attachment.purpose" {
			t.Errorf("%s: a logo: %v", name, err)
		}
	}
}

func (d *depot) sweepFiles(ctx context.Context) {
	d.t.Helper()
	if err := d.Attachments.Sweep(ctx, d.actor.Workspace, d.now); err != nil {
		d.t.Fatal(err)
	}
}

func TestALogoIsTheWorkspacesUntilThereIsAnother(t *testing.T) {
	d := newDepot(t)
	logo := func(id string) error {
		_, err := d.Workspaces.Edit(t.Context(), d.actor, func(f *workspace.Form) error { f.Logo.Light = id; return nil }, 0, d.now)
		return err
	}
	first, second := d.scan(d.actor, attachment.Logo), d.scan(d.actor, attachment.Logo)
	if err := logo(first); err != nil {
		t.Fatal(err)
	}
	if err := logo(d.scan(d.actor, attachment.Receipt)); fault.CodeOf(err) != "attachment.purpose" {
		t.Errorf("a receipt: %v", err)
	}
	if err := logo(second); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(2 * time.Hour)
	d.sweepFiles(t.Context())
	for id, there := range map[string]bool{first: false, second: true} {
		if _, err := d.Attachments.Link(t.Context(), d.actor.Workspace, id, 0); (err == nil) != there {
			t.Errorf("%s: %v", id, err)
		}
	}
}
