package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/functions"
	"motorpool/infra/emulators"
)

const root = "../../.."

var update = flag.Bool("update", false, "write README.md for the prices, the template and the model as they are now")

// measured is what measured.json says.
func measured(t *testing.T) (all []Pattern) {
	t.Helper()
	if err := json.Unmarshal(measuredFile, &all); err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	return all
}

// TestWhatOneDeliveryConsumes measures every pattern anew. A change that adds a
// read or a write to one is seen here; go run ./infra/aws/cost -write accepts it.
func TestWhatOneDeliveryConsumes(t *testing.T) {
	at := endpoints{emulators.DynamoDB(t), emulators.AWS(t)}
	all, err := measure(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, p := range measured(t) {
		want[p.Name] = p.Use.String()
	}
	for _, p := range all {
		if got := p.Use.String(); got != want[p.Name] {
			t.Errorf("%s\n got %s\nwant %s", p.Name, got, want[p.Name])
		}
		delete(want, p.Name)
	}
	if len(want) > 0 {
		t.Errorf("no longer measured: %v", slices.Sorted(maps.Keys(want)))
	}
}

func known(t *testing.T) estimate {
	t.Helper()
	e, err := newEstimate(root, measured(t))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTheGoalsAreMet(t *testing.T) {
	t.Parallel()
	e := known(t)
	for _, tt := range []struct{ failing, goal float64 }{{0, 1.65}, {0.02, 6.50}} {
		if got := e.made(e.million("", tt.failing)); got > tt.goal || got < tt.goal/3 {
			t.Errorf("a million deliveries of which %g %% fail cost %.2f to make, want at most %.2f", 100*tt.failing, got, tt.goal)
		}
	}
	if e.failing > 8 || e.failing < 7 || e.second < 2 {
		t.Errorf("%g transitions of a failing run, and %g of one that succeeds at once; want at most 8", e.failing, e.second)
	}
	if e.deliverBatch != 10 || e.queues != 3 || len(e.ticks) != len(functions.Ticks()) || e.ticks["ticks.remind"] < 700 || e.logDays < 1 {
		t.Errorf("the template says %.0f messages, %.0f queues, %v, %.0f days of logs", e.deliverBatch, e.queues, e.ticks, e.logDays)
	}
}

func TestADeliveryThatSucceedsIsWrittenOnce(t *testing.T) {
	t.Parallel()
	e := known(t)
	for name, want := range map[string]Use{
		publishTen: {Writes: 0, Reads: 2, SQS: 1}, deliverTen: {Writes: 10, Reads: 12}, deliverFan: {Writes: 10, Reads: 21}, deliverOne: {Writes: 1, Reads: 3},
	} {
		u := e.pattern(name).Use
		if u.Writes != want.Writes || u.Reads > want.Reads || u.SQS != want.SQS || u.KMS > 0 || u.Starts > 0 {
			t.Errorf("%s: %v, want no more than %v", name, u, want)
		}
	}
}

func TestThePageIsFresh(t *testing.T) {
	t.Parallel()
	want, err := render(root, measured(t))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile("README.md"); err != nil || string(got) != want {
		t.Errorf("README.md is not what prices.json, measured.json, model.go and template.yaml make of it (%v): go test ./infra/aws/cost -update", err)
	}
}

// Every price says where it is from, when it was looked up and how far to trust it.
func TestEveryPriceHasASource(t *testing.T) {
	t.Parallel()
	e := known(t)
	for name, p := range e.prices {
		u, err := url.Parse(p.Source)
		if _, day := time.Parse(time.DateOnly, p.On); day != nil || err != nil || u.Scheme != "https" || p.USD <= 0 || p.Per < 1 || p.Unit == "" || p.How == "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
	use, fixed := e.fleet()
	for _, b := range []Bill{e.million("", 0.02), use, fixed, e.trackers()} {
		for _, l := range b.Lines {
			if e.prices[l.Price].USD == 0 {
				t.Errorf("there is no price %q", l.Price)
			}
		}
	}
	if text := e.report(measured(t)); strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Error("the page has a number that is none")
	}
}

// TestTheDeployPageCountsTheSameAlarms: a test of the stack holds that page to
// the alarms that are made.
func TestTheDeployPageCountsTheSameAlarms(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../README.md")
	if said := fmt.Sprintf("which read %.0f metrics at $0.10", alarms); err != nil || !strings.Contains(string(text), said) {
		t.Errorf("the deploy page does not say: %s (%v)", said, err)
	}
}

func TestMixesAreWholes(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]map[string]float64{"the calls": mix, "the pages": usage.each} {
		sum := 0.0
		for _, share := range m {
			sum += share
		}
		if sum != 100 && sum < 0.999 || sum > 100 {
			t.Errorf("%s add up to %g", name, sum)
		}
	}
}
