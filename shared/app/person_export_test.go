package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"motorpool/shared/attachment"
	"motorpool/shared/blob"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/inspection"
	"motorpool/shared/person"
	"motorpool/shared/span"
	"motorpool/shared/workspace"
)

// customer is somebody with a licence, and a letter to them.
func (d *depot) customer(name, email string) *person.Person {
	d.t.Helper()
	p, err := d.People.Create(d.t.Context(), d.actor, person.PersonDetails{GivenName: name, Email: email}, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	file := document.File{Attachment: d.scan(d.actor, attachment.Document), Side: "front"}
	if _, err := d.Documents.Add(d.t.Context(), d.actor, document.Owner{Type: "person", ID: p.ID}, "licence", document.Details{Number: "L-" + name, Expires: span.DateOf(d.now).Plus(400), Files: []document.File{file}}, d.now); err != nil {
		d.t.Fatal(err)
	}
	d.writeTo(email)
	return p
}

func (d *depot) writeTo(email string) {
	d.t.Helper()
	op, err := d.Inspections.Letters.Report(d.t.Context(), d.actor.Workspace, inspection.Letter{Email: email, Link: "/inspection/secret", Asked: d.now, Expires: d.now.Add(time.Hour)})
	if err == nil {
		err = d.table.Write(d.t.Context(), op)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// unzipped is what is in the files of an export.
func (d *depot) unzipped(c *person.Copy) map[string]string {
	d.t.Helper()
	in := map[string]string{}
	for _, f := range c.Files {
		r, a, err := d.Attachments.Open(d.t.Context(), c.Workspace, f.Attachment)
		if err != nil {
			d.t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		r.Close()
		if err != nil || int64(len(body)) != f.Size || a.Purpose != attachment.Export {
			d.t.Fatalf("%v: %d of %d bytes, for %s", err, len(body), f.Size, a.Purpose)
		}
		z, err := zip.NewReader(bytes.NewReader(body), f.Size)
		if err != nil {
			d.t.Fatal(err)
		}
		for _, e := range z.File {
			r, err := e.Open()
			if err != nil {
				d.t.Fatal(err)
			}
			all, err := io.ReadAll(r)
			if err != nil {
				d.t.Fatal(err)
			}
			in[e.Name] = string(all)
		}
	}
	return in
}

func TestEverythingHeldOnAPersonIsExportedAsFiles(t *testing.T) {
	d := newDepot(t)
	ctx := t.Context()
	twin, ana := d.customer("Anna", "anna@example.com"), d.customer("Ana", "ana@example.com")
	d.writeTo("somebody@example.com")
	if _, err := d.People.Merge(ctx, d.actor, twin.ID, ana.ID, 0, d.now); err != nil {
		t.Fatal(err)
	}
	c, err := d.People.OrderCopy(ctx, d.actor, twin.ID, d.now)
	if err != nil || c.State != person.CopyRunning {
		t.Fatal(c, err)
	}
	d.work()
	if c, err = d.People.Copy(ctx, d.actor, ana.ID, c.ID, d.now); err != nil || c.State != person.CopyReady {
		t.Fatalf("%+v, %v", c, err)
	}
	in := d.unzipped(c)
	pictures := 0
	for name, body := range in {
		if strings.Contains(name, "-scan.") && strings.Contains(name, "/documents/doc_") && len(body) > 50 {
			pictures++
		}
	}
	for id, email := range map[string]string{twin.ID: "anna@example.com", ana.ID: "ana@example.com"} {
		var held person.Held
		if err := json.Unmarshal([]byte(in[id+".json"]), &held); err != nil || len(held.Records) != 1 || held.Records[0].Person.Email != email || len(held.Others["documents"]) != 1 || len(held.Others["letters"]) != 1 {
			t.Errorf("%s: %v: %s", id, err, in[id+".json"])
		}
		if all := in[id+".json"]; strings.Contains(all, "somebody@") || strings.Contains(all, "/inspection/secret") {
			t.Errorf("%s has what is not theirs: %s", id, all)
		}
	}
	if len(in) != 4 || pictures != 2 {
		t.Errorf("%d files, %d pictures", len(in), pictures)
	}
	links, err := d.People.CopyLinks(ctx, c)
	if err != nil || len(links) != 1 || !c.Expires.Equal(d.now.Add(24*time.Hour)) {
		t.Errorf("%v, %v, until %s", links, err, c.Expires)
	}
	other := d.actor
	other.ID = "usr_2"
	if _, err := d.People.Copy(ctx, other, ana.ID, c.ID, d.now); fault.KindOf(err) != fault.NotFound {
		t.Errorf("somebody else gets it: %v", err)
	}
	file := c.Files[0].Attachment
	d.now = d.now.Add(25 * time.Hour)
	d.sweepFiles(ctx)
	if c, err = d.People.Copy(ctx, d.actor, ana.ID, c.ID, d.now); err != nil || c.State != person.CopyExpired || len(c.Files) != 0 {
		t.Errorf("a day later: %+v, %v", c, err)
	}
	if _, _, err := d.blobs.Open(ctx, blob.Key(d.actor.Workspace+"/attachments/"+file+"/file")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("its file, a day later: %v", err)
	}
}

func TestAnonymisingRemovesExportsAndLetters(t *testing.T) {
	d := newDepot(t)
	ctx := t.Context()
	ana := d.customer("Ana", "ana@example.com")
	moved := func(p *person.PersonDetails) error { p.Email = "new@example.com"; return nil }
	if _, err := d.People.Edit(ctx, d.actor, ana.ID, moved, 0, d.now); err != nil {
		t.Fatal(err)
	}
	d.writeTo("new@example.com")
	ready, err := d.People.OrderCopy(ctx, d.actor, ana.ID, d.now)
	if err != nil {
		t.Fatal(err)
	}
	d.work()
	if ready, err = d.People.Copy(ctx, d.actor, ana.ID, ready.ID, d.now); err != nil {
		t.Fatal(err)
	}
	if _, err = d.People.OrderCopy(ctx, d.actor, ana.ID, d.now); err != nil { // and one that is not made yet
		t.Fatal(err)
	}
	if _, err := d.People.Anonymise(ctx, d.actor, ana.ID, 0, d.now); err != nil {
		t.Fatal(err)
	}
	d.work()
	if _, err := d.People.Copy(ctx, d.actor, ana.ID, ready.ID, d.now); fault.CodeOf(err) != "person_export.not_found" {
		t.Errorf("the export: %v", err)
	}
	d.now = d.now.Add(2 * time.Hour)
	d.sweepFiles(ctx)
	key := blob.Key(d.actor.Workspace + "/attachments/" + ready.Files[0].Attachment + "/file")
	if _, _, err := d.blobs.Open(ctx, key); fault.KindOf(err) != fault.NotFound {
		t.Errorf("its file: %v", err)
	}
	if list, _, err := d.Letters.List(ctx, d.actor.Workspace, "", 50); err != nil || len(list) != 0 {
		t.Errorf("letters: %v, %v", list, err)
	}
	if all := d.posted(); len(all) != 0 {
		t.Errorf("sent all the same: %v", all)
	}
}

func TestANumberWithoutACountryIsOfTheWorkspaces(t *testing.T) {
	d := newDepot(t)
	if _, err := d.Workspaces.Edit(t.Context(), d.actor, func(f *workspace.Form) error { f.Country = "AU"; return nil }, 0, d.now); err != nil {
		t.Fatal(err)
	}
	p, err := d.People.Create(t.Context(), d.actor, person.PersonDetails{GivenName: "Ana", Mobile: "0412 345 678"}, d.now)
	if err != nil || p.Mobile != "+61412345678" {
		t.Errorf("%+v, %v", p, err)
	}
}
