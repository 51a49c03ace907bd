package welcome

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"time"

	"motorpool/infra/machine/host"
	"motorpool/shared/mail"
)

// Flags are what every command that serves a host takes, whatever backend the
// host stands on.
type Flags struct {
	Options
	addr, url, clock string
	smtp, mailFrom   string
	private, verbose bool
}

// Define adds the flags to f. data is where a visitor's API key, and whatever else
// the command keeps, rests unless told otherwise; keeps says what that is.
func (o *Flags) Define(f *flag.FlagSet, data, keeps string) {
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen on; port 0 takes a free one")
	f.StringVar(&o.url, "url", "", "how people and receivers reach this process, if not by -addr")
	f.StringVar(&o.Data, "data", data, keeps)
	f.BoolVar(&o.Demo, "demo", false, "fill an empty workspace with a believable fleet, and a webhook endpoint that points at its own test inbox")
	f.StringVar(&o.Key, "api-key", "", "create this API key with all permissions in the first workspace (for scripts; at least 16 characters)")
	f.StringVar(&o.Workspace, "workspace", "Harbour City Cars", "name of the workspace that is made when there is none")
	f.StringVar(&o.Owner, "owner", "owner@motorpool.example", "e-mail address of whom the printed link lets in, as an Admin of the first workspace")
	f.StringVar(&o.smtp, "smtp", "", "send e-mail through this server: smtps://user:password@smtp.example.com, smtp://… (STARTTLS), smtp://localhost:1025?tls=none; without it no e-mail leaves, and the console shows it under Outbox")
	f.StringVar(&o.mailFrom, "mail-from", "", "who e-mail comes from: motorpool@example.com (with -smtp)")
	f.StringVar(&o.clock, "test-clock", "", "freeze time at this instant (RFC 3339); POST /test/clock moves it")
	f.BoolVar(&o.private, "allow-private-targets", false, "let webhooks go to loopback and private addresses; for tests only")
	f.BoolVar(&o.verbose, "v", false, "log every request")
}

// Parse reads args. What is no flag is an error that says so.
func Parse(f *flag.FlagSet, args []string) error {
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("%q is not a flag; see -help", f.Arg(0))
	}
	return nil
}

// Host is how the flags want the host, with a log on stderr that warns of what is
// for tests only.
func (o *Flags) Host(stderr io.Writer) (host.Config, error) {
	clock := host.RealClock()
	if o.clock != "" {
		at, err := time.Parse(time.RFC3339, o.clock)
		if err != nil {
			from, err := o.sender()
			if err != nil {
				return host.Config{}, err
			}
			return host.Config{SMTP: o.smtp, MailFrom: from}, fmt.Errorf("-test-clock takes an instant such as 2026-07-01T00:00:00+10:00, not %q", o.clock)
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
	return host.Config{Addr: o.addr, Data: o.Data, BaseURL: o.url, Clock: clock, AllowPrivate: o.private, Log: log}, nil
}

// sender is who e-mail comes from. Where it leaves the house somebody must have
// said so: no server takes it from an address that is made up.
func (o *Flags) sender() (mail.Address, error) {
	if o.mailFrom == "" {
		if o.smtp != "" {
			return mail.Address{}, errors.New("-smtp needs -mail-from: the address that the server may send from")
		}
		return mail.Address{}, nil
	}
	a := mail.Address{Name: "Motorpool", Email: o.mailFrom}
	if err := a.Validate(); err != nil {
		return a, fmt.Errorf("-mail-from takes an address such as motorpool@example.com, not %q", o.mailFrom)
	}
	return a, nil
}
