package lambda

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"motorpool/infra/aws/seed"
	"motorpool/shared/api"
	"motorpool/shared/ident"
	"motorpool/shared/letter"
	"motorpool/shared/outbox"
	"motorpool/shared/session"
	"motorpool/shared/tracking"
	"motorpool/shared/webhook"
)

// effects say, of each function that is no route, what comes of its invocation.
var effects = map[string]func(*testing.T, *deployment, *bootstrap, []byte){
	CheckKey:                  admits,
	ReadDocs:                  readsDocs,
	LetIn:                     letsIn,
	"steps.abandon":           givesUp,
	"steps.redeliver":         failsByName,
	"ticks.disable_failing":   disables,
	"ticks.document_expiry":   beginsMornings,
	"ticks.hush_devices":      hushes,
	"ticks.insurance_expiry":  beginsMornings,
	"ticks.print_inspections": prints,
	"ticks.remind":            reminds,
	"workers.deliver":         delivers,
	"workers.publish_events":  publishes,
	"workers.run_job":         works,
	"workers.send_letter":     writes,
	"ticks.sweep_attachments": sweeps,
}

// admits: the world's key opens, and nothing else does.
func admits(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	for _, tt := range []struct {
		name, key string
		allowed   bool
	}{
		{"the key", d.world.Key, true},
		{"a key that is not one", "mp_test_" + strings.Repeat("x", 26), false},
		{"no key", "", false},
		{"the key again", d.world.Key, true},
	} {
		var got verdict
		b.invoke(t, strings.ReplaceAll(string(event), d.world.Key, tt.key)).result(t, &got)
		if got.Allowed != tt.allowed {
			t.Errorf("%s: got %v", tt.name, got.Allowed)
		}
		actor, ok := api.ActorFrom(got.Context)
		if ok != tt.allowed || ok && (actor.Workspace != d.world.Workspace.ID || actor.ID != d.world.Actor.ID || len(actor.Grants) != len(d.world.Actor.Grants)) {
			t.Errorf("%s: got the actor %+v, want %+v", tt.name, actor, d.world.Actor)
		}
	}
}

func readsDocs(t *testing.T, _ *deployment, b *bootstrap, event []byte) {
	var in request
	if err := json.Unmarshal(event, &in); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		in.RawPath: "webhook-endpoints", "/docs": "<!doctype html>", "/openapi.json": `"openapi": "3.1.0"`, "/openapi.yaml": "openapi: 3.1.0", "/healthz": `{"status":"ok"}`,
	} {
		in.RawPath, in.RequestContext.HTTP.Path = path, path
		var got response
		b.invoke(t, in).result(t, &got)
		if got.StatusCode != http.StatusOK || !strings.Contains(got.Body, want) {
			t.Errorf("%s: got %d %.200s, want %s in it", path, got.StatusCode, got.Body, want)
		}
	}
}

// letsIn asks for a link by hand, and signs in with it. The workspace is there
// already, so what a new one would be called changes nothing.
func letsIn(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	for _, event := range []string{string(event), `{"owner":"owner@motorpool.example"}`} {
		var got letInOutput
		b.invoke(t, event).result(t, &got)
		path, link, found := strings.Cut(got.SignIn, "/sign-in/")
		if !found || path != seed.Base || got.Workspace != d.world.Workspace.ID {
			t.Fatalf("%s: got %+v", event, got)
		}
		if _, err := d.world.App.Sessions.SignIn(t.Context(), link, session.Browser{}, time.Now()); err != nil {
			t.Errorf("the link does not sign in: %v", err)
		}
	}
}

// failsByName: the second attempt fails too, and says so by the name that the
// state machine knows.
func failsByName(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	d.isInput(t, d.world.Due, event)
	got := b.invoke(t, string(event))
	after := d.after(t, d.world.Due.Delivery)
	if name := got.errorType(t); name != "Attempt2Failed" || len(after.Attempts) != 2 {
		t.Errorf("got the error %s and %d attempts, want Attempt2Failed and 2", name, len(after.Attempts))
	}
}

