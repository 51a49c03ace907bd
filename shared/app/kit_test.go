package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
	"motorpool/shared/attachment"
	"motorpool/shared/blob"
	"motorpool/shared/blob/embed"
	"motorpool/shared/disk"
	"motorpool/shared/exporting"
	"motorpool/shared/fleet"
	"motorpool/shared/ident"
	"motorpool/shared/importing"
	"motorpool/shared/insurance"
	"motorpool/shared/location"
	"motorpool/shared/mail"
	maildisk "motorpool/shared/mail/embed"
	"motorpool/shared/outbox"
	"motorpool/shared/person"
	"motorpool/shared/picture/plain"
	"motorpool/shared/queue"
	queuedisk "motorpool/shared/queue/embed"
	"motorpool/shared/reminder"
	"motorpool/shared/table"
	tables "motorpool/shared/table/embed"
	"motorpool/shared/workspace"
)

// jobs is the queue of jobs as a list that the test works through.
type jobs struct{ sent []queue.Message }

func (j *jobs) Send(_ context.Context, msgs ...queue.Message) error {
	j.sent = append(j.sent, msgs...)
	return nil
}

func (j *jobs) Serve(context.Context, queue.Handler) error { return nil }

// depot is the product on files of its own, with a workspace, a location, a
// category, and somebody who may do all.
type depot struct {
	*app.App
	t        *testing.T
	jobs     *jobs
	letters  *queuedisk.Queue
	box      *maildisk.Outbox
	table    table.Table
	blobs    blob.Store
	actor    access.Actor
	home     *location.Location
	category *fleet.Category
	now      time.Time
	dir      string // of files
}

func newDepot(t *testing.T) *depot {
	t.Helper()
	d := &depot{t: t, jobs: &jobs{}, now: apitest.Now, dir: t.TempDir()}
	now := func() time.Time { return d.now }
	file, err := disk.Open(filepath.Join(t.TempDir(), "depot.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	tab, err := tables.Open(file, now, outbox.IsEvent)
	if err != nil {
		t.Fatal(err)
	}
	d.table = tab
	if d.blobs, err = embed.Open(embed.Options{Dir: d.dir, BaseURL: "http://files.example", Key: bytes.Repeat([]byte("k"), 32), Now: now}); err != nil {
		t.Fatal(err)
	}
	if d.box, err = maildisk.Open(file, maildisk.Kept, now); err != nil {
		t.Fatal(err)
	}
	if d.letters, err = queuedisk.Open(file, "letters", queuedisk.Options{Now: now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.letters.Close() })
	d.App = app.New(app.Ports{
		Letters: d.letters, Mail: d.box, MailFrom: mail.Address{Email: "cars@motorpool.example"}, Studio: plain.New(),
		Table: tab, Jobs: d.jobs, Files: d.blobs, Box: apitest.Box(t), Now: now, NewID: ident.Sortable(now), Random: bytes.NewReader(bytes.Repeat([]byte("r"), 4096)),
		BaseURL: "http://depot.example", Log: slog.New(slog.DiscardHandler),
	})
	w, err := d.Workspaces.Create(t.Context(), workspace.Draft{Name: "Harbour Cars", Mode: workspace.Live, TimeZone: "Australia/Sydney"}, d.now)
	if err != nil {
		t.Fatal(err)
	}
	if d.actor, _, err = d.LetIn(t.Context(), w.ID, "mia@harbour.example", d.now); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Second)
	if d.home, err = d.Locations.Create(t.Context(), d.actor, location.Details{Name: "Sydney Airport", Code: "SYD"}, d.now); err != nil {
		t.Fatal(err)
	}
	if d.category, err = d.Fleet.CreateCategory(t.Context(), d.actor, fleet.CategoryDetails{Name: "Small SUV"}, d.now); err != nil {
		t.Fatal(err)
	}
	return d
}

// work does all jobs that are due, and those that they order.
func (d *depot) work() {
	d.t.Helper()
	for len(d.jobs.sent) > 0 {
		m := d.jobs.sent[0]
		d.jobs.sent = d.jobs.sent[1:]
		d.run(m.Body)
	}
}

func (d *depot) run(body json.RawMessage) {
	d.t.Helper()
	var job struct{ Kind string }
	if err := json.Unmarshal(body, &job); err != nil {
		d.t.Fatal(err)
	}
	do := map[string]func(context.Context, json.RawMessage, time.Time) error{
		exporting.JobKind: d.Exports.RunJob, insurance.JobKind: d.Insurance.RunJob, person.JobKind: d.People.RunJob, reminder.JobKind: d.Reminders.RunJob,
	}[job.Kind]
	if do == nil {
		do = d.Imports.RunJob
	}
	if err := do(d.t.Context(), body, d.now); err != nil {
		d.t.Fatalf("%s: %v", body, err)
	}
}

// upload brings a file in, and begins its import.
func (d *depot) upload(name, file string) *importing.Import {
	d.t.Helper()
	a, err := d.Attachments.Keep(d.t.Context(), d.actor, attachment.Draft{Purpose: attachment.Import, Name: name, Type: attachment.CSV}, strings.NewReader(file), d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	i, err := d.Imports.Create(d.t.Context(), d.actor, "assets", a.ID, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	d.work()
	return d.look(i)
}

func (d *depot) look(i *importing.Import) *importing.Import {
	d.t.Helper()
	i, err := d.Imports.Import(d.t.Context(), d.actor, i.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return i
}

// must does one verb and all work that follows from it.
func (d *depot) must(i *importing.Import, verb func(context.Context, access.Actor, string, time.Time) (*importing.Import, error)) *importing.Import {
	d.t.Helper()
	if _, err := verb(d.t.Context(), d.actor, i.ID, d.now); err != nil {
		d.t.Fatal(err)
	}
	d.work()
	return d.look(i)
}

// taken checks a file and applies it.
func (d *depot) taken(file string) *importing.Import {
	d.t.Helper()
	i := d.must(d.upload("fleet.csv", file), d.Imports.Check)
	return d.must(i, d.Imports.Apply)
}

func (d *depot) rows(i *importing.Import) (all []string) {
	d.t.Helper()
	list, _, err := d.Imports.Rows(d.t.Context(), d.actor, i.ID, "", "", 100)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, r := range list {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%d %s %s%s", r.Number, r.Outcome, r.InWords(), strings.Join(r.Warnings, " "))))
	}
	return all
}

func (d *depot) fleet() (all []*fleet.Asset) {
	d.t.Helper()
	all, _, err := d.Fleet.Assets(d.t.Context(), d.actor, fleet.AssetFilter{ByNumber: true}, "", 1000)
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

// file is what the store has under a key.
func (d *depot) file(key string) string {
	d.t.Helper()
	r, _, err := d.blobs.Open(d.t.Context(), blob.Key(key))
	if err != nil {
		d.t.Fatal(err)
	}
	defer r.Close()
	all, err := io.ReadAll(r)
	if err != nil {
		d.t.Fatal(err)
	}
	return string(all)
}
