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
	"os"
	"os/signal"
	"syscall"
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
	f := flag.NewFlagSet("motorpool", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprint(stderr, help)
		f.PrintDefaults()
	}
	var o welcome.Flags
	o.Define(f, "./data", "directory that holds everything")
	rate := f.Float64("rate-limit", 10_000, "requests a second for each API key; 0 is no limit")
	if err := welcome.Parse(f, args); err != nil {
		return err
	}
	cfg, err := o.Host(stderr)
	if err != nil {
		return err
	}
	cfg.RateLimit = *rate
	h, err := host.Open(cfg)
	if err != nil {
		return err
	}
	return welcome.Serve(ctx, h, o.Options, stdout)
}
