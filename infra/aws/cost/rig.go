package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	sqsservice "github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/functions"
	console "motorpool/functions/console/page"
	"motorpool/infra/emulators"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/app"
	"motorpool/shared/egress"
	"motorpool/shared/ident"
	"motorpool/shared/queue/sqs"
	kmsbox "motorpool/shared/secrets/kms"
	"motorpool/shared/session"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
	timeline "motorpool/shared/timeline/sfn"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// A rig is the product as one Lambda holds it, on emulated AWS, with every call
// metered. Its clock stands until it is moved, so that caches age only when a
// pattern says so.
type rig struct {
	*app.App
	meter  *meter
	raw    clients // not metered: for the hands of AWS, and for looking
	names  names
	edge   http.Handler
	actor  access.Actor
	cookie string
	hook   *receiver
	now    func() time.Time
	move   func(time.Duration)
}

type clients struct {
	dynamodb *dynamodb.Client
	sqs      *sqsservice.Client
}

// names are what CloudFormation would have put into the environment.
type names struct{ table, deliveries, jobs, key, machine string }

// began is the instant at which every measurement begins.
var began = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// endpoints are where AWS is emulated.
type endpoints struct{ dynamodb, others string }

func newRig(ctx context.Context, at endpoints) (*rig, error) {
	n, err := provision(ctx, at)
	if err != nil {
		return nil, err
	}
	hook, err := receive()
	if err != nil {
		return nil, err
	}
	r := &rig{names: n, hook: hook, raw: clients{
		dynamodb: dynamodb.NewFromConfig(emulators.Config(at.dynamodb)), sqs: sqsservice.NewFromConfig(emulators.Config(at.others)),
	}}
	r.meter = &meter{raw: r.raw.dynamodb}
	r.now, r.move = clock()
	r.App = r.wire(at)
	return r, r.settle(ctx)
}

// clock stands at began until it is moved.
func clock() (now func() time.Time, move func(time.Duration)) {
	var mu sync.Mutex
	at := began
	now = func() time.Time { mu.Lock(); defer mu.Unlock(); return at }
	move = func(d time.Duration) { mu.Lock(); defer mu.Unlock(); at = at.Add(d) }
	return now, move
}

// wire puts the AWS adapters behind the ports, as infra/aws/lambda does.
func (r *rig) wire(at endpoints) *app.App {
	here, there := r.meter.listen(emulators.Config(at.dynamodb)), r.meter.listen(emulators.Config(at.others))
	queues := sqsservice.NewFromConfig(there)
	machines := sfn.NewFromConfig(there)
	log := slog.New(slog.NewJSONHandler(r.meter, nil))
	slog.SetDefault(log)
	return app.New(app.Ports{
		Table:      table.Riding{Table: dynamo.New(dynamodb.NewFromConfig(here), r.names.table, r.now)},
		Deliveries: sqs.New(func() *sqsservice.Client { return queues }, r.names.deliveries),
		Jobs:       sqs.New(func() *sqsservice.Client { return queues }, r.names.jobs),
		Timeline:   timeline.New(func() *sfn.Client { return machines }, r.names.machine, webhook.Plan),
		Box:        kmsbox.New(kms.NewFromConfig(there), r.names.key, r.now),
		Egress:     egress.New(egress.Options{AllowPrivate: true, Lookup: r.hook.lookup, Roots: r.hook.roots, Since: quick}),
		Now:        r.now, NewID: ident.Sortable(r.now), Random: rand.Reader, BaseURL: "https://motorpool.example", Log: log,
	})
}

// quick is what an exchange on a machine with nothing else to do takes. A delivery
// keeps it, and on a busy one would be longer for it and cost more to write.
func quick(time.Time) time.Duration { return 2 * time.Millisecond }

