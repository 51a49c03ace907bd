//go:build cdk

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"gopkg.in/yaml.v3"
)

const top = "../../.."

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close()
	os.Exit(code)
}

type document = map[string]any

// A context is what -c and cdk.json would say.
type context map[string]any

func (c context) get(name *string) any { return c[*name] }

// withDomain is a production with everything that may be asked for.
var withDomain = context{"stage": "prod", "prod": document{
	"domain": "pool.example.com", "zone_id": "Z0123456789", "zone_name": "example.com", "firewall": true, "email": "ops@example.com", "budget": 75,
}}

var synthesised sync.Map // by the context's JSON

// synth is what the app makes: the templates of its stacks, by name.
func synth(t *testing.T, c context) map[string]document {
	t.Helper()
	key, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if done, ok := synthesised.Load(string(key)); ok {
		return done.(map[string]document)
	}
	s, err := chosen(c.get)
	if err != nil {
		t.Fatal(err)
	}
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: text(t.TempDir()), AnalyticsReporting: boolean(false)})
	if err := assemble(app, s, place{account: "111111111111", region: "eu-west-1", top: built(t)}); err != nil {
		t.Fatal(err)
	}
	all := map[string]document{}
	for _, stack := range *app.Synth(nil).Stacks() {
		raw, err := os.ReadFile(*stack.TemplateFullPath())
		if err != nil {
			t.Fatal(err)
		}
		var doc document
		if err := json.Unmarshal(raw, &doc); err != nil {
			t.Fatal(err)
		}
		all[*stack.StackName()] = doc
	}
	synthesised.Store(string(key), all)
	return all
}

// product is the synthesised template of a stage's product.
func productOf(t *testing.T, stage string) document {
	t.Helper()
	return synth(t, context{"stage": stage})["motorpool-"+stage]
}

// built is a repository in which "make build" was run, with small programs.
func built(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, content []byte) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"template.yaml", "infra/aws/template/retry.asl.json"} {
		content, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		put(name, content)
	}
	for _, f := range defined(t).functions {
		put(f.code+"/bootstrap", []byte(f.area))
	}
	return dir
}

func defined(t *testing.T) *definition {
	t.Helper()
	def, err := readTemplate(top + "/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return def
}

// written is template.yaml as JSON would say it.
func written(t *testing.T) document {
	t.Helper()
	raw, err := os.ReadFile(top + "/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var node yaml.Node
	if err := yaml.Unmarshal(raw, &node); err != nil {
		t.Fatal(err)
	}
	doc, ok := plain(t, &node).(document)
	if !ok {
		t.Fatal("template.yaml is no mapping")
	}
	return doc
}

func plain(t *testing.T, n *yaml.Node) any {
	t.Helper()
	if function, ok := strings.CutPrefix(n.Tag, "!"); ok && !strings.HasPrefix(function, "!") {
		inside := *n
		inside.Tag = map[yaml.Kind]string{yaml.ScalarNode: "!!str", yaml.SequenceNode: "!!seq", yaml.MappingNode: "!!map"}[n.Kind]
		if function != "Ref" && function != "Condition" {
			function = "Fn::" + function
		}
		return document{function: plain(t, &inside)}
	}
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(t, n.Content[0])
	case yaml.MappingNode:
		all := document{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			all[n.Content[i].Value] = plain(t, n.Content[i+1])
		}
		return all
	case yaml.SequenceNode:
		all := []any{}
		for _, c := range n.Content {
			all = append(all, plain(t, c))
		}
		return all
	}
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	if i, ok := v.(int); ok {
		return float64(i)
	}
	return v
}
