// Package host is the whole product in one process: every route, worker, step
// and tick, on the embedded store or on another backend.
//
// It promises what the backend promises. With the embedded store, what was
// acknowledged survives SIGKILL, and work that was under way is done again. It
// reads no flags and prints nothing; the command does.
package host

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"motorpool/functions"
	"motorpool/shared/api"
	"motorpool/shared/app"
	"motorpool/shared/blob/embed"
	"motorpool/shared/disk"
	"motorpool/shared/egress"
	"motorpool/shared/ident"
	"motorpool/shared/inspection/paper"
	"motorpool/shared/mail"
	"motorpool/shared/picture/plain"
)

// Config is what a host needs to be told.
type Config struct {
	Addr         string // where to listen: "127.0.0.1:8080"; port 0 takes a free one
	Data         string // the directory of the embedded store, which holds everything; made if absent
	BaseURL      string // how people and receivers reach the listener; empty: http:// and the address
	Clock        *Clock
	AllowPrivate bool         // webhooks may go to loopback and private addresses: for tests
	RateLimit    float64      // requests a second for each API key; zero: no limit
	SMTP         string       // the mail server, as smtp.New reads it; empty: e-mail is kept in the backend's outbox
	MailFrom     mail.Address // who e-mail comes from; its zero value only where none leaves the house
	Log          *slog.Logger

	// Backend is opened in place of the embedded store, on the host's clock.
	Backend func(*Clock) (Backend, error)
}

// Host is the product, running or about to.
type Host struct {
	*app.App
	URL string // how people reach it

	cfg       Config
	clock     *Clock
	listener  net.Listener
	backend   Backend
	kept      *disk.Disk // where e-mail rests, if the backend keeps none
	schedule  *schedule
	sources   []Source
	handler   http.Handler
	files     *embed.Store // the embedded backend's; nil if links lead elsewhere
	metrics   *metrics
	advancing sync.Mutex
}

// Open opens the store, makes the services and takes the address. Nothing is
// answered or delivered until Serve.
func Open(cfg Config) (*Host, error) {
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return nil, err
	}
	h := &Host{cfg: cfg, clock: cfg.Clock, listener: listener, URL: cfg.BaseURL, metrics: newMetrics()}
	if h.URL == "" {
		h.URL = "http://" + listener.Addr().String()
	}
	if h.backend, err = cfg.open(); err != nil {
		listener.Close()
		return nil, err
	}
	if err := h.wire(); err != nil {
		listener.Close()
		return nil, errors.Join(err, h.shut())
	}
	return h, nil
}

func (cfg Config) open() (Backend, error) {
	if cfg.Backend != nil {
		return cfg.Backend(cfg.Clock)
	}
	return openEmbedded(cfg.Data, cfg.Clock.Now)
}

// wire puts the product on the backend's ports.
func (h *Host) wire() (err error) {
	now := h.clock.Now
	if h.schedule, err = newSchedule(functions.Ticks(), now, h.cfg.Log); err != nil {
		return err
	}
	h.sources = append(h.backend.Sources(), h.schedule)
	for _, name := range app.Queues {
		h.metrics.watch(name, func() Depth { return h.backend.Depth(name) })
	}
	p := h.backend.Ports()
	p.Now, p.NewID, p.Random, p.BaseURL, p.Log, p.Meter = now, ident.Sortable(now), rand.Reader, h.URL, h.cfg.Log, h.metrics
	p.Studio, p.Print = plain.New(), paper.Print
	p.Egress = egress.New(egress.Options{AllowPrivate: h.cfg.AllowPrivate, Own: h.URL, OwnAddr: h.listener.Addr().String()})
	if err := h.mailer(&p); err != nil {
		return err
	}
	if own, is := h.backend.(*embedded); is {
		if h.files, err = own.openFiles(h.URL+filesPath, now); err != nil {
			return err
		}
		p.Files = h.files
	}
	h.App = app.New(p)
	h.handler, err = h.routes()
	return err
}

// Close ends a host that was not served.
func (h *Host) Close() error {
	h.listener.Close()
	return h.shut()
}

// shut closes what everything rests in.
func (h *Host) shut() error {
	err := h.backend.Close()
	if h.kept != nil {
		err = errors.Join(err, h.kept.Close())
	}
	return err
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
