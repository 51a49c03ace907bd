package lambda

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"motorpool/functions"
	"motorpool/shared/api"
	"motorpool/shared/app"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/webhook"
)

// TestEveryFunctionAnswersAsItIsDeployed builds each area's bootstrap, starts it
// once for every function of the area as Lambda would, and sends it what AWS
// would send. The table is DynamoDB Local, the rest moto.
func TestEveryFunctionAnswersAsItIsDeployed(t *testing.T) {
	t.Parallel()
	d := deploy(t)
	s := tell(t, d)
	each := func(of func(a functions.Area, run func(name string, test func(*testing.T, *bootstrap)))) {
		for _, a := range functions.Areas {
			of(a, func(name string, test func(*testing.T, *bootstrap)) {
				t.Run(name, func(t *testing.T) { test(t, start(t, build(t, a.Name), name, d.env...)) })
			})
		}
	}
	t.Run(CheckKey, func(t *testing.T) { checkKey(t, d, start(t, build(t, "authorizer"), CheckKey, d.env...)) })
	t.Run(ReadDocs, func(t *testing.T) { readsDocs(t, d, start(t, build(t, "docs"), ReadDocs, d.env...)) })
	t.Run(LetIn, func(t *testing.T) {
		letsIn(t, d, start(t, build(t, "operator"), LetIn, append(d.env, "BASE_URL="+base)...))
	})
	each(func(a functions.Area, run func(string, func(*testing.T, *bootstrap))) {
		for _, r := range a.Routes {
			run(r.Name, func(t *testing.T, b *bootstrap) { answersRequest(t, d, b, r) })
		}
		for _, f := range a.Ticks {
			run(f.Name, func(t *testing.T, b *bootstrap) {
				if got := b.invoke(t, `{}`); got.kind != "response" {
					t.Errorf("got an %s: %s", got.kind, got.body)
				}
			})
		}
		for _, f := range a.Steps {
			run(f.Name, func(t *testing.T, b *bootstrap) { s.steps(t, d, b) })
		}
		for _, f := range a.Streams {
			run(f.Name, func(t *testing.T, b *bootstrap) { s.publishes(t, d, b) })
		}
		for _, c := range a.Consumers {
			run(c.Name, func(t *testing.T, b *bootstrap) { s.consumes(t, d, b, c.Queue) })
		}
	})
}

func readsDocs(t *testing.T, d *deployment, b *bootstrap) {
	for path, want := range map[string]string{
		"/docs": "<!doctype html>", "/docs/webhooks": "webhook-endpoints", "/openapi.json": `"openapi": "3.1.0"`, "/openapi.yaml": "openapi: 3.1.0", "/healthz": `{"status":"ok"}`,
	} {
		var got response
		b.invoke(t, d.request(t, http.MethodGet, path, "")).result(t, &got)
		if got.StatusCode != http.StatusOK || !strings.Contains(got.Body, want) {
			t.Errorf("%s: got %d %.200s, want %s in it", path, got.StatusCode, got.Body, want)
		}
	}
}

// letsIn asks for a link by hand, and signs in with it. The workspace is there
// already, so what a new one would be called changes nothing.
func letsIn(t *testing.T, d *deployment, b *bootstrap) {
	for _, event := range []string{`{}`, `{"name":"Another","mode":"live","time_zone":"UTC"}`} {
		var got letInOutput
		b.invoke(t, event).result(t, &got)
		path, link, found := strings.Cut(got.SignIn, "/sign-in/")
		if !found || path != base || got.Workspace != d.workspace {
			t.Fatalf("%s: got %+v", event, got)
		}
		if _, _, err := d.Sessions.SignIn(t.Context(), link, time.Now()); err != nil {
			t.Errorf("the link does not sign in: %v", err)
		}
	}
}

func checkKey(t *testing.T, d *deployment, b *bootstrap) {
	for _, tt := range []struct {
		name, key string
		allowed   bool
	}{
		{"a right key", d.key, true},
		{"a key that is not one", "mp_live_" + strings.Repeat("x", 26), false},
		{"no key", "", false},
		{"the right key again", d.key, true},
	} {
		var got verdict
		b.invoke(t, asked(tt.key)).result(t, &got)
		if got.Allowed != tt.allowed {
			t.Errorf("%s: got %v", tt.name, got.Allowed)
		}
		actor, ok := api.ActorFrom(got.Context)
		if ok != tt.allowed || ok && (actor.Workspace != d.workspace || actor.ID != d.actor.ID || len(actor.Grants) != len(d.actor.Grants)) {
			t.Errorf("%s: got the actor %+v, want %+v", tt.name, actor, d.actor)
		}
	}
}

