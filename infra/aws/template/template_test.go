package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"motorpool/functions"
	"motorpool/shared/api"
)

const top = "../../.."

func TestGeneratedFilesAreFresh(t *testing.T) {
	files, err := generate(functions.Areas)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(top, name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run make golden and look at what changed (%v)", name, err)
		}
	}
}

func TestWritingTwiceWritesTheSame(t *testing.T) {
	one, err := generate(functions.Areas)
	if err != nil {
		t.Fatal(err)
	}
	two, err := generate(functions.Areas)
	if err != nil {
		t.Fatal(err)
	}
	for name := range one {
		if !bytes.Equal(one[name], two[name]) {
			t.Errorf("%s differs from one run to the next", name)
		}
	}
}

// resources are those of the template made of areas, by logical id.
func resources(t *testing.T, areas []functions.Area) map[string]yaml.Node {
	t.Helper()
	tmpl, err := template(areas)
	if err != nil {
		t.Fatal(err)
	}
	text, err := encode(tmpl)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Resources map[string]yaml.Node `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(text, &doc); err != nil { // refuses a logical id used twice
		t.Fatal(err)
	}
	return doc.Resources
}

// walk visits every node under n, keys before their values.
func walk(n *yaml.Node, visit func(key string, n *yaml.Node)) {
	for i, c := range n.Content {
		key := ""
		if n.Kind == yaml.MappingNode && i%2 == 1 {
			key = n.Content[i-1].Value
		}
		visit(key, c)
		walk(c, visit)
	}
}

// used finds the ids that a resource names; a stage or an event source names
// what it belongs to, so that SAM's expansion adds no edge that is not here.
func used(r *yaml.Node) (ids []string) {
	inSub := regexp.MustCompile(`\$\{([A-Za-z0-9]+)(\.[A-Za-z0-9.]+)?\}`)
	walk(r, func(_ string, n *yaml.Node) {
		switch n.Tag {
		case "!Ref":
			ids = append(ids, n.Value)
		case "!GetAtt":
			id, _, _ := strings.Cut(n.Value, ".")
			ids = append(ids, id)
		case "!Sub":
			for _, m := range inSub.FindAllStringSubmatch(n.Value, -1) {
				ids = append(ids, m[1])
			}
		}
	})
	return ids
}

func TestNothingIsNamedThatIsNotThere(t *testing.T) {
	all := resources(t, functions.Areas)
	for name, r := range all {
		for _, id := range used(&r) {
			known := strings.HasPrefix(id, "AWS::") || slices.ContainsFunc(parameterList, func(p parameter) bool { return p.name == id })
			if _, ok := all[id]; !ok && !known {
				t.Errorf("%s names %s, which is not there", name, id)
			}
		}
	}
}

// TestNoCircle follows every reference. An API's body names the functions of
// its routes and the roles that call them. Its stage is a resource of its own, which names the API and all that the stage
// variables name; the stages of our two APIs name both.
func TestNoCircle(t *testing.T) {
	all, edges := resources(t, functions.Areas), map[string][]string{}
	for name, r := range all {
		if typeOf(&r) == "AWS::Serverless::HttpApi" {
			edges[name+" (stage)"] = append(used(stageOf(&r)), name)
		}
		edges[name] = append(edges[name], used(&r)...)
	}
	state := map[string]int{}
	var visit func(name string, path []string)
	visit = func(name string, path []string) {
		if state[name] == 1 {
			t.Fatalf("a circle: %s", strings.Join(append(path, name), " → "))
		}
		if state[name] == 0 {
			state[name] = 1
			for _, next := range edges[name] {
				visit(next, append(path, name))
			}
			state[name] = 2
		}
	}
	for name := range edges {
		visit(name, nil)
	}
}

// stageOf takes the stage variables out of an API.
func stageOf(r *yaml.Node) (stage *yaml.Node) {
	walk(r, func(key string, n *yaml.Node) {
		if key == "StageVariables" {
			c := *n
			stage, *n = &c, yaml.Node{Kind: yaml.MappingNode}
		}
	})
	return stage
}

func typeOf(r *yaml.Node) string { return r.Content[1].Value }

// count is how many resources CloudFormation sees once SAM has expanded them.
func count(all map[string]yaml.Node) (n int) {
	for _, r := range all {
		n++
		switch typeOf(&r) {
		case "AWS::Serverless::HttpApi":
			n++ // the stage
		case "AWS::Serverless::Function":
			walk(&r, func(key string, events *yaml.Node) {
				if key == "Events" {
					n += len(events.Content) / 2 // an event source mapping each
				}
			})
		}
	}
	return n
}

func TestPathsAsAPIGatewayWritesThem(t *testing.T) {
	for _, tt := range []struct{ path, want string }{
		{"/v1/assets/{id}", "/v1/assets/{id}"},
		{"/{$}", "/"},
		{"/static/{file...}", "/static/{file+}"},
	} {
		if got := gatewayPath(tt.path); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.path, got, tt.want)
		}
	}
}

func TestAnAreaWithoutNeedsIsRefused(t *testing.T) {
	for _, a := range []functions.Area{{Name: "nowhere"}, {Name: "fleet", Consumers: []api.Consumer{{Name: "fleet.x", Queue: "jobs"}}}} {
		if _, err := template([]functions.Area{a}); err == nil {
			t.Errorf("%s was accepted", a.Name)
		}
	}
}

func TestTheDefinitionFitsIntoCloudFormation(t *testing.T) {
	files, err := generate(functions.Areas)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(files["template.yaml"]); n > 1_000_000 {
		t.Errorf("template.yaml has %d bytes; CloudFormation takes 1 MB", n)
	}
}
