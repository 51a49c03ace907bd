package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	lambdaevents "github.com/aws/aws-lambda-go/events"
	sqsservice "github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/functions/steps"
	"motorpool/functions/workers"
	"motorpool/shared/api"
	"motorpool/shared/apikey"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/table"
	"motorpool/shared/webhook"
)

// A Pattern is one kind of work as it was measured, once.
type Pattern struct {
	Name   string
	Use    Use
	CPU    time.Duration // of this process, the receiver's share included; differs each time
	Sent   float64       // bytes to the world: to receivers, TLS included, and as answers; differs a little
	Stored float64       // bytes that are kept afterwards and were not before; differs a little
}

var (
	plan       = webhook.Plan
	keyRequest = apikey.Request{Name: "Fleet sync"}
)

// The names of the patterns, by which bills refer to them.
const (
	createAsset   = "POST /v1/assets"
	createOnce    = "POST /v1/assets, with an Idempotency-Key"
	editAsset     = "PATCH /v1/assets/{id}"
	getAsset      = "GET /v1/assets/{id}"
	listAssets    = "GET /v1/assets (50 of them)"
	getHistory    = "GET /v1/assets/{id}/history"
	publishCustom = "POST /v1/events"
	listEvents    = "GET /v1/events (50 of them)"
	listDelivered = "GET /v1/webhook-deliveries (50 of them)"
	getDelivery   = "GET /v1/webhook-deliveries/{id}"
	checkKey      = "the authorizer looks up a key"
	pageHome      = "page: home"
	pageAssets    = "page: assets"
	pageAsset     = "page: one asset"
	pageEndpoint  = "page: one endpoint"
	pageDelivery  = "page: one delivery"
	publishOne    = "publish: 1 event to 1 endpoint"
	publishTen    = "publish: 10 events to 1 endpoint"
	publishFan    = "publish: 1 event to 10 endpoints"
	deliverTen    = "deliver: 10 to one endpoint"
	deliverFan    = "deliver: 10 to ten endpoints"
	deliverOne    = "deliver: 1 alone"
	deliverOpen   = "deliver: 1 alone, the endpoint's key not in memory"
	deliverFails  = "deliver: 10 to one endpoint, all fail"
	redeliver2    = "redeliver: attempt 2 succeeds"
	redeliver     = "redeliver: attempts 2 to 7 fail"
	recordReading = "POST /v1/assets/{id}/odometer/readings"
	ingest        = "POST /v1/tracking/readings (one trip)"
)

// tickOf names the pattern of a tick that finds nothing due.
func tickOf(function string) string { return "an hour of " + function }

// measure does all that a bill is made of.
func measure(ctx context.Context, at endpoints) (all []Pattern, err error) {
	for range 5 { // a busy machine loses an answer now and then, and what is asked again counts twice
		var torn bool
		if all, torn, err = measureOnce(ctx, at); !torn {
			return all, err
		}
	}
	return all, fmt.Errorf("cost: the emulators are too slow to measure by: each time a call got no answer (%v)", err)
}

func measureOnce(ctx context.Context, at endpoints) (all []Pattern, torn bool, err error) {
	r, err := newRig(ctx, at)
	if err != nil {
		return nil, false, err
	}
	defer r.close()
	s := &story{rig: r, ctx: ctx, seen: map[string]bool{}}
	defer func() { // what a pattern cannot go on from, it panics with
		p := recover()
		if bug, is := p.(runtime.Error); is {
			panic(bug)
		}
		if p != nil {
			torn, err = r.meter.torn, fmt.Errorf("cost: %v", p)
		}
	}()
	for _, part := range []func(){s.prepare, s.writes, s.deliveries, s.failures, s.reads, s.pages, s.records, s.ticks} {
		part()
	}
	return s.all, r.meter.torn, nil
}

// A story is a run of the patterns, in an order in which each finds what it needs.
type story struct {
	*rig
	ctx      context.Context
	all      []Pattern
	assets   []string
	category string
	home     string
	endpoint string
	seen     map[string]bool // events that were published
	answered float64         // bytes
}

// headBytes is about what the head of an answer has, and TLS adds.
const headBytes = 600

func (s *story) must(err error) {
	if err != nil {
		panic(err)
	}
}

// note measures do as one pattern. Caches have aged before it.
func (s *story) note(name string, do func()) {
	s.move(10 * time.Second)
	before, err := s.size(s.ctx)
	s.must(err)
	s.meter.take()
	began, sent := busy(), s.hook.heard.Load()
	s.answered = 0
	do()
	p := Pattern{Name: name, CPU: (busy() - began).Round(100 * time.Microsecond), Use: s.meter.take()}
	p.Sent = s.answered + float64(s.hook.heard.Load()-sent)
	after, err := s.size(s.ctx)
	s.must(err)
	p.Stored = after - before
	s.all = append(s.all, p)
}

