//go:build cdk

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"gopkg.in/yaml.v3"
)

// CloudFormation's limits for a template:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const (
	mostResources = 500
	mostBytes     = 1_000_000
)

// TestThereIsRoom counts what is uploaded, and what SAM makes of it in
// CloudFormation, which is what the limits are about.
func TestThereIsRoom(t *testing.T) {
	for name, doc := range synth(t, withDomain) {
		measureRoom(t, name, doc)
		if doc["Transform"] != nil {
			measureRoom(t, name+" after SAM", translated(t, doc))
		}
	}
}

// TestWhatTheCDKAdds: infra/aws/template counts with it when it says how much
// room there is for routes.
func TestWhatTheCDKAdds(t *testing.T) {
	raw, err := os.ReadFile(top + "/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var declared struct {
		Resources map[string]any `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(raw, &declared); err != nil {
		t.Fatal(err)
	}
	added := len(synth(t, withDomain)["motorpool-prod"]["Resources"].(document)) - len(declared.Resources)
	if most := 33 + 2*len(defined(t).areas); added > most {
		t.Errorf("the CDK adds %d resources, and infra/aws/template counts with %d", added, most)
	}
}

func measureRoom(t *testing.T, name string, doc document) {
	t.Helper()
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	n := len(doc["Resources"].(document))
	t.Logf("%s: %d resources of %d, %d bytes of %d", name, n, mostResources, len(raw), mostBytes)
	if n >= mostResources || len(raw) >= mostBytes {
		t.Errorf("%s has %d resources in %d bytes", name, n, len(raw))
	}
}

// TestSAMKeepsWhatAlarmsName: the translator must leave every logical id that
// an alarm, an output or another resource refers to.
func TestSAMKeepsWhatAlarmsName(t *testing.T) {
	doc := translated(t, productOf(t, "prod"))
	all := doc["Resources"].(document)
	for id, kind := range map[string]string{
		"Table": "AWS::DynamoDB::Table", "Api": "AWS::ApiGatewayV2::Api", "Console": "AWS::ApiGatewayV2::Api",
		"RetryMachine": "AWS::StepFunctions::StateMachine", "WorkersDeliver": "AWS::Lambda::Function", "OperatorLetIn": "AWS::Lambda::Function",
	} {
		if r, _ := all[id].(document); r["Type"] != kind {
			t.Errorf("%s is %v after SAM", id, r["Type"])
		}
	}
	for id, f := range resourcesOf(doc, "AWS::Lambda::Function") {
		if code, _ := f["Code"].(document); code["S3Bucket"] == nil || code["S3Key"] == nil {
			t.Errorf("%s: %v", id, f["Code"])
		}
	}
	m := resourcesOf(doc, "AWS::StepFunctions::StateMachine")["RetryMachine"]
	if m["DefinitionS3Location"] == nil || m["DefinitionSubstitutions"] == nil {
		t.Errorf("the state machine: %v", m)
	}
}

// translated is what SAM's own translator, which AWS runs too, makes of doc.
func translated(t *testing.T, doc document) document {
	t.Helper()
	const program = `import json, sys
from samtranslator.translator.transform import transform
class NoPolicies:
    def load(self): return {}
json.dump(transform(json.load(sys.stdin), {}, NoPolicies()), sys.stdout)`
	in, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	var answer document
	if err := json.Unmarshal(python(t, in, "-c", program), &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// python runs a program in the environment that SAM is installed in.
func python(t *testing.T, in []byte, args ...string) []byte {
	t.Helper()
	path := os.Getenv("MOTORPOOL_PYTHON")
	if path == "" {
		path = top + "/.cache/venv/bin/python"
	}
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("SAM is missing: run make ci-setup")
		}
		t.Skip("NOT TESTED: SAM is missing. Run make ci-setup to test with its translator.")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	command := exec.CommandContext(t.Context(), path, args...)
	command.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "AWS_DEFAULT_REGION=eu-west-1")
	command.Stdin, command.Stderr = bytes.NewReader(in), &said
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said.Bytes())
	}
	return out
}
