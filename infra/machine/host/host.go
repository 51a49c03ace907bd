// Package host is the whole product in one process: every route, worker, step
// and tick on the embedded store.
//
// It promises what the adapters promise: what was acknowledged survives SIGKILL,
// and work that was under way is done again. It reads no flags and prints
// nothing; the command does.
package host

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"motorpool/functions"
	"motorpool/shared/api"
	"motorpool/shared/app"
	"motorpool/shared/disk"
	"motorpool/shared/egress"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	queuedisk "motorpool/shared/queue/embed"
	"motorpool/shared/secrets/keyfile"
	"motorpool/shared/table"
	tabledisk "motorpool/shared/table/embed"
	timelinedisk "motorpool/shared/timeline/embed"
	"motorpool/shared/webhook"
)

// Config is what a host needs to be told.
type Config struct {
	Addr         string // where to listen: "127.0.0.1:8080"; port 0 takes a free one
	Data         string // the directory that holds everything; made if absent
	BaseURL      string // how people and receivers reach the listener; empty: http:// and the address
	Clock        *Clock
	AllowPrivate bool    // webhooks may go to loopback and private addresses: for tests
	RateLimit    float64 // requests a second for each API key; zero: no limit
	Log          *slog.Logger
}

// inFlight is how many messages of one queue are worked at once at the most:
// room for a hundred endpoints of which half hang.
const inFlight = 1024

// Host is the product, running or about to.
type Host struct {
	*app.App
	URL string // how people reach it

	cfg       Config
	clock     *Clock
	listener  net.Listener
	disk      *disk.Disk
	table     *tabledisk.Table
	queues    map[string]*queuedisk.Queue
	timeline  *timelinedisk.Timeline
	schedule  *schedule
	sources   []source
	handler   http.Handler
	metrics   *metrics
	advancing sync.Mutex
}

// Open opens the store, makes the services and takes the address. Nothing is
// answered or delivered until Serve.
func Open(cfg Config) (*Host, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return nil, err
	}
	d, err := disk.Open(filepath.Join(cfg.Data, "motorpool.db"))
	if err != nil {
		listener.Close()
		return nil, err
	}
	h := &Host{cfg: cfg, clock: cfg.Clock, listener: listener, disk: d, URL: cfg.BaseURL, metrics: newMetrics()}
	if h.URL == "" {
		h.URL = "http://" + listener.Addr().String()
	}
	if err := h.wire(); err != nil {
		listener.Close()
		return nil, errors.Join(err, d.Close())
	}
	return h, nil
}

// wire puts the embedded adapters behind the ports.
func (h *Host) wire() (err error) {
	now := h.clock.Now
	if h.table, err = tabledisk.Open(h.disk, now, outbox.IsEvent); err != nil {
		return err
	}
	h.queues = map[string]*queuedisk.Queue{}
	for _, name := range app.Queues {
		if h.queues[name], err = queuedisk.Open(h.disk, name, queuedisk.Options{Now: now, Concurrency: inFlight}); err != nil {
			return err
		}
		h.sources = append(h.sources, h.queues[name])
		h.metrics.watch(name, h.queues[name])
	}
	if h.timeline, err = timelinedisk.Open(h.disk, webhook.Plan, timelinedisk.Options{Now: now}); err != nil {
		return err
	}
	box, err := keyfile.Open(filepath.Join(h.cfg.Data, "secrets.key"))
	if err != nil {
		return err
	}
	ticks := functions.Ticks()
	if h.schedule, err = newSchedule(ticks, now, h.cfg.Log); err != nil {
		return err
	}
	h.sources = append(h.sources, h.timeline, h.schedule)
	h.App = app.New(app.Ports{
		Table: table.Riding{Table: h.table}, Deliveries: h.queues["deliveries"], Jobs: h.queues["jobs"],
		Timeline: h.timeline, Box: box, Now: now, NewID: ident.Sortable(now), Random: rand.Reader, BaseURL: h.URL, Log: h.cfg.Log, Meter: h.metrics,
		Egress: egress.New(egress.Options{AllowPrivate: h.cfg.AllowPrivate, Own: h.URL, OwnAddr: h.listener.Addr().String()}),
	})
	h.handler, err = h.routes()
	return err
}

// Close ends a host that was not served.
func (h *Host) Close() error {
	h.listener.Close()
	return h.shut()
}

// Serve answers and works until ctx ends, then drains: requests and work under
// way are finished, what is left waits in the store.
func (h *Host) Serve(ctx context.Context) error {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var loops sync.WaitGroup
	for _, loop := range h.loops() {
		loops.Go(func() { loop(work) })
	}
	srv := &http.Server{
		Handler: h.handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(h.cfg.Log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(h.listener) }()
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	drain, enough := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer enough()
	err = errors.Join(err, ignoreClosed(srv.Shutdown(drain)))
	stop()
	loops.Wait()
	return errors.Join(err, h.shut())
}

// shut writes what the adapters know and closes the file.
func (h *Host) shut() error {
	err := h.timeline.Close()
	for _, q := range h.queues {
		err = errors.Join(err, q.Close())
	}
	return errors.Join(err, h.disk.Close())
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Address is the listener's own URL, whatever the product is called outside.
func (h *Host) Address() string { return "http://" + h.listener.Addr().String() }

// Now reads the host's clock.
func (h *Host) Now() time.Time { return h.clock.Now() }

// job is the call of work that no request asked for.
func (h *Host) job() *api.Job { return &api.Job{App: h.App, Now: h.clock.Now()} }
