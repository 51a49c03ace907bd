package moving

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motorpool/shared/app"
	filesdisk "motorpool/shared/blob/embed"
	"motorpool/shared/disk"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	queuedisk "motorpool/shared/queue/embed"
	"motorpool/shared/secrets/keyfile"
	"motorpool/shared/table"
	tabledisk "motorpool/shared/table/embed"
	timelinedisk "motorpool/shared/timeline/embed"
	"motorpool/shared/webhook"
)

// Machine opens the house in a machine's data directory, which no machine may
// be using. One that must be there is not made. close is for the end.
func Machine(dir string, must bool, now func() time.Time) (h *House, close func() error, err error) {
	data, key := filepath.Join(dir, "motorpool.db"), filepath.Join(dir, "secrets.key")
	if _, err := os.Stat(data); errors.Is(err, fs.ErrNotExist) && must {
		return nil, nil, fault.New(fault.NotFound, "moving.nothing", "There is no Motorpool in %s.", dir)
	} else if err == nil {
		if _, err := os.Stat(key); err != nil {
			return nil, nil, fault.New(fault.NotFound, "moving.no_key", "%s is missing: without it the secrets in %s cannot be opened. Put it back from the backup.", key, data).Because(err)
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	box, err := keyfile.Open(key) // before the data, which is nothing without it
	if err != nil {
		return nil, nil, err
	}
	d, err := disk.Open(data)
	if err != nil {
		return nil, nil, err
	}
	if h, err = machine(d, box, dir, now); err != nil {
		return nil, nil, errors.Join(err, d.Close())
	}
	return h, d.Close, nil
}

func machine(d *disk.Disk, box *keyfile.Box, dir string, now func() time.Time) (*House, error) {
	tb, err := tabledisk.Open(d, now, app.Feeds)
	if err != nil {
		return nil, err
	}
	p := app.Ports{Table: table.Riding{Table: tb}, Box: box, Now: now, NewID: ident.Sortable(now), Random: rand.Reader, Log: slog.Default()}
	if p.Timeline, err = timelinedisk.Open(d, webhook.Plan, timelinedisk.Options{Now: now}); err != nil {
		return nil, err
	}
	if p.Deliveries, err = queuedisk.Open(d, "deliveries", queuedisk.Options{Now: now}); err != nil {
		return nil, err
	}
	if p.Jobs, err = queuedisk.Open(d, "jobs", queuedisk.Options{Now: now}); err != nil {
		return nil, err
	}
	unused := make([]byte, 32)
	rand.Read(unused) // a mover hands out no links; the machine has its own key for them
	files, err := filesdisk.Open(filesdisk.Options{Dir: filepath.Join(dir, "files"), Key: unused, Now: now})
	if err != nil {
		return nil, err
	}
	return &House{
		Name: "machine", Table: tb, Box: box, App: app.New(p), Kinds: app.Kinds(), Files: files, FileKinds: app.FileKinds(), Now: now,
		Untold:  func(ctx context.Context, _ time.Time) (func(table.Item) bool, error) { return backlog(ctx, tb) },
		Waiting: func(ctx context.Context) ([]json.RawMessage, error) { return waiting(ctx, d) },
		Discard: func(ctx context.Context, ws string) error { return discard(ctx, d, ws) },
	}, nil
}

// backlog knows the events that the feed has not told yet.
func backlog(ctx context.Context, tb *tabledisk.Table) (func(table.Item) bool, error) {
	keys, err := tb.Untold(ctx)
	if err != nil {
		return nil, err
	}
	untold := make(map[table.Key]bool, len(keys))
	for _, k := range keys {
		untold[k] = true
	}
	return func(it table.Item) bool { return untold[it.Key] }, nil
}

// carried are the queues whose work moves along. Letters stay: see letter.Kinds.
var carried = []string{"deliveries", "jobs"}

// waiting reads all queues that move along.
func waiting(ctx context.Context, d *disk.Disk) (all []json.RawMessage, err error) {
	for _, name := range carried {
		some, err := queuedisk.Waiting(ctx, d, name)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func discard(ctx context.Context, d *disk.Disk, workspace string) error {
	mine := func(body json.RawMessage) bool { return webhook.WhoseWork(body) == workspace }
	var errs []error
	for _, name := range carried {
		errs = append(errs, queuedisk.Discard(ctx, d, name, mine))
	}
	return errors.Join(append(errs, timelinedisk.Discard(ctx, d, mine))...)
}

// unsure is how long an event may take on AWS until its deliveries are stored:
// the stream tries for six hours, and the queue hands an order out 20 times, six
// minutes apart (infra/aws/template). What was raised so shortly before the
// workspace left, and lacks a delivery, is told again where it arrives: a delivery
// that was made already is not made again.
const unsure = 8 * time.Hour

// lately knows the events of the last minutes before the workspace left.
func lately(_ context.Context, left time.Time) (func(table.Item) bool, error) {
	return func(it table.Item) bool {
		_, ref, _ := strings.Cut(it.Key.SK, "#")
		at, ok := ident.Time("evt_" + ref)
		return ok && at.After(left.Add(-unsure))
	}, nil
}