// unlike are the requests to which the general rule of answersRequest does not
// apply: a body that is right, and the answer to it. Pages are sent forms.
var unlike = map[string]struct {
	status int
	body   string
}{
	"console.asset_create":           {303, "type=car&make=Kia&model=EV6"},
	"console.category_create":        {303, "name=Estates"},
	"console.delivery_payload":       {303, ""},                                                   // back to the page that says what is wrong
	"console.endpoint_create":        {200, "url=https%3A%2F%2Freceiver.example%2Fhook&events=*"}, // shows the secret, once
	"console.endpoint_recover_start": {404, "since=2026-01-01T00:00:00Z"},
	"console.endpoint_replay_start":  {404, "since=2026-01-01T00:00:00Z"},
	"console.inbox_create":           {303, ""},
	"console.key_create":             {200, "name=third&scopes=assets.view"},
	"console.sign_in_confirm":        {200, ""}, // asks before it uses a link
	"console.sign_in_enter":          {401, ""},
	"console.sign_out":               {303, ""},
	"console.workspace_save":         {303, "name=Harbour+Cars&time_zone=UTC&settings.retention_days=90&settings.disable_after_days=5&version=1"},
	"fleet.create_asset":             {201, `{"type":"car","make":"Kia","model":"EV6"}`},
	"fleet.create_category":          {201, `{"name":"Vans"}`},
	"fleet.merge_category":           {404, `{"into":"cat_00000000000000000000000002"}`},
	"settings.change_workspace":      {200, `{"name":"Harbour Cars and Vans"}`},
	"settings.create_key":            {201, `{"name":"second"}`},
	"webhooks.create_endpoint":       {201, `{"url":"https://receiver.example/hook","events":["asset.*"]}`},
	"webhooks.create_test_url":       {201, `{}`},
	"webhooks.publish_event":         {201, `{"type":"custom.test","data":{"object":{}}}`},
	"webhooks.recover":               {404, `{"since":"2026-01-01T00:00:00Z"}`},
	"webhooks.replay":                {404, `{"since":"2026-01-01T00:00:00Z"}`},
	"webhooks.test_endpoint":         {404, `{"type":"asset.created"}`},
}

func TestWhatIsUnlikeIsThere(t *testing.T) {
	t.Parallel()
	for name := range unlike {
		if !slices.ContainsFunc(functions.Routes(), func(r api.Route) bool { return r.Name == name }) {
			t.Errorf("there is no route %s", name)
		}
	}
}

// answersRequest asks for what is there (200) or for a thing that is not (404).
func answersRequest(t *testing.T, d *deployment, b *bootstrap, r api.Route) {
	method, path, want := r.Method, r.Path, http.StatusOK
	if method == "" {
		method = http.MethodPost
	}
	for strings.Contains(path, "{") {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		path, want = before+"ast_00000000000000000000000001"+after, http.StatusNotFound
	}
	kind, body := "application/x-www-form-urlencoded", ""
	if programs(r) {
		kind, body = "application/json", "{}"
	}
	if u, ok := unlike[r.Name]; ok {
		want, body = u.status, u.body
	}
	if method == http.MethodGet {
		kind, body = "", ""
	}
	var got response
	b.invoke(t, d.request(t, method, path, body, "Content-Type", kind, "Cookie", api.SessionCookieName+"="+d.signIn(t))).result(t, &got)
	if got.StatusCode != want {
		t.Fatalf("%s %s: got %d %s\nwant %d", method, path, got.StatusCode, got.Body, want)
	}
	if want == http.StatusNotFound && programs(r) {
		var p api.Problem
		if err := json.Unmarshal([]byte(got.Body), &p); err != nil || p.Status != want || p.Code == "" || got.Headers["Content-Type"] != "application/problem+json" {
			t.Errorf("not a problem: %v %s", got.Headers, got.Body)
		}
	}
	if got.Headers["Request-Id"] == "" {
		t.Errorf("no Request-Id in %v", got.Headers)
	}
}

func programs(r api.Route) bool { return strings.HasPrefix(r.Path, "/v1/") }

// A story is what has happened when the workers are woken.
type story struct {
	events   string // what the stream sends: one event that an endpoint wants
	delivery string // what becomes of it
	due      string // a delivery whose second attempt is due
	lost     string // another, which is given up
}

