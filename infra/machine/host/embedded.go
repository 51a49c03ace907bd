package host

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"motorpool/functions"
	"motorpool/shared/api"
	"motorpool/shared/app"
	"motorpool/shared/disk"
	maildisk "motorpool/shared/mail/embed"
	"motorpool/shared/queue"
	queuedisk "motorpool/shared/queue/embed"
	"motorpool/shared/secrets"
	"motorpool/shared/secrets/keyfile"
	"motorpool/shared/table"
	tabledisk "motorpool/shared/table/embed"
	"motorpool/shared/timeline"
	timelinedisk "motorpool/shared/timeline/embed"
	"motorpool/shared/webhook"
)

// inFlight is how many messages of one queue are worked at once at the most:
// room for a hundred endpoints of which half hang.
const inFlight = 1024

// embedded is the machine's own backend: everything in one durable file, and
// what was uploaded in a directory beside it.
type embedded struct {
	dir      string
	disk     *disk.Disk
	table    *tabledisk.Table
	queues   map[string]*queuedisk.Queue
	timeline *timelinedisk.Timeline
	box      secrets.Box
	outbox   *maildisk.Outbox
}

// openEmbedded opens the file in the directory, making both if they are absent.
func openEmbedded(dir string, now func() time.Time) (*embedded, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	box, err := keyfile.Open(filepath.Join(dir, "secrets.key")) // before the data, which is nothing without it
	if err != nil {
		return nil, err
	}
	d, err := disk.Open(filepath.Join(dir, "motorpool.db"))
	if err != nil {
		return nil, err
	}
	b := &embedded{dir: dir, disk: d, queues: map[string]*queuedisk.Queue{}, box: box}
	if err := b.open(now); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return b, nil
}

func (b *embedded) open(now func() time.Time) (err error) {
	if b.table, err = tabledisk.Open(b.disk, now, app.Feeds); err != nil {
		return err
	}
	for _, name := range app.Queues {
		if b.queues[name], err = queuedisk.Open(b.disk, name, queuedisk.Options{Now: now, Concurrency: inFlight}); err != nil {
			return err
		}
	}
	if b.timeline, err = timelinedisk.Open(b.disk, webhook.Plan, timelinedisk.Options{Now: now}); err != nil {
		return err
	}
	b.outbox, err = maildisk.Open(b.disk, maildisk.Kept, now)
	return err
}

func (b *embedded) Ports() app.Ports {
	return app.Ports{
		Table: table.Riding{Table: b.table}, Deliveries: b.queues["deliveries"], Jobs: b.queues["jobs"], Letters: b.queues["letters"],
		Timeline: b.timeline, Box: b.box, Mail: b.outbox, Outbox: b.outbox,
	}
}

func (b *embedded) Sources() []Source {
	all := []Source{feed{b.table}}
	for _, name := range app.Queues {
		all = append(all, b.queues[name])
	}
	return append(all, b.timeline)
}

func (b *embedded) Depth(name string) Depth { return Depth(b.queues[name].Depth()) }

// Close writes what the adapters know and closes the file.
func (b *embedded) Close() error {
	err := b.timeline.Close()
	for _, q := range b.queues {
		err = errors.Join(err, q.Close())
	}
	return errors.Join(err, b.disk.Close())
}

func (b *embedded) Loops(h *Host) []func(context.Context) {
	loops := []func(context.Context){
		func(ctx context.Context) {
			b.timeline.Serve(ctx, h.step("steps.redeliver"), h.abandon("steps.abandon"))
		},
		b.sweep,
		func(ctx context.Context) { every(ctx, 5*time.Second, b.disk.Relax) }, // memory: what is worked on
	}
	for _, s := range functions.Streams() {
		loops = append(loops, func(ctx context.Context) { b.table.Follow(ctx, h.follow(s)) })
	}
	for _, c := range functions.Consumers() {
		loops = append(loops, func(ctx context.Context) { b.queues[c.Queue].Serve(ctx, h.consume(c)) })
	}
	return loops
}

// sweep removes expired items, as DynamoDB's TTL does.
func (b *embedded) sweep(ctx context.Context) {
	every(ctx, time.Minute, func() {
		for {
			if n, err := b.table.Sweep(ctx); err != nil || n == 0 {
				return
			}
		}
	})
}

// feed is the table's feed as a source. Nothing in it waits for its time.
type feed struct{ *tabledisk.Table }

func (f feed) Next() (time.Time, bool) { return time.Time{}, false }
func (f feed) Idle() bool              { return !f.Backlog() }
func (f feed) Wake()                   {}

func (h *Host) follow(s api.Stream) func(context.Context, []table.Item) error {
	return func(ctx context.Context, items []table.Item) error {
		batch := make([]api.Record, len(items))
		for i, it := range items {
			batch[i] = api.Record{PK: it.Key.PK, SK: it.Key.SK, Doc: it.Doc}
		}
		err := s.Handle(ctx, h.job(), batch)
		h.worked(ctx, s.Name, err)
		return err
	}
}

func (h *Host) consume(c api.Consumer) queue.Handler {
	return func(ctx context.Context, m queue.Message) error {
		err := c.Handle(ctx, h.job(), m.Body)
		h.worked(ctx, c.Name, err)
		return err
	}
}

// step and abandon are what the retry timeline calls.
func (h *Host) step(name string) timeline.Task {
	s, _ := functions.Step(name) // a test says that both are there
	return func(ctx context.Context, input json.RawMessage) (timeline.Next, error) {
		next, err := s.Handle(ctx, h.job(), input)
		h.worked(ctx, name, err)
		return next, err
	}
}

func (h *Host) abandon(name string) timeline.Abandon {
	task := h.step(name)
	return func(ctx context.Context, input json.RawMessage) error {
		_, err := task(ctx, input)
		return err
	}
}
