package seed

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"path/filepath"
	"time"

	"motorpool/shared/app"
	blobdisk "motorpool/shared/blob/embed"
	"motorpool/shared/disk"
	"motorpool/shared/egress"
	"motorpool/shared/inspection/paper"
	"motorpool/shared/picture/plain"
	queuedisk "motorpool/shared/queue/embed"
	"motorpool/shared/secrets/keyfile"
	"motorpool/shared/table"
	tabledisk "motorpool/shared/table/embed"
	timelinedisk "motorpool/shared/timeline/embed"
	"motorpool/shared/webhook"
)

// Disk returns ports on embedded stores in the directory dir, for whoever wants
// the world for its names alone, and what closes them. They reach nobody: every
// host name is unknown there.
func Disk(dir string, at time.Time) (p app.Ports, closing func() error, err error) {
	now := func() time.Time { return at }
	d, err := disk.Open(filepath.Join(dir, "seed.db"))
	if err != nil {
		return p, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Close())
		}
	}()
	t, err := tabledisk.Open(d, now, app.Feeds)
	if err != nil {
		return p, nil, err
	}
	queues := map[string]*queuedisk.Queue{}
	for _, name := range app.Queues {
		if queues[name], err = queuedisk.Open(d, name, queuedisk.Options{Now: now}); err != nil {
			return p, nil, err
		}
	}
	runs, err := timelinedisk.Open(d, webhook.Plan, timelinedisk.Options{Now: now})
	if err != nil {
		return p, nil, err
	}
	box, err := keyfile.Open(filepath.Join(dir, "seed.key"))
	if err != nil {
		return p, nil, err
	}
	files, err := blobdisk.Open(blobdisk.Options{Dir: filepath.Join(dir, "files"), BaseURL: Base + "/files", Key: bytes.Repeat([]byte("k"), 32), Now: now})
	if err != nil {
		return p, nil, err
	}
	p = app.Ports{
		Files: files, Studio: plain.New(), Print: paper.Print,
		Table: table.Riding{Table: t}, Deliveries: queues["deliveries"], Jobs: queues["jobs"], Letters: queues["letters"], Timeline: runs, Box: box,
		Egress: egress.New(egress.Options{Lookup: unknown}), BaseURL: Base, Log: slog.New(slog.DiscardHandler),
	}
	return p, func() error {
		return errors.Join(runs.Close(), queues["deliveries"].Close(), queues["jobs"].Close(), queues["letters"].Close(), d.Close())
	}, nil
}

func unknown(context.Context, string) ([]netip.Addr, error) {
	return nil, errors.New("there is no network here")
}
