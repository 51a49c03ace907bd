package main

import (
	"cmp"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"motorpool/functions"
	"motorpool/infra/emulators"
	"motorpool/shared/api"
)

func TestNothingIsPlantedInAnAccount(t *testing.T) {
	t.Parallel()
	o := options{template: top + "/template.yaml", stack: "motorpool-local", out: filepath.Join(t.TempDir(), "template.local.yaml")}
	for _, tt := range []struct{ at, want string }{
		{"", "AWS_ENDPOINT_URL is not set"},
		{"https://dynamodb.eu-west-1.amazonaws.com", "is AWS itself"},
	} {
		if err := plant(t.Context(), reader(map[string]string{"AWS_ENDPOINT_URL": tt.at}), o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: got %v, want %s", tt.at, err, tt.want)
		}
		if _, err := os.Stat(o.out); err == nil {
			t.Errorf("%q: something was written all the same", tt.at)
		}
	}
}

// TestWhatIsMadeIsPlantedAndTold plants as a person would, twice: the first time
// everything is made, the second time it is all there.
func TestWhatIsMadeIsPlantedAndTold(t *testing.T) {
	t.Parallel()
	env := reader(map[string]string{"AWS_ENDPOINT_URL": emulators.AWS(t), "AWS_ENDPOINT_URL_DYNAMODB": emulators.DynamoDB(t)})
	o := options{template: top + "/template.yaml", stack: "plant", out: filepath.Join(t.TempDir(), "template.local.yaml"), private: true, receiver: "http://127.0.0.1:8099/hook"}
	if err := plant(t.Context(), env, o); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(o.out)
	if err != nil || !strings.Contains(string(text), "TABLE: plant") || !strings.Contains(string(text), "AWS_ENDPOINT_URL_DYNAMODB: http://host.docker.internal:") {
		t.Errorf("%v; wrote %.3000s", err, text)
	}
	if err := plant(t.Context(), env, o); err == nil || !strings.Contains(err.Error(), "there already") {
		t.Errorf("planting again: %v", err)
	}
}

func reader(env map[string]string) func(string) string {
	return func(name string) string { return env[name] }
}

// sam runs a program beside this test in the Python that has SAM CLI, and reads
// what it prints.
func sam(t *testing.T, into any, program, template string) {
	t.Helper()
	python := os.Getenv("MOTORPOOL_PYTHON")
	if python == "" {
		python, _ = filepath.Abs(top + "/.cache/venv/bin/python")
	}
	if err := exec.CommandContext(t.Context(), python, "-c", "import samcli").Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("SAM CLI is not installed: %v. Run .ci/setup.", err)
		}
		t.Skipf("SKIPPED, NOT TESTED: SAM CLI is not installed: %v. Run .ci/setup, then this test again.", err)
	}
	cmd := exec.CommandContext(t.Context(), python, program, template)
	cmd.Env = append(os.Environ(), "SAM_CLI_TELEMETRY=0", "AWS_DEFAULT_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(err)
	}
}

// TestSAMFindsFunctionCodeAndEnvironment asks SAM CLI what it would run. That is
// all of "sam local invoke" but the container, which needs Docker.
func TestSAMFindsFunctionCodeAndEnvironment(t *testing.T) {
	t.Parallel()
	to := filepath.Join(t.TempDir(), "template.local.yaml")
	env := map[string]string{"TABLE": "seeded", "BASE_URL": "https://motorpool.example", "AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "ALLOW_PRIVATE_TARGETS": "true"}
	if err := write(reader(env), top+"/template.yaml", to); err != nil {
		t.Fatal(err)
	}
	var found map[string]struct {
		Handler, Code string
		Env           map[string]string
	}
	sam(t, &found, "sam.py", to)
	f := found["WebhooksCreateEndpoint"]
	if f.Handler != "webhooks.create_endpoint" || f.Code != filepath.Join(filepath.Dir(to), "build", "webhooks") || f.Env["AWS_LAMBDA_FUNCTION_HANDLER"] != f.Handler {
		t.Errorf("SAM found %+v", f)
	}
	for name, want := range map[string]string{"TABLE": "seeded", "AWS_ENDPOINT_URL": "http://host.docker.internal:4566", "ALLOW_PRIVATE_TARGETS": "true"} {
		if got := f.Env[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	invoked := map[string]bool{}
	for _, r := range functions.Routes() {
		invoked[r.Function()] = true
		if _, err := os.Stat(top + "/events/invoke/" + r.Name + ".json"); err != nil {
			t.Error(err)
		}
	}
	for id, f := range found {
		if _, err := os.Stat(top + "/events/invoke/" + f.Handler + ".json"); err != nil && !invoked[f.Handler] {
			t.Errorf("%s: %v", id, err)
		}
		delete(invoked, f.Handler)
	}
	if len(invoked) > 0 {
		t.Errorf("SAM did not find %v", invoked)
	}
}

// TestSAMLeadsEveryRouteToItsFunction asks SAM CLI what "sam local start-api"
// would serve: each route by its function, those of the API with a key alone.
func TestSAMLeadsEveryRouteToItsFunction(t *testing.T) {
	t.Parallel()
	var served map[string]struct{ Function, Authorizer string }
	sam(t, &served, "routes.py", top+"/template.yaml")
	for _, r := range functions.Routes() {
		path := strings.TrimSuffix(strings.ReplaceAll(r.Path, "...}", "+}"), "{$}")
		got := served[cmp.Or(r.Method, http.MethodPatch)+" "+path]
		want := ""
		if strings.HasPrefix(r.Path, "/v1/") && r.Door == api.KeyDoor {
			want = "Key"
		}
		if function := strings.NewReplacer(".", "", "_", "").Replace(r.Function()); !strings.EqualFold(got.Function, function) || got.Authorizer != want {
			t.Errorf("%s %s is answered by %q after %q, want %s after %q", r.Method, path, got.Function, got.Authorizer, function, want)
		}
	}
}

func TestAnAddressOfThisMachineAsAContainerSeesIt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ here, there string }{
		{"http://127.0.0.1:4566", "http://host.docker.internal:4566"},
		{"http://localhost:4566/", "http://host.docker.internal:4566/"},
		{"http://localhost", "http://host.docker.internal"},
		{"http://localhost.localstack.cloud:4566", "http://localhost.localstack.cloud:4566"},
		{"http://10.0.0.7:5000", "http://10.0.0.7:5000"},
	} {
		if got := fromContainer(tt.here); got != tt.there {
			t.Errorf("%s: got %s, want %s", tt.here, got, tt.there)
		}
	}
}

const top = "../../../.."
