// Command cost computes what the product costs on AWS: a million deliveries, a
// million calls of the API, a month of a thousand vehicles.
//
// It lets the real services work on DynamoDB Local and moto behind a meter that
// sees every call of the SDK, reads memory, batches and schedules from
// template.yaml, plays the state machine for its transitions, and multiplies by
// prices.json. What neither code nor template can tell is in model.go. Free
// tiers, taxes and support are left out.
//
//	go run ./infra/aws/cost          measure, and print the page
//	go run ./infra/aws/cost -write   … and write it to README.md, with what was measured to measured.json
package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"motorpool/infra/emulators"
)

//go:embed measured.json
var measuredFile []byte

const here = "infra/aws/cost"

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	write := flag.Bool("write", false, "write README.md and measured.json")
	flag.Parse()
	var at endpoints
	var err error
	if at.dynamodb, err = emulators.StartDynamoDB(); err != nil {
		return err
	}
	if at.others, err = emulators.StartAWS(); err != nil {
		return err
	}
	all, err := measure(ctx, at)
	if err != nil {
		return err
	}
	text, err := render(".", all)
	if err != nil {
		return err
	}
	fmt.Print(text)
	if !*write {
		return nil
	}
	data, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(here, "measured.json"), append(data, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(here, "README.md"), []byte(text), 0o644)
}

// render makes the page of what was measured, with the deployment below root.
func render(root string, all []Pattern) (string, error) {
	e, err := newEstimate(root, all)
	if err != nil {
		return "", err
	}
	return introduction + e.report(all), nil
}

func newEstimate(root string, all []Pattern) (e estimate, err error) {
	if e.prices, err = readPrices(); err != nil {
		return e, err
	}
	e.patterns = map[string]Pattern{}
	for _, p := range all {
		e.patterns[p.Name] = p
	}
	e.facts, err = readFacts(root)
	return e, err
}

const introduction = `<!-- Written by go run ./infra/aws/cost -write; a test says when it is stale. -->
# What it costs on AWS

Computed from what the code was measured to use (` + "`measured.json`" + `, on DynamoDB Local and moto), from ` + "`template.yaml`" + ` and the state machine, from the assumptions in
` + "`model.go`" + ` and the list prices of us-east-1 in ` + "`prices.json`" + `, many of which are from memory and say so: check those that matter against their pages. Free tiers, taxes
and support plans are left out. Processor time was measured on an x86 machine that did other work too, and stretched to the share of a processor that Lambda
gives; receivers are taken to answer after 200 ms. Transactions are counted by AWS's rule, because DynamoDB Local adds up their items before it rounds.
**To make** is everything up to the last attempt; **to keep** is the storage of what is left, with point-in-time recovery, and of the logs.
`
