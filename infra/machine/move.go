package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"

	"motorpool/infra/machine/moving"
)

// moves are the subcommands that carry a workspace into another house.
var moves = map[string]func(context.Context, []string, io.Writer, io.Writer) error{
	"export": func(ctx context.Context, args []string, out, err io.Writer) error {
		return move(ctx, "export", args, out, err)
	},
	"import": func(ctx context.Context, args []string, out, err io.Writer) error {
		return move(ctx, "import", args, out, err)
	},
	"return": func(ctx context.Context, args []string, out, err io.Writer) error {
		return move(ctx, "return", args, out, err)
	},
}

// moveOptions is what the flags of a move say.
type moveOptions struct {
	data, workspace, file, secret string
	stack                         moving.Stack
	settle, drain                 time.Duration
	busy                          bool
}

func parseMove(verb string, args []string, stderr io.Writer) (o moveOptions, err error) {
	f := flag.NewFlagSet("motorpool "+verb, flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprint(stderr, helpOnMoves[verb], "\nThe house is the one on this machine (-data), or on AWS if -table is given. Region and\ncredentials are found as the AWS CLI finds them; AWS_ENDPOINT_URL is honoured.\n\n")
		f.PrintDefaults()
	}
	f.StringVar(&o.data, "data", "./data", "directory of the machine's data; the machine must not be running")
	f.StringVar(&o.stack.Table, "table", "", "DynamoDB table: the stack's output TableName")
	f.StringVar(&o.stack.Key, "kms-key", "", "KMS key that seals secrets: id, ARN or alias (with -table)")
	f.StringVar(&o.stack.Deliveries, "deliveries-queue", "", "address of the queue Deliveries: the stack's output DeliveriesQueue (with -table)")
	f.StringVar(&o.stack.Jobs, "jobs-queue", "", "address of the queue Jobs: the stack's output JobsQueue (with -table)")
	f.StringVar(&o.stack.Letters, "letters-queue", "", "address of the queue Letters: the stack's output LettersQueue (with -table, to export)")
	f.StringVar(&o.stack.Files, "files-bucket", "", "bucket with what was uploaded: the stack's output FilesBucket (with -table)")
	if verb != "export" {
		f.StringVar(&o.stack.Machine, "retry-machine", "", "ARN of the state machine: the stack's output RetryMachine (with -table)")
	}
	if verb != "import" {
		f.StringVar(&o.workspace, "workspace", "", "which workspace, wsp_…; not needed if there is only one")
	}
	if verb == "export" {
		f.DurationVar(&o.settle, "settle", moving.Settle, "how long to wait on AWS for work under way to end (with -table)")
		f.DurationVar(&o.drain, "queues", moving.Drain, "how long to wait on AWS for the queues to be empty; 0 only for a restored\ntable that nobody works on, which has no queues (with -table)")
		f.BoolVar(&o.busy, "busy-queues", false, "go on after that time although messages are in the queues, because other\nworkspaces keep them busy (with -table)")
	}
	if verb != "return" {
		f.StringVar(&o.file, "file", "", "the crate: the file in which the workspace travels")
		f.StringVar(&o.secret, "passphrase-file", "", "file whose first line is the passphrase of the crate; otherwise MOTORPOOL_PASSPHRASE")
	}
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("%q is not a flag; see motorpool %s -help", f.Arg(0), verb)
	}
	return o, o.check(verb)
}

var helpOnMoves = map[string]string{
	"export": `motorpool export carries a whole workspace, history included, out of a house and into a
file. It first has the workspace leave the house: from then on nothing can be changed in
it there, and nothing is sent for it. Interrupted, the same command goes on. The file is
sealed with a passphrase. motorpool return undoes it. On AWS it waits until the queues are
empty, so that no work stays behind in them.
`,
	"import": `motorpool import carries a workspace from the file of an export into a house, compares
every item by count and hash, and carries on the deliveries that were under way.
Interrupted, the same command goes on; done again, it only compares. It changes nothing
if the file is damaged or the workspace is in the house already.
`,
	"return": `motorpool return undoes an export: the workspace lives in its old house again, as it was
when it left, and its work is carried on. Interrupted, the same command goes on. Only for moves that were given up: if it lives
in another house by now, it would live in both.
`,
}

