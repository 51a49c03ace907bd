// Command bench measures what spec/webhooks.md §6 promises, and how fast pages
// are where there is much of everything, on this machine,
// and prints the table with the measured column beside the promised one.
//
// The product runs as its users run it: the built machine in a process of its
// own, on its embedded store, fsync on. The load generator and the receivers run
// in this process, on the same processors, and so take their share of them.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"text/tabwriter"
	"time"

	"motorpool/infra/machine/machinetest"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A row is one line of the table.
type row struct{ what, promised, measured string }

func run(ctx context.Context) error {
	kills := flag.Int("kills", 50, "how often to kill the machine in the crash measurement; 0 leaves it out")
	events := flag.Int("events", 40_000, "how many events to publish flat out")
	seconds := flag.Int("seconds", 20, "how long to publish 100 events/s")
	only := flag.String("only", "", "measure this alone: steady, flat-out, retries, fan-out, isolation, records or crashes")
	flag.Parse()
	dir, err := os.MkdirTemp("", "motorpool-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin, err := machinetest.Build(ctx, dir)
	if err != nil {
		return err
	}
	var rows []row
	for _, m := range []struct {
		name string
		do   func() ([]row, error)
	}{
		{"steady", func() ([]row, error) { return steady(ctx, bin, *seconds) }},
		{"flat-out", func() ([]row, error) { return flatOut(ctx, bin, *events) }},
		{"retries", func() ([]row, error) { return retries(ctx, bin) }},
		{"fan-out", func() ([]row, error) { return fanOut(ctx, bin, *events/10) }},
		{"isolation", func() ([]row, error) { return isolation(ctx, bin) }},
		{"records", func() ([]row, error) { return records(ctx, bin) }},
		{"crashes", func() ([]row, error) { return crashes(ctx, bin, *kills) }},
	} {
		if *only != "" && *only != m.name {
			continue
		}
		more, err := m.do()
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		rows = append(rows, more...)
	}
	print(rows)
	return nil
}

func print(rows []row) {
	fmt.Printf("\n%d processors, %s, %s\n\n", runtime.NumCPU(), runtime.Version(), time.Now().UTC().Format(time.DateOnly))
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	fmt.Fprintln(w, "| what\t| promised\t| measured\t|")
	fmt.Fprintln(w, "|---\t|---\t|---\t|")
	for _, r := range rows {
		fmt.Fprintf(w, "| %s\t| %s\t| %s\t|\n", r.what, r.promised, r.measured)
	}
	w.Flush()
}
