// Package lambda is every Lambda of the product. Each area is one binary; AWS
// starts it with the name of one function in _HANDLER, and it is that function
// until it stops.
//
// The package turns what API Gateway, SQS, DynamoDB streams, Step Functions and
// EventBridge Scheduler send into the calls that package api describes, and
// puts the AWS adapters behind the ports. It promises that a name it does not
// know, or an environment that lacks something, ends the process at its start
// with a message that says which. What a call means is left to functions.
package lambda

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	awslambda "github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"

	"motorpool/shared/api"
	"motorpool/shared/app"
	"motorpool/shared/blob"
	"motorpool/shared/config"
	"motorpool/shared/inspection"
	"motorpool/shared/mail"
	"motorpool/shared/picture"
	"motorpool/shared/queue"
	"motorpool/shared/secrets"
	"motorpool/shared/timeline"
)

// An Area is the functions of one folder, as its lists name them, and what they
// stand on beside the table. A binary has in it, and prepares at every start,
// what its area names and no more.
type Area struct {
	Routes    []api.Route
	Streams   []api.Stream
	Consumers []api.Consumer
	Steps     []api.Step
	Ticks     []api.Tick
	ErrorPage func(http.ResponseWriter, *http.Request, *api.Problem) // as in api.Edge
	Docs      bool                                                   // ReadDocs is one of them

	Box      func(cfg aws.Config, key string, now func() time.Time) secrets.Box            // kms.Open, to seal and open secrets and kept answers
	Files    func(cfg aws.Config, bucket string, now func() time.Time) blob.Store          // s3.Open, to read and write files; s3.OpenLinks, to hand out links
	Studio   func() picture.Studio                                                         // plain.Open, to check pictures
	Print    inspection.Printer                                                            // paper.Print, to make reports
	Queue    func(cfg aws.Config, url string) queue.Queue                                  // sqs.Open, to send
	Mail     func(cfg aws.Config, now func() time.Time) mail.Mailer                        // ses.Open, to send letters
	Timeline func(cfg aws.Config, machineARN string, plan timeline.Plan) timeline.Timeline // sfn.Open, to begin retries
	Batch    func(queue.Handler) consumption                                               // sqs.Batch, for Consumers
	Answer   func(next timeline.Next, plan timeline.Plan) (any, error)                     // sfn.Answer, for Steps
}

type (
	sqsEvent    = events.SQSEvent
	sqsResponse = events.SQSEventResponse

	// consumption works a batch, and says which of its messages failed.
	consumption = func(context.Context, sqsEvent) (sqsResponse, error)
)

// The functions that are in no list of package functions, because they say
// something about the lists, or stand before them.
const (
	CheckKey = "authorizer.check_key" // the Lambda authorizer: nobody but API Gateway calls it
	ReadDocs = "docs.read"            // /docs, /openapi.json, /openapi.yaml and /healthz
	LetIn    = "operator.let_in"      // the first workspace and a sign-in link; called by hand
)

// Start is the function of area that _HANDLER names. It returns only by ending
// the process.
func Start(area Area) {
	p := &product{area: area, getenv: os.Getenv, now: time.Now, out: os.Stdout, log: slog.New(slog.NewJSONHandler(os.Stderr, nil))}
	err := p.load()
	if err != nil {
		p.log.Error("the environment is not complete", "error", err.Error())
		os.Exit(1)
	}
	f, err := area.function(p, p.getenv("_HANDLER"))
	if err != nil {
		p.log.Error(err.Error())
		os.Exit(1)
	}
	awslambda.Start(f)
}

// load reads the environment, and logs from then on as it says.
func (p *product) load() (err error) {
	if p.cfg, err = config.Load(p.getenv); err != nil {
		return err
	}
	p.log = slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: p.cfg.Level}))
	slog.SetDefault(p.log) // for what adapters log
	return nil
}

// function is the function that name names, ready to be called.
func (a Area) function(p *product, name string) (any, error) {
	if len(a.Consumers) > 0 && a.Batch == nil || len(a.Steps) > 0 && a.Answer == nil {
		return nil, errors.New("an area with consumers needs a Batch, one with steps an Answer; say so in its main.go")
	}
	if name == CheckKey {
		return p.checkKey, nil
	}
	if name == LetIn {
		return p.letIn, nil
	}
	if name == ReadDocs && a.Docs {
		return p.readDocs(os.DirFS(p.getenv("LAMBDA_TASK_ROOT"))), nil
	}
	if own := a.answeredBy(name); len(own) > 0 {
		return p.route(own, a.ErrorPage), nil
	}
	for _, s := range a.Streams {
		if s.Name == name {
			return p.stream(s), nil
		}
	}
	for _, c := range a.Consumers {
		if c.Name == name {
			return p.consumer(c, a.Batch), nil
		}
	}
	for _, s := range a.Steps {
		if s.Name == name {
			return p.step(s, a.Answer), nil
		}
	}
	for _, t := range a.Ticks {
		if t.Name == name {
			return p.tick(t), nil
		}
	}
	return nil, fmt.Errorf("there is no function named %q in this area; _HANDLER must name one", name)
}

// answeredBy are the routes that a function answers; the rest of its area is
// nothing to it.
func (a Area) answeredBy(name string) (own []api.Route) {
	for _, r := range a.Routes {
		if r.Function() == name {
			own = append(own, r)
		}
	}
	return own
}

// A product is one Lambda's copy of the product, wired when it is first needed.
type product struct {
	area   Area // whose ports it has
	cfg    config.Config
	getenv func(string) string
	now    func() time.Time
	log    *slog.Logger
	out    io.Writer // where metrics go; nil: nowhere

	once  sync.Once
	app   *app.App
	meter *emf
}

// at is the product as the world finds it at base. Functions behind an API
// learn base with each request; all requests of one deployment tell the same.
func (p *product) at(base string) *app.App {
	p.once.Do(func() {
		if base == "" {
			base = p.cfg.Base
		}
		p.meter = &emf{out: p.out, now: p.now, stage: p.cfg.Stage}
		p.app = p.wire(base)
	})
	return p.app
}

// counted writes what an invocation counted, at its end. No request counts
// anything: work that no request asked for does.
func (p *product) counted() {
	if p.meter != nil {
		p.meter.flush()
	}
}

// job is the call of work that no request asked for.
func (p *product) job() *api.Job { return &api.Job{App: p.at(""), Now: p.now().UTC()} }
