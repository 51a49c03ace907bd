// Command cost computes what the product costs on AWS.
package main

import (
	"context"
	"fmt"
	"os"

	"motorpool/infra/emulators"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var at endpoints
	var err error
	if at.dynamodb, err = emulators.StartDynamoDB(); err != nil {
		return err
	}
	if at.others, err = emulators.StartAWS(); err != nil {
		return err
	}
	all, err := measure(ctx, at)
	for _, p := range all {
		fmt.Printf("%-52s %s  cpu %v stored %g logged %g\n", p.Name, p.Use, p.CPU, p.Stored, p.Use.Logged)
	}
	return err
}