// settle makes a workspace and the edge.
func (r *rig) settle(ctx context.Context) error {
	w, err := r.Workspaces.First(ctx, workspace.Draft{Name: "Harbour City Cars", Mode: workspace.Test, TimeZone: "Australia/Sydney"}, r.now())
	if err != nil {
		return err
	}
	r.actor = access.Actor{Kind: "api_key", ID: "key_01kawz31yw0000e2r9n6p0c8da", Name: "Fleet sync", Workspace: w.ID, Grants: access.All()}
	doors := api.Doors(r.Keys, r.Sessions, r.now)
	edge := &api.Edge{
		App: r.App, Now: r.now, Log: slog.Default(), ErrorPage: console.ErrorPage, Rate: api.Rate{PerSecond: -1},
		Who: func(q *http.Request, door api.Door) (access.Actor, error) {
			if door == api.KeyDoor {
				return r.actor, nil // as the authorizer said; what that costs is a pattern of its own
			}
			return doors(q, door)
		},
	}
	r.edge = edge.Handler(functions.Routes())
	return nil
}

// signIn gives the rig's browser a session.
func (r *rig) signIn(ctx context.Context) error {
	_, link, err := r.LetIn(ctx, r.actor.Workspace, "owner@motorpool.example", r.now())
	if err != nil {
		return err
	}
	in, err := r.Sessions.SignIn(ctx, link, session.Browser{}, r.now())
	r.cookie = in.Token
	return err
}

func (r *rig) close() { r.hook.server.Close() }

// provision makes what template.yaml declares, as far as it is measured.
func provision(ctx context.Context, at endpoints) (n names, err error) {
	id := ident.Suffix(ident.Sortable(time.Now)("rig"))
	n.table = "cost-" + id
	db := dynamodb.NewFromConfig(emulators.Config(at.dynamodb))
	if _, err = db.CreateTable(ctx, dynamo.Schema(n.table)); err != nil {
		return n, err
	}
	ready := dynamodb.NewTableExistsWaiter(db, func(o *dynamodb.TableExistsWaiterOptions) { o.MinDelay = 20 * time.Millisecond })
	if err = ready.Wait(ctx, &dynamodb.DescribeTableInput{TableName: &n.table}, time.Minute); err != nil {
		return n, err
	}
	queues := sqsservice.NewFromConfig(emulators.Config(at.others))
	for _, q := range []struct {
		name string
		url  *string
	}{{"deliveries-" + id, &n.deliveries}, {"jobs-" + id, &n.jobs}} {
		made, err := queues.CreateQueue(ctx, &sqsservice.CreateQueueInput{QueueName: &q.name})
		if err != nil {
			return n, err
		}
		*q.url = *made.QueueUrl
	}
	key, err := kms.NewFromConfig(emulators.Config(at.others)).CreateKey(ctx, &kms.CreateKeyInput{})
	if err != nil {
		return n, err
	}
	n.key = *key.KeyMetadata.Arn
	made, err := sfn.NewFromConfig(emulators.Config(at.others)).CreateStateMachine(ctx, &sfn.CreateStateMachineInput{
		Name: aws.String("retry-" + id), RoleArn: aws.String("arn:aws:iam::123456789012:role/retry"),
		Definition: aws.String(string(timeline.Definition(webhook.Plan, "arn:aws:lambda:eu-west-1:123456789012:function:redeliver", "arn:aws:lambda:eu-west-1:123456789012:function:abandon"))),
	})
	if err != nil {
		return n, err
	}
	n.machine = *made.StateMachineArn
	return n, nil
}

// size is how many bytes the table's items have, as DynamoDB bills their
// storage: with 100 bytes each for its own use, and their copies in the index.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
func (r *rig) size(ctx context.Context) (bytes float64, err error) {
	for _, index := range []*string{nil, aws.String(dynamo.Index)} {
		in := &dynamodb.ScanInput{TableName: &r.names.table, IndexName: index}
		for {
			page, err := r.raw.dynamodb.Scan(ctx, in)
			if err != nil {
				return 0, err
			}
			for _, it := range page.Items {
				bytes += 100 + bytesOf(it)
			}
			if in.ExclusiveStartKey = page.LastEvaluatedKey; len(in.ExclusiveStartKey) == 0 {
				break
			}
		}
	}
	return bytes, nil
}
