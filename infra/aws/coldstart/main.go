// Command coldstart measures what a cold start of each area costs, against the
// smallest Lambda that can be written in Go (package hello), built alike.
//
// It starts the real bootstraps, as Lambda does, with a Runtime API of our own:
// INIT is the time from the start of the process to its first question for work.
// The table is DynamoDB Local, KMS is moto; both must be installed. Starts of
// all areas and of hello take turns, so that whatever else this machine does
// hits all of them alike; of each figure the median counts.
//
// What it cannot show is what AWS adds before INIT (fetching the zip, starting
// the microVM) and an arm64 processor. The zip is that of the linux/arm64
// bootstrap which is deployed; what runs here is built for this machine.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"text/tabwriter"
	"time"
)

// What an area may cost. Zips are compared in the unit in which AWS counts.
const (
	initGoal = 1.6             // times hello
	zipGoal  = 5 * 1000 * 1000 // bytes
)

// heavy are the areas that may have more, in bytes: decision 0042 says why.
var heavy = map[string]int64{"console": 9_000_000, "inspections": 5_500_000, "workers": 5_500_000}

// zipMost is how many bytes an area's zip may have.
func zipMost(area string) int64 { return cmp.Or(heavy[area], zipGoal) }

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "coldstart:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	inits := flag.Int("inits", 41, "how often to start each area")
	steady := flag.Int("steady", 300, "how often to invoke each area once it is warm")
	zips := flag.Bool("zips", false, "only weigh the zips of the bootstraps that are named: build/*/bootstrap")
	flag.Parse()
	if *zips {
		return small(flag.Args())
	}
	dir, err := os.MkdirTemp("", "motorpool-coldstart-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	all, err := build(ctx, dir)
	if err != nil {
		return err
	}
	s, err := set(ctx)
	if err != nil {
		return err
	}
	for i := range *inits {
		for _, a := range all {
			if err := a.start(ctx, s); err != nil {
				return fmt.Errorf("%s, start %d: %w", a.name, i+1, err)
			}
		}
	}
	for _, a := range all {
		if err := a.stay(ctx, s, *steady); err != nil {
			return fmt.Errorf("%s, steady: %w", a.name, err)
		}
	}
	print(all, *inits, *steady)
	return nil
}

func print(all []*area, inits, steady int) {
	fmt.Printf("\n%s, %s/%s, %s; each process %s, GOMAXPROCS=%s; %d starts, %d invocations, medians.\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, time.Now().UTC().Format(time.DateOnly), pinned, processors, inits, steady)
	fmt.Printf("Goals: INIT ≤ %.1f × hello, zip ≤ %.0f MB, but for console (9), inspections and workers (5.5). MB are 10⁶ bytes.\n\n", initGoal, zipGoal/1e6)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	fmt.Fprintln(w, "| area\t| function\t| INIT ms\t| × hello\t| CPU ms\t| first invoke ms\t| p50 ms\t| p99 ms\t| RSS MB\t| peak MB\t| binary MB\t| zip MB\t| goals\t|")
	fmt.Fprintln(w, "|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|")
	hello := all[0].inits.quantile(50)
	for _, a := range all {
		ratio := float64(a.inits.quantile(50)) / float64(hello)
		fmt.Fprintf(w, "| %s\t| %s\t| %s\t| %.2f\t| %s\t| %s\t| %s\t| %s\t| %.1f\t| %.1f\t| %.2f\t| %.2f\t| %s %s\t|\n",
			a.name, a.function, ms(a.inits.quantile(50)), ratio, ms(a.used.quantile(50)), ms(a.firsts.quantile(50)),
			ms(a.steady.quantile(50)), ms(a.steady.quantile(99)), float64(a.rss)/1e6, float64(a.peak)/1e6,
			float64(a.binary)/1e6, float64(a.zip)/1e6, mark(ratio <= initGoal), mark(a.zip <= zipMost(a.name)))
	}
	w.Flush()
}

func mark(kept bool) string {
	if kept {
		return "✓"
	}
	return "✗"
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d)/float64(time.Millisecond)) }