// isInput: the event is what InputPath leaves of the execution's input.
func (d *deployment) isInput(t *testing.T, r seed.Run, event []byte) {
	t.Helper()
	text, begun := d.run(t, r.Delivery)
	var whole struct{ Input json.RawMessage }
	if err := json.Unmarshal([]byte(text), &whole); err != nil || !begun {
		t.Fatalf("the execution's input is %q: %v", text, err)
	}
	var want, got any
	if json.Unmarshal(whole.Input, &want) != nil || json.Unmarshal(event, &got) != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the event is %s, the execution's input %s", event, whole.Input)
	}
}

// givesUp: the delivery ends.
func givesUp(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	d.isInput(t, d.world.Lost, event)
	var done struct{ Done bool }
	b.invoke(t, string(event)).result(t, &done)
	if after := d.after(t, d.world.Lost.Delivery); !done.Done || after.Status != webhook.Failed {
		t.Errorf("got %+v and a delivery that is %s, want it failed", done, after.Status)
	}
}

// disables: the endpoint that has failed for days, and no other.
func disables(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	if got := b.invoke(t, string(event)); got.kind != "response" {
		t.Fatalf("got an %s: %s", got.kind, got.body)
	}
	for name, want := range map[string]webhook.State{"Roadside help": webhook.Disabled, "Telematics": webhook.Enabled} {
		e, err := d.world.Webhooks.Endpoint(t.Context(), d.world.Workspace.ID, d.world.Endpoints[name].ID)
		if err != nil || e.State != want {
			t.Errorf("%s: got %+v, %v, want it %s", name, e, err, want)
		}
	}
}

