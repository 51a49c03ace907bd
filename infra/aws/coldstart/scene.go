package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"motorpool/infra/aws/lambda"
	"motorpool/infra/emulators"
	"motorpool/shared/api"
	"motorpool/shared/apikey"
	"motorpool/shared/app"
	"motorpool/shared/ident"
	"motorpool/shared/session"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/workspace"
)

// A scene is what functions find when they are measured: a table with one
// workspace in it, and a key that seals.
type scene struct {
	env   []string
	calls map[string]call // by area
}

// A call is the function that stands for its area, and what it is sent: a read
// of the table, as most calls are.
type call struct {
	function string
	event    []byte
}

func set(ctx context.Context) (*scene, error) {
	tables, err := emulators.StartDynamoDB()
	if err != nil {
		return nil, fmt.Errorf("DynamoDB Local, which .ci/emulators.sh installs: %w", err)
	}
	other, err := emulators.StartAWS()
	if err != nil {
		return nil, fmt.Errorf("moto, which .ci/emulators.sh installs: %w", err)
	}
	db := dynamodb.NewFromConfig(emulators.Config(tables))
	if _, err := db.CreateTable(ctx, dynamo.Schema("motorpool")); err != nil {
		return nil, err
	}
	key, err := kms.NewFromConfig(emulators.Config(other)).CreateKey(ctx, &kms.CreateKeyInput{})
	if err != nil {
		return nil, err
	}
	s := &scene{env: []string{
		"AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=emulator", "AWS_SECRET_ACCESS_KEY=emulator", "AWS_SESSION_TOKEN=emulator",
		"AWS_ENDPOINT_URL=" + other, "AWS_ENDPOINT_URL_DYNAMODB=" + tables, "LOG_LEVEL=error", "BASE_URL=https://motorpool.example",
		"TABLE=motorpool", "KEY=" + *key.KeyMetadata.Arn, "DELIVERIES_QUEUE=" + other + "/1/deliveries", "JOBS_QUEUE=" + other + "/1/jobs", "LETTERS_QUEUE=" + other + "/1/letters", "FILES_BUCKET=files",
		"RETRY_MACHINE=arn:aws:states:eu-west-1:123456789012:stateMachine:retry",
	}}
	product := app.New(app.Ports{
		Table: dynamo.New(db, "motorpool", time.Now), Now: time.Now, NewID: ident.Sortable(time.Now), Random: rand.Reader,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	return s, s.people(ctx, product)
}

// people makes a workspace, a key and a session, and the calls that use them.
func (s *scene) people(ctx context.Context, product *app.App) error {
	at := time.Now().UTC()
	w, err := product.Workspaces.Create(ctx, workspace.Draft{Name: "Harbour Cars", Mode: workspace.Live}, at)
	if err != nil {
		return err
	}
	owner, link, err := product.LetIn(ctx, w.ID, "owner@motorpool.example", at)
	if err != nil {
		return err
	}
	k, plain, err := product.Keys.Create(ctx, owner, apikey.Request{Name: "coldstart"}, at)
	if err != nil {
		return err
	}
	in, err := product.Sessions.SignIn(ctx, link, session.Browser{}, at)
	if err != nil {
		return err
	}
	id := ident.Sortable(time.Now)
	job := fmt.Sprintf(`{"workspace":%q,"delivery":"%s_%s","round":1}`, w.ID, id("dlv"), ident.Suffix(id("whe"))) // gone meanwhile
	read := func(path string) []byte { return encoded(get(path, api.ActorContext(k.Actor()))) }
	s.calls = map[string]call{
		"hello":       {"hello", []byte(`{}`)},
		"authorizer":  {lambda.CheckKey, encoded(asked(plain))},
		"care":        {"care.list_reminders", read("/v1/service-reminders")},
		"companies":   {"companies.list_companies", read("/v1/companies")},
		"console":     {"console.asset", encoded(get("/assets", nil, "cookie", api.SessionCookieName+"="+in.Token))},
		"docs":        {lambda.ReadDocs, encoded(get("/docs", nil))},
		"documents":   {"documents.list_documents", read("/v1/documents")},
		"expenses":    {"expenses.list_expenses", read("/v1/expenses")},
		"exports":     {"exports.list_exports", read("/v1/exports")},
		"fleet":       {"fleet.list_assets", read("/v1/assets")},
		"imports":     {"imports.list_imports", read("/v1/imports")},
		"inspections": {"inspections.list_inspections", read("/v1/inspections")},
		"insurance":   {"insurance.list_policies", read("/v1/insurance-policies")},
		"locations":   {"locations.list_locations", read("/v1/locations")},
		"odometer":    {"odometer.list_readings", read("/v1/assets/" + id("ast") + "/odometer/readings")},
		"operator":    {lambda.LetIn, []byte(`{}`)},
		"people":      {"people.list_people", read("/v1/people")},
		"settings":    {"settings.get_workspace", read("/v1/workspace")},
		"steps":       {"steps.redeliver", []byte(job)},
		"ticks":       {"ticks.disable_failing", []byte(`{}`)},
		"tracking":    {"tracking.list_devices", read("/v1/devices")},
		"uploads":     {"uploads.get", read("/v1/uploads/" + id("att"))},
		"webhooks":    {"webhooks.list_endpoints", read("/v1/webhook-endpoints")},
		"workers":     {"workers.deliver", encoded(events.SQSEvent{Records: []events.SQSMessage{{MessageId: "1", Body: job, EventSource: "aws:sqs"}}})},
	}
	return nil
}

// get is what API Gateway sends a route (payload format 2.0), with the actor
// whom the authorizer named.
func get(path string, actor map[string]string, headers ...string) events.APIGatewayV2HTTPRequest {
	in := events.APIGatewayV2HTTPRequest{
		Version: "2.0", RawPath: path, Headers: map[string]string{"host": "motorpool.example", "x-forwarded-proto": "https"},
		StageVariables: map[string]string{"base": "https://motorpool.example"},
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			Stage: "$default", DomainName: "motorpool.example", RequestID: "r1",
			HTTP:       events.APIGatewayV2HTTPRequestContextHTTPDescription{Method: http.MethodGet, Path: path, Protocol: "HTTP/1.1", SourceIP: "192.0.2.7"},
			Authorizer: &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: map[string]any{}},
		},
	}
	for name, value := range actor {
		in.RequestContext.Authorizer.Lambda[name] = value
	}
	for i := 0; i+1 < len(headers); i += 2 {
		in.Headers[headers[i]] = headers[i+1]
	}
	return in
}

// asked is how API Gateway asks the authorizer about a key.
func asked(key string) events.APIGatewayV2CustomAuthorizerV2Request {
	in := get("/v1/assets", nil)
	return events.APIGatewayV2CustomAuthorizerV2Request{
		Version: "2.0", Type: "REQUEST", RawPath: in.RawPath, Headers: map[string]string{"authorization": "Bearer " + key},
		RequestContext: in.RequestContext,
	}
}

func encoded(event any) []byte {
	b, err := json.Marshal(event)
	if err != nil { // the types are those of aws-lambda-go
		panic(err)
	}
	return b
}
