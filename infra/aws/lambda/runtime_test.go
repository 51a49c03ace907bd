package lambda

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/infra/aws/runtimeapi"
)

// A bootstrap is a function's process, started as Lambda starts it.
type bootstrap struct {
	name  string
	ended chan struct{} // closed when the process has ended
	said  *bytes.Buffer // what it wrote; read only once it has ended

	process *runtimeapi.Process
}

// An answer is what a function made of an invocation: a result, or an error.
type answer struct {
	kind string // "response", "error" or "init"
	body []byte
}

// start runs the binary as the function called name.
func start(t *testing.T, binary, name string, env ...string) *bootstrap {
	t.Helper()
	p, err := runtimeapi.Start(t.Context(), binary, name, env...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Close()
		if t.Failed() {
			t.Logf("%s said:\n%s", name, p.Said)
		}
	})
	return &bootstrap{name: name, ended: p.Ended, said: p.Said, process: p}
}

// invoke hands the function one event and waits for its answer.
func (b *bootstrap) invoke(t *testing.T, event any) answer {
	t.Helper()
	text, ok := event.(string)
	if !ok {
		raw, err := json.Marshal(event)
		if err != nil {
			t.Fatal(err)
		}
		text = string(raw)
	}
	a, err := b.process.Invoke([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return answer{a.Kind, a.Body}
}

// result decodes a function's answer, which must not be an error.
func (a answer) result(t *testing.T, into any) {
	t.Helper()
	if a.kind != "response" {
		t.Fatalf("got an %s: %s", a.kind, a.body)
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
}

// errorType is the name of the error that a function answered with.
func (a answer) errorType(t *testing.T) string {
	t.Helper()
	var said struct {
		Type string `json:"errorType"`
	}
	if err := json.Unmarshal(a.body, &said); err != nil || a.kind != "error" {
		t.Fatalf("got a %s, want an error: %s", a.kind, a.body)
	}
	return said.Type
}

// build makes the bootstrap of an area as "make build" does, but for here. All
// tests share what is built.
func build(t *testing.T, area string) string {
	t.Helper()
	once, _ := built.LoadOrStore(area, sync.OnceValues(func() (string, error) {
		to := filepath.Join(builds, area)
		out, err := exec.Command("go", "build", "-tags", "lambda.norpc", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid=", "-o", to, "./"+area).CombinedOutput()
		if err == nil && area == "docs" {
			out, err = exec.Command("go", "run", "motorpool/infra/aws/docs", filepath.Join(builds, site)).CombinedOutput()
		}
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, out)
		}
		return to, err
	}))
	to, err := once.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return to
}

var (
	built  sync.Map // area -> func() (path string, err error)
	builds string   // where
)

func TestMain(m *testing.M) {
	var err error
	if builds, err = os.MkdirTemp("", "bootstraps"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(builds)
	os.Exit(code)
}

// complete is an environment that lacks nothing and reaches nothing.
var complete = []string{
	"AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=emulator", "AWS_SECRET_ACCESS_KEY=emulator", "AWS_SESSION_TOKEN=emulator",
	"TABLE=t", "KEY=k", "DELIVERIES_QUEUE=d", "JOBS_QUEUE=j", "LETTERS_QUEUE=l", "FILES_BUCKET=f", "RETRY_MACHINE=m", "AWS_ENDPOINT_URL=http://127.0.0.1:1",
}

func TestAStartThatCannotWorkEndsWithAMessage(t *testing.T) {
	t.Parallel()
	binary := build(t, "steps")
	for _, tt := range []struct {
		name string
		env  []string
		want []string
	}{
		{"steps.nothing", complete, []string{`there is no function named`, `steps.nothing`}},
		{"fleet.list_assets", complete, []string{`there is no function named`, `fleet.list_assets`}},
		{"", complete, []string{`there is no function named`, `_HANDLER must name one`}},
		{"steps.redeliver", complete[:4], []string{"TABLE is not set", "KEY is not set", "JOBS_QUEUE is not set", "RETRY_MACHINE is not set"}},
	} {
		b := start(t, binary, tt.name, tt.env...)
		select {
		case <-b.ended:
		case <-time.After(30 * time.Second):
			t.Fatalf("%q did not end", tt.name)
		}
		for _, want := range tt.want {
			if !strings.Contains(b.said.String(), want) {
				t.Errorf("%q: %s\nlacks %q", tt.name, b.said, want)
			}
		}
	}
}

// TestAnAuthorizerThatCannotTellRefusesNobody: a refusal would be remembered
// for a minute, although the key may be right.
func TestAnAuthorizerThatCannotTellRefusesNobody(t *testing.T) {
	t.Parallel()
	b := start(t, build(t, "authorizer"), CheckKey, complete...)
	a := b.invoke(t, asked("mp_live_"+strings.Repeat("x", 26)))
	if a.kind != "error" {
		t.Errorf("got a %s: %s", a.kind, a.body)
	}
}

// asked is how API Gateway asks an authorizer about a key.
func asked(key string) string {
	return fmt.Sprintf(`{"version":"2.0","type":"REQUEST","routeArn":"arn:aws:execute-api:eu-west-1:1:api/$default/GET/v1/assets","identitySource":[%[1]q],
	"routeKey":"GET /v1/assets","rawPath":"/v1/assets","rawQueryString":"","headers":{"authorization":%[1]q},
	"requestContext":{"requestId":"r1","stage":"$default","http":{"method":"GET","path":"/v1/assets","protocol":"HTTP/1.1","sourceIp":"192.0.2.7","userAgent":"test"}}}`, "Bearer "+key)
}
