package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestNothingIsPlantedInAnAccount(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"TABLE": "t", "AWS_REGION": "eu-west-1"}, "set AWS_ENDPOINT_URL"},
		{map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "TABLE is not set"},
	} {
		if err := plant(t.Context(), reader(tt.env), ""); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: got %v, want %s", tt.env, err, tt.want)
		}
	}
}

func reader(env map[string]string) func(string) string {
	return func(name string) string { return env[name] }
}

// TestSAMFindsFunctionCodeAndEnvironment asks SAM CLI what it would run. That is
// all of "sam local invoke" but the container, which needs Docker.
func TestSAMFindsFunctionCodeAndEnvironment(t *testing.T) {
	t.Parallel()
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
	to := filepath.Join(t.TempDir(), "template.local.yaml")
	env := map[string]string{"TABLE": "seeded", "BASE_URL": "https://motorpool.example", "AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "ALLOW_PRIVATE_TARGETS": "true"}
	if err := write(reader(env), top+"/template.yaml", to); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "sam.py", to)
	cmd.Env = append(os.Environ(), "SAM_CLI_TELEMETRY=0", "AWS_DEFAULT_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found map[string]struct {
		Handler, Code string
		Env           map[string]string
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	f := found["WebhooksCreateEndpoint"]
	if f.Handler != "webhooks.create_endpoint" || f.Code != filepath.Join(filepath.Dir(to), "build", "webhooks") || f.Env["AWS_LAMBDA_FUNCTION_HANDLER"] != f.Handler {
		t.Errorf("SAM found %+v", f)
	}
	for name, want := range map[string]string{"TABLE": "seeded", "AWS_ENDPOINT_URL": "http://host.docker.internal:4566", "ALLOW_PRIVATE_TARGETS": "true"} {
		if got := f.Env[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	events, err := os.ReadDir(top + "/events/invoke")
	if err != nil || len(found) != len(events) {
		t.Errorf("SAM found %d functions, events/invoke has %d: %v", len(found), len(events), err)
	}
	for id, f := range found {
		if _, err := os.Stat(top + "/events/invoke/" + f.Handler + ".json"); err != nil {
			t.Errorf("%s: %v", id, err)
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
