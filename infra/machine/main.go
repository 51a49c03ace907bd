// Command machine is the whole product on one machine: API, console, workers,
// retries and schedules in one process, everything in one durable file.
//
//	go run ./infra/machine -demo
//	go run ./infra/machine export | import | return -help
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
	"syscall"
	"time"
	_ "time/tzdata" // where the system has no time zones

	"motorpool/infra/machine/host"
	"motorpool/infra/machine/welcome"
	"motorpool/shared/fault"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	signal.Ignore(syscall.SIGXFSZ) // a disk quota is an error of the write, not the end of the process
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "motorpool:", told(err))
		os.Exit(1)
	}
}

// told is an error as whoever typed the command reads it: what to do first, then
// its code, and what it comes from.
func told(err error) string {
	f, is := errors.AsType[*fault.Error](err)
	if !is {
		return err.Error()
	}
	text := fmt.Sprintf("%s (%s)", f.Message, f.Code)
	if f.Err != nil {
		text += "\n  because: " + f.Err.Error()
	}
	return text
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
	f.Usage = func() {
		fmt.Fprint(stderr, help)
		f.PrintDefaults()
	}
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

const help = `motorpool is the whole product in one process. SIGTERM or Ctrl-C ends it; nothing is lost.

  motorpool [flags]         serve
  motorpool export [flags]  carry a workspace out of this house, into a file
  motorpool import [flags]  carry it from the file into this house, or to AWS and back
  motorpool return [flags]  undo an export

Each of the last three says more with -help; how to move is in infra/machine/moving.md.

`

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 {
		if move, is := moves[args[0]]; is {
			return move(ctx, args[1:], stdout, stderr)
		}
	}
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
	return welcome.Serve(ctx, h, welcome.Options{Workspace: o.name, Key: o.key, Demo: o.demo, Data: o.data}, stdout)
}
