// Command plant puts the seed's world into a table, so that
// events/invoke/*.json speak of things that are there. It reads the environment
// that a function gets (TABLE, KEY, DELIVERIES_QUEUE, JOBS_QUEUE, RETRY_MACHINE
// and AWS's own) and insists on AWS_ENDPOINT_URL: the world's keys are known to
// everybody, and have no business in an account.
//
// It writes template.local.yaml: template.yaml with that environment in it, for
// "sam local invoke -t template.local.yaml". SAM has a way to set variables, but
// only those that the template names, and AWS_ENDPOINT_URL is not among them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"os"
	"os/signal"
	"time"

	"motorpool/infra/aws/lambda"
	"motorpool/infra/aws/seed"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
	"motorpool/shared/timeline/sfn"
)

// names are the variables that functions read. AWS_REGION and credentials SAM
// takes from the shell.
var names = []string{
	"TABLE", "KEY", "DELIVERIES_QUEUE", "JOBS_QUEUE", "RETRY_MACHINE", "BASE_URL", "LOG_LEVEL", "ALLOW_PRIVATE_TARGETS",
	"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_DYNAMODB",
}

func main() {
	log.SetFlags(0)
	receiver := flag.String("receiver", "", "where the endpoints point that answer; empty: a host that is not there")
	from := flag.String("template", "template.yaml", "what is deployed")
	to := flag.String("o", "template.local.yaml", "where to write what SAM runs, beside the template")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := plant(ctx, os.Getenv, *receiver)
	if err == nil {
		err = write(os.Getenv, *from, *to)
	}
	if err != nil {
		stop()
		log.Fatal("plant: ", err)
	}
}

// plant makes the world on what getenv names.
func plant(ctx context.Context, getenv func(string) string, receiver string) error {
	if getenv("AWS_ENDPOINT_URL") == "" {
		return errors.New("set AWS_ENDPOINT_URL: this is for LocalStack, moto and their like, not for an account")
	}
	area := lambda.Area{Box: kms.Open, Queue: sqs.Open, Timeline: sfn.Open}
	p, err := lambda.Ports(area, getenv, time.Now, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	if err != nil {
		return err
	}
	w, err := seed.Plant(ctx, p, time.Now(), receiver)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "planted %s (%s); API key %s\n", w.Workspace.Name, w.Workspace.ID, w.Key)
	return nil
}
