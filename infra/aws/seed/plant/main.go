// Command plant puts the seed's world into what template.yaml declares, at
// AWS_ENDPOINT_URL, so that events/invoke/*.json speak of things that are there.
// What is not there yet it makes, as make aws-local does and by the same names.
// It refuses AWS itself: the world's keys are known to everybody.
//
// It writes template.local.yaml: template.yaml with the environment of what was
// made, for "sam local invoke -t template.local.yaml". SAM has a way to set
// variables, but only those that the template names, and AWS_ENDPOINT_URL is not
// among them.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"strconv"
	"time"

	"motorpool/infra/aws/lambda"
	"motorpool/infra/aws/local/deploy"
	"motorpool/infra/aws/seed"
	"motorpool/shared/blob/s3"
	"motorpool/shared/inspection/paper"
	"motorpool/shared/picture/plain"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
	"motorpool/shared/timeline/sfn"
)

func main() {
	log.SetFlags(0)
	var o options
	flag.StringVar(&o.template, "template", "template.yaml", "what to make at the endpoint")
	flag.StringVar(&o.stack, "stack", "motorpool-local", "goes before the name of everything that is made")
	flag.StringVar(&o.out, "o", "template.local.yaml", "where to write what SAM runs, beside the template")
	flag.StringVar(&o.receiver, "receiver", "", "where the endpoints point that answer; empty: a host that is not there")
	flag.BoolVar(&o.private, "allow-private-targets", false, "let webhooks go to loopback and private addresses")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := plant(ctx, os.Getenv, o); err != nil {
		stop()
		log.Fatal("plant: ", err)
	}
}

// options is what the flags say.
type options struct {
	template, stack, out, receiver string
	private                        bool
}

// plant makes, plants and writes.
func plant(ctx context.Context, getenv func(string) string, o options) error {
	clients, err := deploy.Connect(ctx, getenv)
	if err != nil {
		return err
	}
	say := func(format string, a ...any) { fmt.Fprintf(os.Stderr, format, a...) }
	made, err := deploy.Run(ctx, clients, deploy.Options{Template: o.template, Stack: o.stack, Say: say})
	if err != nil {
		return err
	}
	env := environment(made, getenv, o)
	area := lambda.Area{Box: kms.Open, Files: s3.Open, Studio: plain.Open, Print: paper.Print, Queue: sqs.Open, Timeline: sfn.Open}
	p, err := lambda.Ports(area, env, time.Now, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	if err != nil {
		return err
	}
	w, err := seed.Plant(ctx, p, time.Now(), o.receiver)
	if err != nil {
		return err
	}
	say("planted %s, %s; its API key is %s\n", w.Workspace.Name, w.Workspace.ID, w.Key)
	return write(env, o.template, o.out)
}

// names are the variables that functions read. AWS_REGION and credentials SAM
// takes from the shell.
var names = []string{
	"TABLE", "KEY", "DELIVERIES_QUEUE", "JOBS_QUEUE", "LETTERS_QUEUE", "FILES_BUCKET", "MAIL_FROM", "RETRY_MACHINE", "BASE_URL", "ALLOW_PRIVATE_TARGETS", "AWS_ENDPOINT_URL",
	"AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_KMS", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_SFN", "AWS_ENDPOINT_URL_SQS",
}

// environment is a function's: what was made, and for the rest what getenv says.
func environment(made *deploy.Stack, getenv func(string) string, o options) func(string) string {
	c := made.Config
	told := map[string]string{
		"AWS_REGION": c.Region, "TABLE": c.Table, "KEY": c.Key, "DELIVERIES_QUEUE": c.Deliveries, "JOBS_QUEUE": c.Jobs, "LETTERS_QUEUE": c.Letters, "FILES_BUCKET": c.Files, "MAIL_FROM": c.MailFrom, "RETRY_MACHINE": c.Machine,
		"BASE_URL": seed.Base, "ALLOW_PRIVATE_TARGETS": strconv.FormatBool(o.private),
		"AWS_ACCESS_KEY_ID": cmp.Or(getenv("AWS_ACCESS_KEY_ID"), "emulator"), "AWS_SECRET_ACCESS_KEY": cmp.Or(getenv("AWS_SECRET_ACCESS_KEY"), "emulator"),
	}
	return func(name string) string { return cmp.Or(told[name], getenv(name)) }
}
