package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

//go:embed prices.json
var pricesFile []byte

// A Price is what one company asked on a day.
type Price struct {
	USD    float64 `json:"usd"`
	Per    float64 `json:"per"`
	Unit   string  `json:"unit"`
	Region string  `json:"region"`
	Source string  `json:"source"`
	On     string  `json:"on"`  // the day on which it was looked up
	How    string  `json:"how"` // how far it can be trusted
}

func readPrices() (all map[string]Price, err error) { return all, json.Unmarshal(pricesFile, &all) }

// A Line is one item of a bill.
type Line struct {
	Price    string // its name in prices.json
	Quantity float64
}

// A Bill is what something costs.
type Bill struct {
	Name  string
	Lines []Line
}

func (b *Bill) add(price string, quantity float64) {
	i := slices.IndexFunc(b.Lines, func(l Line) bool { return l.Price == price })
	if i < 0 {
		b.Lines = append(b.Lines, Line{Price: price})
		i = len(b.Lines) - 1
	}
	b.Lines[i].Quantity += quantity
}

// times adds n of another bill.
func (b *Bill) times(n float64, other Bill) {
	for _, l := range other.Lines {
		b.add(l.Price, n*l.Quantity)
	}
}

// An estimate is all that a bill is computed from.
type estimate struct {
	facts
	prices   map[string]Price
	patterns map[string]Pattern
}

func (e estimate) usd(b Bill, only ...string) (sum float64) {
	for _, l := range b.Lines {
		if p := e.prices[l.Price]; len(only) == 0 || slices.Contains(only, l.Price) {
			sum += l.Quantity * p.USD / p.Per
		}
	}
	return sum
}

// keeping are the prices of what is kept after the work is done.
var keeping = []string{"dynamodb.storage", "dynamodb.pitr", "logs.storage"}

func (e estimate) kept(b Bill) float64 { return e.usd(b, keeping...) }

func (e estimate) made(b Bill) float64 { return e.usd(b) - e.kept(b) }

func (e estimate) pattern(name string) Pattern {
	p, is := e.patterns[name]
	if !is {
		panic(fmt.Sprintf("there is no pattern %q", name))
	}
	return p
}

// used is the bill of a pattern without Lambda: what it consumes and keeps for days.
func (e estimate) used(name string, days float64) (b Bill) {
	p := e.pattern(name)
	b.add("dynamodb.write", p.Use.Writes)
	b.add("dynamodb.read", p.Use.Reads)
	b.add("sqs.requests", p.Use.SQS)
	b.add("kms.requests", p.Use.KMS)
	b.add("transfer.out", p.Sent/1e9)
	kept := max(p.Stored, 0) / 1e9 * days / month
	b.add("dynamodb.storage", kept)
	b.add("dynamodb.pitr", kept)
	return b
}

// invoked is the bill of one invocation of a function that waits for others for
// some milliseconds and logs some bytes in lines.
func (e estimate) invoked(function string, cpu time.Duration, waits, logged, lines float64) (b Bill) {
	memory := e.memory[function]
	if memory == 0 {
		panic(fmt.Sprintf("%s has no function %s", templateFile, function))
	}
	busy := cpu.Seconds() * max(1, fullCPU/memory)
	b.add("lambda.requests", 1)
	b.add("lambda.duration", (waits/1000+busy)*memory/1024)
	if e.platformLog {
		logged, lines = logged+620, lines+2 // platform.start and platform.report
	}
	b.log(logged, lines, e.logMonths())
	b.add("xray.traces", traced)
	return b
}

func (b *Bill) log(bytes, lines, months float64) {
	gb := (bytes + lineExtra*lines) / 1e9
	b.add("logs.ingested", gb)
	b.add("logs.storage", gb*compressed*months)
}

// call is one request to the API or one page of the console.
func (e estimate) call(name, function string) (b Bill) {
	p := e.pattern(name)
	b.times(1, e.used(name, retention))
	waits := 0.0
	for _, n := range p.Use.Calls {
		waits += databaseMS * float64(n) // at the worst one after the other
	}
	b.times(1, e.invoked(function, p.CPU, waits, p.Use.Logged, 1))
	b.add("api.requests", 1)
	b.log(accessLine, 1, e.logMonths())
	return b
}

// apiCall is a call with its share of the authorizer.
func (e estimate) apiCall(name string) Bill {
	b := e.call(name, functionOf[name])
	key := e.pattern(checkKey)
	b.times(1/keyEvery, e.used(checkKey, 0))
	b.times(1/keyEvery, e.invoked("authorizer.check_key", key.CPU, 3*databaseMS, 0, 0))
	return b
}

var functionOf = map[string]string{
	getAsset: "fleet.get_asset", listAssets: "fleet.list_assets", getHistory: "fleet.list_asset_history", listEvents: "webhooks.list_events",
	listDelivered: "webhooks.list_deliveries", getDelivery: "webhooks.get_delivery", editAsset: "fleet.edit_asset", createAsset: "fleet.create_asset",
	createOnce: "fleet.create_asset", recordReading: "odometer.record_reading", ingest: "tracking.ingest_readings", publishCustom: "webhooks.publish_event",
	pageHome: "console.home", pageAssets: "console.asset", pageAsset: "console.asset", pageEndpoint: "console.endpoint", pageDelivery: "console.delivery",
}
