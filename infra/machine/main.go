// Command machine is the whole product on one machine: API, console, workers,
// retries and schedules in one process, everything in one durable file.
//
//	go run ./infra/machine -demo
//
// SIGTERM drains; SIGKILL loses nothing that was acknowledged.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"motorpool/infra/machine/demo"
	"motorpool/infra/machine/host"
	"motorpool/shared/ident"
	"motorpool/shared/session"
	"motorpool/shared/workspace"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	signal.Ignore(syscall.SIGXFSZ) // a disk quota is an error of the write, not the end of the process
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "motorpool:", err)
		os.Exit(1)
	}
}

// options is what the flags say.
type options struct {
	addr, data, url, key, name, clock string
	demo, private, verbose            bool
	rate                              float64
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	f := flag.NewFlagSet("motorpool", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen on; port 0 takes a free one")
	f.StringVar(&o.data, "data", "./data", "directory that holds everything")
	f.StringVar(&o.url, "url", "", "how people and receivers reach this machine, if not by -addr")
	f.BoolVar(&o.demo, "demo", false, "fill an empty workspace with a believable fleet, and a webhook endpoint that points at its own test inbox")
	f.StringVar(&o.key, "api-key", "", "create this API key with all permissions in the first workspace (for scripts; at least 16 characters)")
	f.StringVar(&o.name, "workspace", "Harbour City Cars", "name of the workspace that is made when there is none")
	f.StringVar(&o.clock, "test-clock", "", "freeze time at this instant (RFC 3339); POST /test/clock moves it")
	f.BoolVar(&o.private, "allow-private-targets", false, "let webhooks go to loopback and private addresses; for tests only")
	f.Float64Var(&o.rate, "rate-limit", 10_000, "requests a second for each API key; 0 is no limit")
	f.BoolVar(&o.verbose, "v", false, "log every request")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("%q is not a flag; see -help", f.Arg(0))
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	clock := host.RealClock()
	if o.clock != "" {
		at, err := time.Parse(time.RFC3339, o.clock)
		if err != nil {
			return fmt.Errorf("-test-clock takes an instant such as 2026-07-01T00:00:00+10:00, not %q", o.clock)
		}
		clock = host.TestClock(at)
	}
	level := slog.LevelWarn
	if o.verbose {
		level = slog.LevelInfo
	}
	log := slog.New(slog.NewJSONHandler(stderr, &slog.HandlerOptions{Level: level}))
	if o.private {
		log.Warn("webhooks may go to loopback and private addresses: never use -allow-private-targets where others can add endpoints")
	}
	if clock.Frozen() {
		log.Warn("time stands still until POST /test/clock moves it, and whoever reaches this machine may do so: -test-clock is for tests")
	}
	h, err := host.Open(host.Config{Addr: o.addr, Data: o.data, BaseURL: o.url, Clock: clock, AllowPrivate: o.private, RateLimit: o.rate, Log: log})
	if err != nil {
		return err
	}
	ws, key, err := prepare(ctx, h, o, clock.Now())
	if err != nil {
		return errors.Join(err, h.Close())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- h.Serve(ctx) }()
	if err := welcome(ctx, h, o, ws, key, stdout); err != nil {
		stop()
		return errors.Join(err, <-served)
	}
	return <-served
}

// prepare makes what must be there before the first request: a workspace and,
// if asked for, a key that opens it.
func prepare(ctx context.Context, h *host.Host, o options, at time.Time) (*workspace.Workspace, string, error) {
	ws, err := h.Workspaces.First(ctx, workspace.Draft{Name: o.name, Mode: workspace.Test, TimeZone: "Australia/Sydney"}, at)
	if err != nil {
		return nil, "", err
	}
	key := o.key
	if key == "" && o.demo {
		if key, err = demoKey(o.data); err != nil {
			return nil, "", err
		}
	}
	if key != "" {
		name := "Demo key"
		if o.key != "" {
			name = "Key of the command line"
		}
		_, err = h.Keys.Adopt(ctx, ws.ID, key, name, at)
	}
	return ws, key, err
}

// demoKey returns the demonstration's API key, which stays in a file so that
// every start can print it. Without -demo no key is ever kept.
func demoKey(dir string) (string, error) {
	path := filepath.Join(dir, "demo.key")
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		b = []byte("mp_test_" + ident.Secret())
		err = os.WriteFile(path, b, 0o600)
	}
	return string(b), err
}

// welcome fills in the demo data and says where everything is.
func welcome(ctx context.Context, h *host.Host, o options, ws *workspace.Workspace, key string, stdout io.Writer) error {
	if o.demo {
		if err := demo.Fill(ctx, h.Address(), key); err != nil {
			return err
		}
	}
	link, err := h.Sessions.NewLink(ctx, ws.ID, session.Owner, h.Now())
	if err != nil {
		return err
	}
	if key == "" {
		key = "make one under Settings, API keys, or start with -api-key"
	}
	fmt.Fprintf(stdout, greeting, ws.Name, ws.Mode, h.URL, h.URL, link, h.URL, key)
	return nil
}

const greeting = `
  Motorpool is ready: %s (%s)

  Console   %s/
  Sign in   %s/sign-in/%s   (once, within 60 minutes)
  API docs  %s/docs
  API key   %s

`