// sweeps: what was begun today stays, and is not touched.
func sweeps(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	if got := b.invoke(t, string(event)); got.kind != "response" {
		t.Fatalf("got an %s: %s", got.kind, got.body)
	}
	for _, id := range append(d.world.Files, d.world.Arrived...) {
		if _, err := d.world.Attachments.Attachment(t.Context(), d.world.Workspace.ID, id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// hushes: a device that was fitted ten days ago and never said anything is stale.
func hushes(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	if got := b.invoke(t, string(event)); got.kind != "response" {
		t.Fatalf("got an %s: %s", got.kind, got.body)
	}
	silent, err := d.world.Tracking.Device(t.Context(), d.world.Actor, d.world.Devices["HCT-0002"].ID)
	if err != nil || silent.State() != tracking.Stale {
		t.Errorf("got %+v, %v, want it stale", silent, err)
	}
}

// delivery is what becomes of an event at an endpoint.
func (d *deployment) delivery(e outbox.Stored, endpoint string) string {
	return "dlv_" + e.Ref + "_" + ident.Suffix(d.world.Endpoints[endpoint].ID)
}

// publishes: the event becomes a message that orders its delivery, and again one
// when the stream sends it again. First comes the record of the event
// as it was planted just now: that of the fixture is older than events are kept.
func publishes(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	var batch struct{ Records []map[string]any }
	if err := json.Unmarshal(event, &batch); err != nil {
		t.Fatal(err)
	}
	batch.Records[0]["dynamodb"] = map[string]any{"NewImage": d.item(t, d.world.News.PK, d.world.News.SK)}
	fresh, err := json.Marshal(batch)
	if err != nil {
		t.Fatal(err)
	}
	id := d.delivery(d.world.News, "CRM")
	for _, event := range []string{string(fresh), string(event)} {
		d.take(t, "Deliveries")
		if got := b.invoke(t, event); got.kind != "response" {
			t.Fatalf("got an %s: %s", got.kind, got.body)
		}
		if orders := d.take(t, "Deliveries"); len(orders) != 1 || !strings.Contains(orders[0], id) {
			t.Errorf("the queue has %v, want an order of %s", orders, id)
		}
	}
}

// writes: where nobody has said which address letters come from, a letter waits
// and says why; it is not lost, and comes no more often than it should.
func writes(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	var batch events.SQSEvent
	var about letter.Errand
	if err := json.Unmarshal(event, &batch); err != nil || json.Unmarshal([]byte(batch.Records[0].Body), &about) != nil {
		t.Fatalf("%s: %v", event, err)
	}
	for range 2 {
		var got events.SQSEventResponse
		if b.invoke(t, string(event)).result(t, &got); len(got.BatchItemFailures) > 0 {
			t.Errorf("got the failures %+v, want none", got.BatchItemFailures)
		}
		l, err := d.world.Letters.Read(t.Context(), d.world.Workspace.ID, about.Letter)
		if err != nil || l.State != letter.Waiting || l.Tries != 1 || !strings.Contains(l.Why, "no address to send e-mail from") {
			t.Errorf("got %+v, %v", l, err)
		}
	}
}

// delivers: each message becomes one POST at the receiver, also when it comes
// again. Of a batch with one that is poisoned only that one is handed out again;
// one whose receiver is nowhere begins its retries.
func delivers(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	var batch events.SQSEvent
	if err := json.Unmarshal(event, &batch); err != nil {
		t.Fatal(err)
	}
	for i, m := range batch.Records {
		if want := string(d.world.Orders[i].Body); m.Body != want {
			t.Errorf("the message is %s, the product sent %s", m.Body, want)
		}
	}
	var got events.SQSEventResponse
	if b.invoke(t, string(event)).result(t, &got); len(got.BatchItemFailures) > 0 {
		t.Errorf("got the failures %+v, want none", got.BatchItemFailures)
	}
	lost, order := d.order(t)
	poison := batch.Records[0]
	poison.MessageId, poison.Body = "poison", `{"workspace":`
	failing := batch.Records[0]
	failing.MessageId, failing.Body = "failing", order
	batch.Records = append(batch.Records, poison, failing)
	b.invoke(t, batch).result(t, &got)
	if len(got.BatchItemFailures) != 1 || got.BatchItemFailures[0].ItemIdentifier != "poison" {
		t.Errorf("got the failures %+v, want the poisoned one alone", got.BatchItemFailures)
	}
	for _, id := range d.world.Ordered {
		if after := d.after(t, id); after.Status != webhook.Succeeded || d.receiver.requests(id) != 1 {
			t.Errorf("%s is %s after %d requests, want 1", id, after.Status, d.receiver.requests(id))
		}
	}
	if after := d.after(t, lost); after.Status != webhook.Retrying || len(after.Attempts) != 1 {
		t.Errorf("the delivery to nowhere: %+v", after)
	}
	if _, begun := d.run(t, lost); !begun {
		t.Error("no execution was begun for the delivery to nowhere")
	}
}

// order publishes an event, and returns its delivery to an endpoint that is
// nowhere with the message that orders it.
func (d *deployment) order(t *testing.T) (id, message string) {
	t.Helper()
	d.take(t, "Deliveries")
	at := time.Now().UTC()
	e, _, err := d.world.Events.Publish(t.Context(), d.world.Actor, outbox.Custom{Type: "custom.battery_low", Data: json.RawMessage(`{}`)}, at)
	if err == nil {
		err = d.world.Webhooks.Publish(t.Context(), []outbox.Stored{e}, at)
	}
	if err != nil {
		t.Fatal(err)
	}
	id = d.delivery(e, "Telematics")
	all := d.take(t, "Deliveries")
	i := slices.IndexFunc(all, func(m string) bool { return strings.Contains(m, id) })
	if i < 0 {
		t.Fatalf("the queue has %v, want an order of %s", all, id)
	}
	return id, all[i]
}

// run is the input of the execution that a delivery's retries are.
func (d *deployment) run(t *testing.T, delivery string) (input string, begun bool) {
	t.Helper()
	all, err := d.sfn().ListExecutions(t.Context(), &sfn.ListExecutionsInput{StateMachineArn: aws.String(d.values["RetryMachine"])})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all.Executions, func(e types.ExecutionListItem) bool { return strings.HasPrefix(*e.Name, delivery) })
	if i < 0 {
		return "", false
	}
	one, err := d.sfn().DescribeExecution(t.Context(), &sfn.DescribeExecutionInput{ExecutionArn: all.Executions[i].ExecutionArn})
	if err != nil {
		t.Fatal(err)
	}
	return *one.Input, true
}

// releases: what was held for an endpoint is ordered.
func releases(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	d.take(t, "Deliveries")
	var got events.SQSEventResponse
	if b.invoke(t, string(event)).result(t, &got); len(got.BatchItemFailures) > 0 {
		t.Errorf("got the failures %+v, want none", got.BatchItemFailures)
	}
	if orders := d.take(t, "Deliveries"); len(orders) != 1 || !strings.Contains(orders[0], d.world.Released) {
		t.Errorf("the queue has %v, want an order of %s", orders, d.world.Released)
	}
}
