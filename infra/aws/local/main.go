// Command local is the product on the services of AWS, at an emulator: the HTTP
// edge, the workers and the schedules in this process, everything that rests or
// waits at AWS_ENDPOINT_URL, made there from template.yaml.
//
//	AWS_ENDPOINT_URL=http://127.0.0.1:4566 go run ./infra/aws/local -demo
//	go run ./infra/aws/local -demo -emulators
//
// What is stored lives as long as the emulator. It refuses to run on AWS. Node
// and aws-local-stepfunctions (.ci/setup) play the state machine wherever the
// executions are kept.
//
// Seen working: DynamoDB Local 3.1.0 with moto 5.2.5, which the tests run on, and
// with LocalStack 4.9.2 for SQS, KMS and Step Functions, by hand and in host mode
// (Python 3.11, no Docker: python -m localstack.runtime.main; LocalStack plays
// the state machine too, but finds no functions to call, which changes nothing).
// Seen failing: LocalStack 4.4.0, whose standard queues refuse message groups.
// Not tried: LocalStack's own DynamoDB, its Docker image, and 2026.3, which wants
// a newer Python.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	_ "time/tzdata" // where the system has no time zones

	"motorpool/infra/aws/local/backend"
	"motorpool/infra/aws/local/deploy"
	"motorpool/infra/emulators"
	"motorpool/infra/machine/host"
	"motorpool/infra/machine/welcome"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "aws-local:", err)
		os.Exit(1)
	}
}

// options is what the flags say beyond those that every host has.
type options struct {
	welcome.Flags
	template, stack string
	emulators       bool
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	f := flag.NewFlagSet("aws-local", flag.ContinueOnError)
	f.SetOutput(stderr)
	o.Define(f, filepath.Join("data", "aws-local"), "directory that keeps the API key of -demo; nothing else is kept here")
	f.StringVar(&o.template, "template", "template.yaml", "what to make at the endpoint")
	f.StringVar(&o.stack, "stack", "motorpool-local", "goes before the name of everything that is made")
	f.BoolVar(&o.emulators, "emulators", false, "if no AWS_ENDPOINT_URL is set, start DynamoDB Local and moto, which .ci/setup installs")
	return o, welcome.Parse(f, args)
}

func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	cfg, err := o.Host(stderr)
	if err != nil {
		return err
	}
	clients, err := connect(ctx, o, getenv, stdout)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "\n  %s at %s\n\n", o.template, clients.Where)
	cfg.Backend = backend.Open(ctx, clients, deploy.Options{
		Template: o.template, Stack: o.stack, Say: func(format string, a ...any) { fmt.Fprintf(stdout, format, a...) },
	}, cfg.Log)
	h, err := host.Open(cfg)
	if err != nil {
		return err
	}
	return welcome.Serve(ctx, h, o.Options, stdout)
}

// connect finds the emulator, or starts those that the tests run on.
func connect(ctx context.Context, o options, getenv func(string) string, stdout io.Writer) (deploy.Clients, error) {
	c, err := deploy.Connect(ctx, getenv)
	if !errors.Is(err, deploy.ErrNoEndpoint) {
		return c, err
	}
	if !o.emulators {
		return c, fmt.Errorf("%w.%s", err, howto)
	}
	fmt.Fprintln(stdout, "\n  Starting DynamoDB Local and moto; what they store ends with this process.")
	started, err := emulators.Start()
	if err != nil {
		return c, err
	}
	return deploy.Connect(ctx, func(name string) string { return cmp.Or(started[name], getenv(name)) })
}

const howto = ` Start an emulator and say where it is, for example:

  LocalStack          AWS_ENDPOINT_URL=http://127.0.0.1:4566
  moto                AWS_ENDPOINT_URL=http://127.0.0.1:5000    (moto_server -p 5000)
  DynamoDB Local      AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000, beside one of the above

or let DynamoDB Local and moto be started, which .ci/setup installs: make aws-local, or -emulators`
