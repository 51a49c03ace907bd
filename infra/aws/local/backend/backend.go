// Package backend lets a host stand on the services of AWS, at an emulator: the
// AWS adapters behind the ports, and package source in the place of what wakes
// Lambdas. The mappings are those of template.yaml; the functions are called
// through the code of their bootstraps.
//
// It promises what the adapters promise. On a test clock everything that waits
// waits by that clock: what SQS would delay or hide by the real one is held here,
// and nothing is removed for being old.
package backend

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	s3client "github.com/aws/aws-sdk-go-v2/service/s3"
	sfnclient "github.com/aws/aws-sdk-go-v2/service/sfn"
	sqsclient "github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/functions"
	"motorpool/infra/aws/lambda"
	"motorpool/infra/aws/local/deploy"
	"motorpool/infra/aws/local/source"
	"motorpool/infra/machine/host"
	"motorpool/shared/app"
	"motorpool/shared/blob/s3"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/secrets/kms"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/timeline/sfn"
	"motorpool/shared/webhook"
)

// Backend is a host.Backend on what deploy.Run has made.
type Backend struct {
	clients deploy.Clients
	stack   *deploy.Stack
	ports   app.Ports
	urls    map[string]string // of app.Queues
	log     *slog.Logger

	Stream  *source.Stream
	Queues  map[string]*source.Queue // by the names of app.Queues
	Machine *source.Machine

	functions atomic.Pointer[lambda.Local] // once there is a host
	host      atomic.Pointer[host.Host]
}

var _ host.Backend = (*Backend)(nil)

// Open makes what is not there yet, as deploy.Run does, and reads nothing before
// a host asks for its loops. It is what host.Config.Backend wants.
func Open(ctx context.Context, c deploy.Clients, o deploy.Options, log *slog.Logger) func(*host.Clock) (host.Backend, error) {
	return func(clock *host.Clock) (host.Backend, error) { return New(ctx, c, o, clock, log) }
}

// New is Open for who wants to look at the sources.
func New(ctx context.Context, c deploy.Clients, o deploy.Options, clock *host.Clock, log *slog.Logger) (*Backend, error) {
	o.Frozen = clock.Frozen()
	stack, err := deploy.Run(ctx, c, o)
	if err != nil {
		return nil, err
	}
	now, cfg := clock.Now, stack.Config
	b := &Backend{
		clients: c, stack: stack, log: log, Queues: map[string]*source.Queue{},
		urls: map[string]string{"deliveries": cfg.Deliveries, "jobs": cfg.Jobs, "letters": cfg.Letters},
	}
	w := source.World{Invoke: b.invoke, Now: now, Frozen: clock.Frozen(), Notes: dynamo.New(c.DynamoDB, stack.Notes, time.Now), Log: log}
	if err := b.sources(ctx, w); err != nil {
		return nil, err
	}
	sqsOf, sfnOf := func() *sqsclient.Client { return c.SQS }, func() *sfnclient.Client { return c.SFN }
	b.ports = app.Ports{
		Table:      told{table.Riding{Table: dynamo.New(c.DynamoDB, cfg.Table, now)}, app.Feeds, b.Stream.Ask},
		Deliveries: sent{sqs.New(sqsOf, cfg.Deliveries), b.Queues["deliveries"], clock.Frozen()},
		Jobs:       sent{sqs.New(sqsOf, cfg.Jobs), b.Queues["jobs"], clock.Frozen()},
		Letters:    sent{sqs.New(sqsOf, cfg.Letters), b.Queues["letters"], clock.Frozen()},
		Timeline:   begun{sfn.New(sfnOf, cfg.Machine, webhook.Plan), b.Machine.Ask},
		Box:        kms.New(c.KMS, cfg.Key, now),
		Files:      s3.New(func() *s3client.Client { return c.S3 }, cfg.Files, now),
		FilesAt:    s3.Origin(aws.Config{BaseEndpoint: c.S3.Options().BaseEndpoint}, cfg.Files),
	}
	return b, nil
}

// sources are made of the mappings that the template declares.
func (b *Backend) sources(ctx context.Context, w source.World) (err error) {
	byARN := map[string]source.Function{}
	for _, f := range b.stack.Functions {
		to := source.Function{Name: f.Name, Timeout: f.Timeout}
		byARN[f.ARN] = to
		for _, e := range f.Events {
			if err := b.source(ctx, w, to, e); err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
		}
	}
	for _, name := range app.Queues {
		if b.Queues[name] == nil {
			return fmt.Errorf("the template has no mapping of the queue %s", name)
		}
	}
	if b.Stream == nil {
		return errors.New("the template has no mapping of the table's stream")
	}
	b.Machine, err = source.NewMachine(ctx, w, b.clients.SFN, b.stack.Config.Machine, byARN)
	return err
}