// busy is how long this process has had a processor.
func busy() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// do sends a request to the product and wants a 2xx. It returns the id in the answer.
func (s *story) do(method, path, body string, headers ...string) string {
	q := httptest.NewRequestWithContext(s.ctx, method, path, strings.NewReader(body))
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	if !strings.HasPrefix(path, "/v1/") {
		q.AddCookie(&http.Cookie{Name: api.SessionCookieName, Value: s.cookie})
	}
	for i := 0; i+1 < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.edge.ServeHTTP(w, q)
	s.answered += float64(w.Body.Len()) + headBytes
	if w.Code/100 != 2 {
		panic(fmt.Sprintf("%s %s: %d %s", method, path, w.Code, w.Body))
	}
	var made struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(w.Body.Bytes(), &made) // a page has none
	return made.ID
}

// job is what a function is given that no request woke.
func (s *story) job() *api.Job { return &api.Job{App: s.App, Now: s.now().UTC()} }

// told returns the events that were stored and not yet published, as the stream
// hands them over: oldest first.
func (s *story) told() (batch []api.Record) {
	list, _, err := s.Events.List(s.ctx, s.actor.Workspace, outbox.Filter{}, "", 1000, s.now())
	s.must(err)
	for _, e := range slices.Backward(list) {
		if !s.seen[e.Ref] {
			s.seen[e.Ref] = true
			batch = append(batch, api.Record{PK: e.PK, SK: e.SK, Doc: e.Body})
		}
	}
	return batch
}

func (s *story) publish(batch []api.Record) {
	s.must(workers.PublishEvents.Handle(s.ctx, s.job(), batch))
}

// deliver is one invocation with what waits in the queue. What Lambda's poller
// does for it is counted by the bill, not here.
func (s *story) deliver() {
	got, err := s.raw.sqs.ReceiveMessage(s.ctx, &sqsservice.ReceiveMessageInput{
		QueueUrl: &s.names.deliveries, MaxNumberOfMessages: 10, MessageSystemAttributeNames: []types.MessageSystemAttributeName{"All"},
	})
	s.must(err)
	var in lambdaevents.SQSEvent
	for _, m := range got.Messages {
		in.Records = append(in.Records, lambdaevents.SQSMessage{MessageId: *m.MessageId, Body: *m.Body, Attributes: m.Attributes})
	}
	out, err := sqs.Batch(func(ctx context.Context, m queue.Message) error {
		return workers.Deliver.Handle(ctx, s.job(), m.Body)
	})(table.Together(s.ctx), in)
	s.must(err)
	if len(in.Records) == 0 || len(out.BatchItemFailures) > 0 {
		panic(fmt.Sprintf("%d messages, of which %d failed", len(in.Records), len(out.BatchItemFailures)))
	}
	for _, m := range got.Messages {
		_, err := s.raw.sqs.DeleteMessage(s.ctx, &sqsservice.DeleteMessageInput{QueueUrl: &s.names.deliveries, ReceiptHandle: m.ReceiptHandle})
		s.must(err)
	}
}

// redelivers plays the state machine's task for the delivery that has waited
// longest, n times, each when it is due.
func (s *story) redelivers(name string, n int) {
	list, _, err := s.Webhooks.Deliveries(s.ctx, s.actor.Workspace, webhook.Query{Endpoint: s.endpoint, Status: webhook.Retrying}, webhook.Page{}, s.now())
	s.must(err)
	d := list[len(list)-1]
	input, err := json.Marshal(map[string]any{"workspace": d.Workspace, "delivery": d.ID, "round": 1})
	s.must(err)
	var sum Pattern
	for range n {
		s.move(d.Next.Sub(s.now()))
		s.note(name, func() { _, err := steps.Redeliver.Handle(s.ctx, s.job(), input); s.must(err) })
		sum.add(s.all[len(s.all)-1])
		s.all = s.all[:len(s.all)-1]
		d, err = s.Webhooks.Delivery(s.ctx, d.Workspace, d.ID, s.now())
		s.must(err)
	}
	sum.Name = name
	s.all = append(s.all, sum)
}

// delivery is the id of the one that was made last.
func (s *story) delivery() string {
	list, _, err := s.Webhooks.Deliveries(s.ctx, s.actor.Workspace, webhook.Query{Endpoint: s.endpoint}, webhook.Page{Limit: 1}, s.now())
	s.must(err)
	s.meter.take()
	return list[0].ID
}

func text(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}