// check names everything that is missing at once.
func (o moveOptions) check(verb string) error {
	var missing []string
	need := func(value, name string) {
		if value == "" {
			missing = append(missing, name)
		}
	}
	if verb != "return" {
		need(o.file, "-file")
	}
	if o.stack.Table != "" {
		need(o.stack.Key, "-kms-key")
		if verb != "export" || o.drain != 0 {
			need(o.stack.Deliveries, "-deliveries-queue")
			need(o.stack.Jobs, "-jobs-queue")
			if verb == "export" {
				need(o.stack.Letters, "-letters-queue")
			}
		}
		if verb != "return" {
			need(o.stack.Files, "-files-bucket")
		}
		if verb != "export" {
			need(o.stack.Machine, "-retry-machine")
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("missing: %s; see motorpool %s -help", strings.Join(missing, ", "), verb)
	}
	switch {
	case o.drain < 0:
		return errors.New("-queues cannot be negative")
	case o.busy && o.drain < moving.Hidden:
		return fmt.Errorf("with -busy-queues, -queues has to be at least %s: for so long SQS may keep a message from everybody", moving.Hidden)
	}
	return nil
}

// shortest is how many characters a new passphrase has at least.
const shortest = 12

// passphrase never comes from the command line, which others can see.
func (o moveOptions) passphrase(verb string) (string, error) {
	text := os.Getenv("MOTORPOOL_PASSPHRASE")
	if o.secret != "" {
		b, err := os.ReadFile(o.secret)
		if err != nil {
			return "", err
		}
		text, _, _ = strings.Cut(string(b), "\n")
		text = strings.TrimSuffix(text, "\r")
	}
	switch {
	case text == "":
		return "", errors.New("there is no passphrase: name its file with -passphrase-file, or set MOTORPOOL_PASSPHRASE")
	case verb == "export" && len([]rune(text)) < shortest:
		return "", fmt.Errorf("a passphrase has at least %d characters; whoever guesses it reads everything in the file", shortest)
	}
	return text, nil
}

func move(ctx context.Context, verb string, args []string, stdout, stderr io.Writer) (err error) {
	o, err := parseMove(verb, args, stderr)
	if err != nil {
		return err
	}
	order := moving.Order{Workspace: o.workspace, Path: o.file, Out: stdout, Err: stderr}
	if verb != "return" {
		if order.Passphrase, err = o.passphrase(verb); err != nil {
			return err
		}
	}
	if verb == "import" { // before a house is made for nothing
		if err := moving.Opens(order); err != nil {
			return err
		}
	}
	h, closeHouse, err := o.house(ctx, verb)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeHouse()) }()
	if verb == "import" {
		return moving.Import(ctx, h, order)
	}
	if order.Workspace == "" {
		if order.Workspace, err = theOnly(ctx, h); err != nil {
			return err
		}
	}
	if verb == "return" {
		return moving.Return(ctx, h, order)
	}
	return moving.Export(ctx, h, order)
}

func (o moveOptions) house(ctx context.Context, verb string) (*moving.House, func() error, error) {
	now := func() time.Time { return time.Now().UTC() }
	if o.stack.Table == "" {
		return moving.Machine(o.data, verb != "import", now)
	}
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, nil, err
	}
	h, err := moving.AWS(ctx, moving.NewClients(cfg), o.stack, now)
	if err == nil && verb == "export" {
		h.Settle, h.Drain, h.Busy = o.settle, o.drain, o.busy
		if o.drain == 0 {
			h.Queued = nil
		}
	}
	return h, func() error { return nil }, err
}

// theOnly is the workspace that is meant if none is named.
func theOnly(ctx context.Context, h *moving.House) (string, error) {
	all, err := h.App.Workspaces.List(ctx)
	if err != nil {
		return "", err
	}
	if len(all) == 1 {
		return all[0].ID, nil
	}
	names := []string{"choose one with -workspace:"}
	for _, w := range all {
		names = append(names, fmt.Sprintf("  %s  %s", w.ID, w.Name))
	}
	if len(all) == 0 {
		return "", errors.New("there is no workspace in this house")
	}
	return "", errors.New(strings.Join(names, "\n"))
}