func (b *Backend) source(ctx context.Context, w source.World, f source.Function, e deploy.Event) (err error) {
	m := e.Properties
	if e.Type == "DynamoDB" {
		s := source.StreamMapping{
			Stream: b.stack.StreamARN, Function: f, BatchSize: m.BatchSize, Bisect: m.BisectBatchOnFunctionError,
			MaxAttempts: m.MaximumRetryAttempts, MaxAge: time.Duration(m.MaximumRecordAgeInSeconds) * time.Second,
			GiveUp: b.giveUp(b.stack.Queue(m.DestinationConfig.OnFailure.Destination)),
		}
		for _, p := range m.FilterCriteria.Filters {
			s.Patterns = append(s.Patterns, p.Pattern)
		}
		b.Stream, err = source.NewStream(w, b.clients.Streams, s)
		return err
	}
	url := b.stack.Queue(m.Queue)
	about, err := b.attributes(ctx, url)
	if err != nil {
		return err
	}
	for name, u := range b.urls {
		if u == url {
			b.Queues[name] = source.NewQueue(w, b.clients.SQS, source.QueueMapping{
				URL: url, ARN: m.Queue, Function: f, BatchSize: int(m.BatchSize), AtOnce: m.ScalingConfig.MaximumConcurrency,
				Visibility: time.Duration(about(types.QueueAttributeNameVisibilityTimeout)) * time.Second,
			})
			return nil
		}
	}
	return fmt.Errorf("%s is no queue of the product", m.Queue)
}

// giveUp sends what a stream's function could not do to where the template says.
func (b *Backend) giveUp(url string) func(context.Context, json.RawMessage) error {
	return func(ctx context.Context, about json.RawMessage) error {
		_, err := b.clients.SQS.SendMessage(ctx, &sqsclient.SendMessageInput{QueueUrl: &url, MessageBody: aws.String(string(about))})
		return err
	}
}

func (b *Backend) invoke(ctx context.Context, name string, event json.RawMessage) (json.RawMessage, error) {
	answer, err := b.functions.Load().Invoke(ctx, name, event)
	if sfn.Planned(err) {
		b.host.Load().Count(name, nil)
	} else {
		b.host.Load().Count(name, err)
	}
	return answer, err
}

// Ports are the AWS adapters; what is written through them, the sources look for
// at once.
func (b *Backend) Ports() app.Ports { return b.ports }

// Loops are the sources.
func (b *Backend) Loops(h *host.Host) []func(context.Context) {
	area := lambda.Area{Streams: functions.Streams(), Consumers: functions.Consumers(), Batch: sqs.Batch, Answer: sfn.Answer}
	for _, a := range functions.Areas {
		area.Steps = append(area.Steps, a.Steps...)
	}
	b.functions.Store(lambda.NewLocal(area, h.App, h.Now, b.log))
	b.host.Store(h)
	loops := []func(context.Context){b.Stream.Serve, b.Machine.Serve}
	for _, q := range b.Queues {
		loops = append(loops, q.Serve)
	}
	return loops
}

// Sources are all there is, in the order in which work flows.
func (b *Backend) Sources() []host.Source {
	all := []host.Source{b.Stream}
	for _, name := range app.Queues {
		all = append(all, b.Queues[name])
	}
	return append(all, b.Machine)
}

// Ask makes every source look again before Settle believes that it rests: for
// who has written or sent something past the ports.
func (b *Backend) Ask() {
	b.Stream.Ask()
	for _, q := range b.Queues {
		q.Ask()
	}
	b.Machine.Ask()
}

// Depth asks SQS. What it does not say counts as zero.
func (b *Backend) Depth(name string) (d host.Depth) {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	if about, err := b.attributes(ctx, b.urls[name]); err == nil {
		d.Ready = about(types.QueueAttributeNameApproximateNumberOfMessages)
		d.Delayed = about(types.QueueAttributeNameApproximateNumberOfMessagesDelayed)
		d.InFlight = about(types.QueueAttributeNameApproximateNumberOfMessagesNotVisible)
	}
	if about, err := b.attributes(ctx, b.stack.Dead[b.urls[name]]); err == nil {
		d.Dead = about(types.QueueAttributeNameApproximateNumberOfMessages)
	}
	return d
}

func (b *Backend) attributes(ctx context.Context, url string) (func(types.QueueAttributeName) int, error) {
	out, err := b.clients.SQS.GetQueueAttributes(ctx, &sqsclient.GetQueueAttributesInput{
		QueueUrl: &url, AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameAll},
	})
	if err != nil {
		return nil, err
	}
	return func(name types.QueueAttributeName) int {
		n, _ := strconv.Atoi(out.Attributes[string(name)])
		return n
	}, nil
}

// Close ends the interpreter of the state machine. What was made stays.
func (b *Backend) Close() error { return b.Machine.Close() }
