// Command docs writes the site of the docs into a folder: "make build" puts it
// beside the bootstrap that serves it (infra/aws/lambda/docs). What was in the
// folder before is gone.
package main

import (
	"errors"
	"fmt"
	"os"

	"motorpool/functions/docs"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("name the folder to write into")
	}
	site, err := docs.Site()
	if err != nil {
		return err
	}
	if err := os.RemoveAll(args[0]); err != nil {
		return err
	}
	return site.Save(args[0])
}
