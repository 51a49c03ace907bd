package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"motorpool/functions"
)

// A document is a template in CloudFormation's long form: {"Ref": "Table"}.
type document map[string]any

// written is the template that this program writes.
func written(t *testing.T) document {
	t.Helper()
	files, err := generate(functions.Areas)
	if err != nil {
		t.Fatal(err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(files["template.yaml"], &root); err != nil {
		t.Fatal(err)
	}
	return long(t, root.Content[0]).(map[string]any)
}

// long spells out the short forms of CloudFormation's functions.
func long(t *testing.T, n *yaml.Node) (v any) {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = long(t, n.Content[i+1])
		}
		v = m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, long(t, c))
		}
		v = list
	default:
		plain := *n
		if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
			plain.Tag = "!!str"
		}
		if err := plain.Decode(&v); err != nil {
			t.Fatal(err)
		}
	}
	switch {
	case n.Tag == "!Ref":
		return map[string]any{"Ref": v}
	case n.Tag == "!GetAtt":
		id, attribute, _ := strings.Cut(v.(string), ".")
		return map[string]any{"Fn::GetAtt": []any{id, attribute}}
	case strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!"):
		return map[string]any{"Fn::" + n.Tag[1:]: v}
	}
	return v
}

// translated is what CloudFormation sees of the template once SAM has expanded
// it, which takes seconds, so that it is done once.
func translated(t *testing.T) document {
	t.Helper()
	if python := interpreter(t); once.doc == nil {
		once.doc = translate(t, python, functions.Areas)
	}
	return once.doc
}

var once struct{ doc document }

// interpreter has SAM, which .ci/setup installs; without it a test is skipped and
// says so, except where CI=true: there it fails.
func interpreter(t *testing.T) string {
	t.Helper()
	python := os.Getenv("MOTORPOOL_PYTHON")
	if python == "" {
		python = top + "/.cache/venv/bin/python"
	}
	if exec.CommandContext(t.Context(), python, "-c", "import samcli, samtranslator").Run() != nil {
		const what = "SAM's transform is not installed (.ci/setup does it, or set MOTORPOOL_PYTHON to a Python that has aws-sam-cli)"
		if os.Getenv("CI") != "" {
			t.Fatal(what)
		}
		t.Skip("SKIPPED: " + what)
	}
	return python
}

// translate runs SAM's transform on the template of areas.
func translate(t *testing.T, python string, areas []functions.Area) (doc document) {
	t.Helper()
	tmpl, err := template(areas)
	if err != nil {
		t.Fatal(err)
	}
	text, err := encode(tmpl)
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	sam := exec.CommandContext(t.Context(), python, "testdata/translate.py")
	sam.Env = append(os.Environ(), "AWS_DEFAULT_REGION=eu-west-1", "SAM_CLI_TELEMETRY=0", "PYTHONDONTWRITEBYTECODE=1")
	sam.Stdin, sam.Stderr = bytes.NewReader(text), &said
	out, err := sam.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, said.Bytes())
	}
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// part is the part of v at a path, or nil.
func part(v any, path ...string) any {
	for _, p := range path {
		m, ok := v.(map[string]any)
		if !ok {
			d, is := v.(document)
			if !is {
				return nil
			}
			m = d
		}
		v = m[p]
	}
	return v
}

// number is a number of YAML or JSON.
func number(v any) int {
	switch v := v.(type) {
	case int:
		return v
	case float64:
		return int(v)
	}
	return 0
}

// of are the resources of a type, by logical id.
func (d document) of(typ string) map[string]any {
	all := map[string]any{}
	for id, r := range d["Resources"].(map[string]any) {
		if part(r, "Type") == typ {
			all[id] = part(r, "Properties")
		}
	}
	return all
}

// target is the logical id that a Ref or GetAtt names, or empty.
func target(v any) string {
	if id, ok := part(v, "Ref").(string); ok {
		return id
	}
	if at, ok := part(v, "Fn::GetAtt").([]any); ok && len(at) > 0 {
		id, _ := at[0].(string)
		return id
	}
	return ""
}

// many is v as a list.
func many(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}