// tell registers an endpoint whose name resolves nowhere, and publishes: an hour
// ago an event whose delivery failed, and now one that the workers will find.
func tell(t *testing.T, d *deployment) *story {
	t.Helper()
	past := &product{cfg: d.product.cfg, getenv: d.product.getenv, log: d.product.log, now: func() time.Time { return time.Now().Add(-time.Hour) }}
	before, at := past.at(base), past.now().UTC()
	e, _, err := before.Webhooks.Register(t.Context(), d.actor, webhook.Registration{URL: "https://receiver.invalid/hook"}, at)
	if err != nil {
		t.Fatal(err)
	}
	publish := func(a *app.App, at time.Time) (outbox.Stored, string) {
		stored, _, err := a.Events.Publish(t.Context(), d.actor, outbox.Custom{Type: "custom.key_returned", Data: json.RawMessage(`{}`)}, at)
		if err != nil {
			t.Fatal(err)
		}
		return stored, "dlv_" + stored.Ref + "_" + ident.Suffix(e.ID)
	}
	s := &story{}
	one, due := publish(before, at)
	two, lost := publish(before, at)
	if s.due, s.lost = due, lost; before.Webhooks.Publish(t.Context(), []outbox.Stored{one, two}, at) != nil {
		t.Fatal("the first events were not published")
	}
	for _, m := range d.waiting(t, "DELIVERIES_QUEUE") {
		if err := before.Webhooks.Deliver(t.Context(), json.RawMessage(m.Body), at); err != nil {
			t.Fatal(err)
		}
	}
	three, delivery := publish(d.App, time.Now().UTC())
	s.delivery, s.events = delivery, d.stored(t, three.PK, "EVENT#")
	return s
}

// publishes: the event becomes one delivery and one message, also when the
// stream sends it again.
func (s *story) publishes(t *testing.T, d *deployment, b *bootstrap) {
	for range 2 {
		if got := b.invoke(t, s.events); got.kind != "response" {
			t.Fatalf("got an %s: %s", got.kind, got.body)
		}
	}
	got, err := d.Webhooks.Delivery(t.Context(), d.workspace, s.delivery, time.Now().UTC())
	if err != nil || got.Status != webhook.Pending {
		t.Fatalf("the delivery: %+v, %v", got, err)
	}
}

// consumes: of a batch with one poisoned message only that one is handed out
// again. The delivery fails, because its receiver is nowhere, and its retries
// begin.
func (s *story) consumes(t *testing.T, d *deployment, b *bootstrap, queue string) {
	batch := events.SQSEvent{Records: []events.SQSMessage{{MessageId: "poison", Body: `{"workspace":`, EventSource: "aws:sqs"}}}
	if queue == "deliveries" {
		waiting := d.waiting(t, "DELIVERIES_QUEUE")
		i := slices.IndexFunc(waiting, func(m events.SQSMessage) bool { return strings.Contains(m.Body, s.delivery) })
		if i < 0 {
			t.Fatal("the delivery was not put into its queue")
		}
		batch.Records = append(batch.Records, waiting[i])
	}
	var got events.SQSEventResponse
	b.invoke(t, batch).result(t, &got)
	if len(got.BatchItemFailures) != 1 || got.BatchItemFailures[0].ItemIdentifier != "poison" {
		t.Errorf("got the failures %+v, want the poisoned one alone", got.BatchItemFailures)
	}
	if queue != "deliveries" {
		return
	}
	after, err := d.Webhooks.Delivery(t.Context(), d.workspace, s.delivery, time.Now().UTC())
	if err != nil || len(after.Attempts) != 1 || after.Status != webhook.Retrying {
		t.Errorf("the delivery: %+v, %v", after, err)
	}
	begun, err := d.sfn().ListExecutions(t.Context(), &sfn.ListExecutionsInput{StateMachineArn: aws.String(d.vars["RETRY_MACHINE"])})
	if err != nil || !slices.ContainsFunc(begun.Executions, func(e types.ExecutionListItem) bool { return strings.HasPrefix(*e.Name, s.delivery) }) {
		t.Errorf("the executions: %+v, %v", begun, err)
	}
}

// steps: the second attempt fails too, and says so by the name that the state
// machine knows; giving up ends a delivery.
func (s *story) steps(t *testing.T, d *deployment, b *bootstrap) {
	id := map[string]string{"steps.redeliver": s.due, "steps.abandon": s.lost}[b.name]
	got := b.invoke(t, fmt.Sprintf(`{"workspace":%q,"delivery":%q,"round":1}`, d.workspace, id))
	after, err := d.Webhooks.Delivery(t.Context(), d.workspace, id, time.Now().UTC())
	if err != nil {
		t.Fatalf("say here what %s is about: %v", b.name, err)
	}
	if b.name == "steps.redeliver" {
		if name := got.errorType(t); name != "Attempt2Failed" || len(after.Attempts) != 2 {
			t.Errorf("got the error %s and %d attempts, want Attempt2Failed and 2", name, len(after.Attempts))
		}
		return
	}
	var done struct{ Done bool }
	if got.result(t, &done); !done.Done || after.Status != webhook.Failed {
		t.Errorf("got %s and a delivery that is %s, want it failed", got.body, after.Status)
	}
}
