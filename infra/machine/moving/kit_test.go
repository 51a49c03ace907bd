package moving_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	awskms "github.com/aws/aws-sdk-go-v2/service/kms"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	awssfn "github.com/aws/aws-sdk-go-v2/service/sfn"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"

	"motorpool/infra/emulators"
	"motorpool/infra/machine/client"
	"motorpool/infra/machine/demo"
	"motorpool/infra/machine/host"
	"motorpool/infra/machine/machinetest"
	"motorpool/infra/machine/moving"
	"motorpool/shared/access"
	"motorpool/shared/app"
	"motorpool/shared/outbox"
	"motorpool/shared/session"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/timeline/sfn"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

const (
	passphrase = "correct horse battery staple"
	key        = "mp_test_moving000000000000000000"
	deliveries = "/v1/webhook-deliveries?limit=200"
	base       = "http://harbour.test" // of the product, wherever it lives
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// A home is a machine under test, on a clock that stands.
type home struct {
	*host.Host
	client.Client
	t    *testing.T
	stop func()
}

// live runs the machine in dir until leave is called or the test ends.
func live(t *testing.T, dir string, clock *host.Clock) *home {
	t.Helper()
	h, err := host.Open(host.Config{Addr: "127.0.0.1:0", Data: dir, BaseURL: base, Clock: clock, AllowPrivate: true, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- h.Serve(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return &home{Host: h, Client: client.Client{URL: h.Address(), Key: key, HTTP: http.DefaultClient}, t: t, stop: stop}
}

func (h *home) call(method, path string, in, out any) {
	h.t.Helper()
	if err := h.Call(h.t.Context(), method, path, in, out); err != nil {
		h.t.Fatal(err)
	}
}

func (h *home) advance(d time.Duration) {
	h.t.Helper()
	if err := h.Advance(h.t.Context(), h.Now().Add(d)); err != nil {
		h.t.Fatal(err)
	}
}

func (h *home) endpoint(url string, events ...string) (id string) {
	h.t.Helper()
	var made struct{ ID string }
	h.call(http.MethodPost, "/v1/webhook-endpoints", map[string]any{"url": url, "events": events}, &made)
	return made.ID
}

func (h *home) publish(kind string) {
	h.t.Helper()
	h.call(http.MethodPost, "/v1/events", map[string]any{"type": kind, "data": map[string]any{"big": json.RawMessage("9007199254740993")}}, nil)
}

// lived fills a workspace with everything that the product stores, through its
// public API, and returns what the other end has received.
func lived(t *testing.T, h *home) (ws *workspace.Workspace, rcv *machinetest.Receiver) {
	t.Helper()
	ws, err := h.Workspaces.First(t.Context(), workspace.Draft{Name: "Harbour City Cars", Mode: workspace.Test, TimeZone: "Australia/Sydney"}, h.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Keys.Adopt(t.Context(), ws.ID, key, "moving", h.Now()); err != nil {
		t.Fatal(err)
	}
	if rcv, err = machinetest.NewReceiver(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(rcv.Close)
	rcv.Answer = func(path string, n int) int {
		if path == "/ill" && n < 4 || path == "/gone" {
			return map[string]int{"/ill": 503, "/gone": 410}[path]
		}
		return http.StatusOK
	}
	if err := demo.Fill(t.Context(), h.Address(), key); err != nil {
		t.Fatal(err)
	}
	h.advance(time.Hour + time.Minute) // what is due already has been told of: a machine looks when it starts, and hourly
	h.endpoint(rcv.URL+"/well", "custom.*")
	h.endpoint(rcv.URL+"/ill", "custom.ill")
	h.endpoint(rcv.URL+"/gone", "custom.gone")
	limited := h.endpoint(rcv.URL+"/limited", "custom.limited")
	h.call(http.MethodPatch, "/v1/webhook-endpoints/"+limited, map[string]any{"rate_limit": 5, "headers": map[string]string{"X-Token": "hush-hush"}}, nil)
	h.call(http.MethodPost, "/v1/webhook-endpoints/"+limited+"/rotate-secret", map[string]any{}, nil)
	paused := h.endpoint(rcv.URL+"/paused", "custom.held")
	h.call(http.MethodPost, "/v1/webhook-endpoints/"+paused+"/pause", map[string]any{}, nil)
	deleted := h.endpoint(rcv.URL+"/deleted", "custom.other")
	h.publish("custom.other")
	h.advance(time.Second)
	h.call(http.MethodDelete, "/v1/webhook-endpoints/"+deleted, nil, nil)
	for _, kind := range []string{"custom.gone", "custom.held", "custom.limited", "custom.ill"} {
		h.publish(kind)
	}
	h.call(http.MethodPost, "/v1/webhook-endpoints/"+limited+"/test", map[string]any{"type": "asset.created"}, nil)
	h.call(http.MethodPost, "/v1/events", map[string]any{"id": "order-7", "type": "custom.order", "data": map[string]any{}}, nil)
	h.call(http.MethodPost, "/v1/api-keys", map[string]any{"name": "CRM", "scopes": []string{"assets.view"}}, nil)
	repeat(t, h, "first")
	categories(h)
	_, link, err := h.LetIn(t.Context(), ws.ID, "owner@motorpool.example", h.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Sessions.SignIn(t.Context(), link, session.Browser{}, h.Now()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.LetIn(t.Context(), ws.ID, "owner@motorpool.example", h.Now()); err != nil {
		t.Fatal(err)
	}
	h.advance(10 * time.Second) // the second attempts have failed; the third follow in five minutes
	return ws, rcv
}

// repeat sends one request with an Idempotency-Key and returns the answer.
func repeat(t *testing.T, h *home, what string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.Client.URL+"/v1/api-keys", strings.NewReader(`{"name":"Once only","scopes":["assets.view"]}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", "the-same")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusCreated {
		t.Fatalf("%s: %s %s, %v", what, res.Status, body, err)
	}
	return string(body)
}

func categories(h *home) {
	var made struct{ ID string }
	h.call(http.MethodPost, "/v1/categories", map[string]any{"name": "Boats"}, &made)
	h.call(http.MethodDelete, "/v1/categories/"+made.ID, nil, nil)
	h.call(http.MethodPost, "/v1/people", map[string]any{"given_name": "Ana", "email": "ana@customers.example", "mobile": "+61412345678", "tags": []string{"weekly"}}, &made)
	h.call(http.MethodPost, "/v1/people/"+made.ID+"/block", map[string]any{"reason": "other"}, nil)
}

// seen is what the public API shows of the workspace.
func (h *home) seen() map[string]string {
	h.t.Helper()
	all := map[string]string{}
	look := func(path string) (list struct {
		Data []struct{ ID string }
	},
	) {
		var raw json.RawMessage
		h.call(http.MethodGet, path, nil, &raw)
		all[path] = string(raw)
		if err := json.Unmarshal(raw, &list); err != nil {
			h.t.Fatal(err)
		}
		return list
	}
	look("/v1/workspace")
	look("/v1/me")
	look("/v1/api-keys")
	look("/v1/users?limit=200")
	look("/v1/roles")
	look("/v1/categories")
	look("/v1/events?limit=200")
	look("/v1/audit-log?limit=200&action=webhook_endpoint.created")
	for _, a := range look("/v1/assets?limit=200").Data {
		look("/v1/assets/" + a.ID + "/history")
	}
	for _, u := range look("/v1/webhook-test-urls").Data {
		look("/v1/webhook-test-urls/" + u.ID + "/requests?limit=100")
	}
	for _, e := range look("/v1/webhook-endpoints").Data {
		var raw json.RawMessage
		h.call(http.MethodGet, "/v1/webhook-endpoints/"+e.ID+"/secret", nil, &raw)
		all["secret of "+e.ID] = string(raw)
	}
	for _, d := range look(deliveries).Data {
		look("/v1/webhook-deliveries/" + d.ID)
	}
	return all
}

// cloud is a stack on emulators, with names of its own.
func cloud(t *testing.T, now func() time.Time) (*moving.House, moving.Clients, moving.Stack) {
	t.Helper()
	dyn, rest := emulators.Config(emulators.DynamoDB(t)), emulators.Config(emulators.AWS(t))
	c := moving.NewClients(rest)
	c.DynamoDB = dynamodb.NewFromConfig(dyn)
	name := fmt.Sprintf("moving-%d", stacks.Add(1))
	s := moving.Stack{Table: name}
	if _, err := c.DynamoDB.CreateTable(t.Context(), dynamo.Schema(name)); err != nil {
		t.Fatal(err)
	}
	k, err := c.KMS.CreateKey(t.Context(), &awskms.CreateKeyInput{})
	if err != nil {
		t.Fatal(err)
	}
	s.Key = *k.KeyMetadata.KeyId
	for _, q := range []struct {
		name string
		url  *string
	}{{"deliveries", &s.Deliveries}, {"jobs", &s.Jobs}, {"letters", &s.Letters}} {
		made, err := c.SQS.CreateQueue(t.Context(), &awssqs.CreateQueueInput{QueueName: aws.String(name + q.name)})
		if err != nil {
			t.Fatal(err)
		}
		*q.url = *made.QueueUrl
	}
	s.Files = name + "-files"
	if _, err := c.S3.CreateBucket(t.Context(), &awss3.CreateBucketInput{Bucket: &s.Files, CreateBucketConfiguration: &s3types.CreateBucketConfiguration{LocationConstraint: "eu-west-1"}}); err != nil {
		t.Fatal(err)
	}
	const function = "arn:aws:lambda:eu-west-1:123456789012:function:"
	asl := sfn.Definition(webhook.Plan, function+"redeliver", function+"abandon")
	m, err := c.SFN.CreateStateMachine(t.Context(), &awssfn.CreateStateMachineInput{
		Name: &name, Definition: aws.String(string(asl)), RoleArn: aws.String("arn:aws:iam::123456789012:role/retry"),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Machine = *m.StateMachineArn
	h, err := moving.AWS(t.Context(), c, s, now)
	if err != nil {
		t.Fatal(err)
	}
	h.Settle = 0
	return h, c, s
}

var stacks atomic.Int64

// house opens the house in dir, for one move.
func house(t *testing.T, dir string, must bool, clock *host.Clock) (*moving.House, func()) {
	t.Helper()
	h, closeHouse, err := moving.Machine(dir, must, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	return h, func() {
		if err := closeHouse(); err != nil {
			t.Error(err)
		}
	}
}

// order is a move of the workspace through a file.
func order(t *testing.T, ws, path string) (moving.Order, *bytes.Buffer) {
	t.Helper()
	if path == "" {
		path = filepath.Join(t.TempDir(), "workspace.crate")
	}
	var out bytes.Buffer
	return moving.Order{Workspace: ws, Path: path, Passphrase: passphrase, Out: &out, Err: io.Discard}, &out
}

var discard = slog.New(slog.DiscardHandler)

// register makes an endpoint and two events for it, of which one has been made a
// delivery of and ordered.
func register(t *testing.T, h *app.App, ws, url string, at time.Time) {
	t.Helper()
	system := access.System(ws)
	if _, _, err := h.Webhooks.Register(t.Context(), system, webhook.Registration{URL: url, Events: []string{"custom.*"}}, at); err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		e, _, err := h.Events.Publish(t.Context(), system, outbox.Custom{Type: "custom.x", Data: json.RawMessage(`{}`)}, at)
		if err == nil && n == 0 {
			err = h.Webhooks.Publish(t.Context(), []outbox.Stored{e}, at)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
