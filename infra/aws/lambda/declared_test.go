package lambda

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"motorpool/functions"
)

const top = "../../.."

// A declaration is template.yaml, as far as it says what functions there are,
// what wakes them and what their environment is. It is read from the file, so
// that what is tested is what is deployed.
type declaration struct {
	Parameters map[string]struct {
		Default string `yaml:"Default"`
	} `yaml:"Parameters"`
	Conditions map[string]yaml.Node `yaml:"Conditions"`
	Globals    struct {
		Function struct {
			Environment environment `yaml:"Environment"`
		} `yaml:"Function"`
	} `yaml:"Globals"`
	Resources map[string]struct {
		Type       string    `yaml:"Type"`
		Properties yaml.Node `yaml:"Properties"`
	} `yaml:"Resources"`

	functions map[string]function // by handler
}

type environment struct {
	Variables map[string]yaml.Node `yaml:"Variables"`
}

// A function is one of the template's.
type function struct {
	Handler     string      `yaml:"Handler"`
	Code        string      `yaml:"CodeUri"`
	Role        string      `yaml:"Role"`
	Environment environment `yaml:"Environment"`
	Events      map[string]struct {
		Type string `yaml:"Type"`
	} `yaml:"Events"`

	kind string // HttpApi, SQS, DynamoDB, Schedule, or empty
}

func declared(t *testing.T) *declaration {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(top, "template.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	d := &declaration{functions: map[string]function{}}
	if err := yaml.Unmarshal(text, d); err != nil {
		t.Fatal(err)
	}
	routed := d.routed()
	for id, r := range d.Resources {
		if r.Type != "AWS::Serverless::Function" {
			continue
		}
		var f function
		if err := r.Properties.Decode(&f); err != nil || f.Handler == "" || d.functions[f.Handler].Handler != "" {
			t.Fatalf("%s: %v; its handler is %q", id, err, f.Handler)
		}
		for _, e := range f.Events {
			f.kind = e.Type
		}
		if routed[id] {
			f.kind = "HttpApi"
		}
		if s, ok := d.Resources[id+"Schedule"]; ok && s.Type == "AWS::Scheduler::Schedule" {
			f.kind = "Schedule"
		}
		d.functions[f.Handler] = f
	}
	if len(d.functions) < 60 || len(routed) < 50 {
		t.Fatalf("template.yaml declares %d functions, %d of them behind an API; is it read rightly?", len(d.functions), len(routed))
	}
	return d
}

var inURI = regexp.MustCompile(`functions/\$\{([A-Za-z0-9]+)\.Arn\}/invocations`)

// routed are the functions to which an API leads requests, by logical id.
func (d *declaration) routed() map[string]bool {
	all := map[string]bool{}
	var look func(n *yaml.Node)
	look = func(n *yaml.Node) {
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "uri" {
				for _, m := range inURI.FindAllStringSubmatch(c.Value, -1) {
					all[m[1]] = true
				}
			}
			look(c)
		}
	}
	for _, r := range d.Resources {
		if r.Type == "AWS::Serverless::HttpApi" {
			look(&r.Properties)
		}
	}
	return all
}

// behind are an area's functions behind an API, sorted.
func (d *declaration) behind(area string) (all []string) {
	for name, f := range d.functions {
		if f.kind == "HttpApi" && strings.HasPrefix(name, area+".") {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// functionOf is the function that an invocation is of: events/invoke has one for
// each route, also where pages share a function.
func functionOf(invocation string) string {
	for _, r := range functions.Routes() {
		if r.Name == invocation {
			return r.Function()
		}
	}
	return invocation
}

// invocations are the names of what events/invoke must have, sorted.
func (d *declaration) invocations() (all []string) {
	for _, r := range functions.Routes() {
		all = append(all, r.Name)
	}
	for name, f := range d.functions {
		if f.kind != "HttpApi" || name == ReadDocs {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// environment is what the template gives a function, where values say what
// parameters, resources and AWS's own words stand for.
func (d *declaration) environment(t *testing.T, f function, values map[string]string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, from := range []environment{d.Globals.Function.Environment, f.Environment} {
		for name, n := range from.Variables {
			all[name] = d.resolve(t, &n, values)
		}
	}
	return all
}

var inSub = regexp.MustCompile(`\$\{[^}]+\}`)

// resolve is what CloudFormation makes of a value.
func (d *declaration) resolve(t *testing.T, n *yaml.Node, values map[string]string) string {
	t.Helper()
	named := func(name string) string {
		if v, ok := values[name]; ok {
			return v
		}
		p, ok := d.Parameters[name]
		if !ok {
			t.Fatalf("say in this test what %s stands for", name)
		}
		return p.Default
	}
	switch n.Tag {
	case "!Ref", "!GetAtt":
		return named(n.Value)
	case "!Sub":
		return inSub.ReplaceAllStringFunc(n.Value, func(s string) string { return named(strings.Trim(s, "${}")) })
	case "!If":
		condition := d.Conditions[n.Content[0].Value]
		if d.holds(t, &condition, values) {
			return d.resolve(t, n.Content[1], values)
		}
		return d.resolve(t, n.Content[2], values)
	}
	if n.Kind != yaml.ScalarNode || strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		t.Fatalf("line %d of template.yaml: %s is not known here", n.Line, n.Tag)
	}
	return n.Value
}

func (d *declaration) holds(t *testing.T, n *yaml.Node, values map[string]string) bool {
	t.Helper()
	switch n.Tag {
	case "!Not":
		return !d.holds(t, n.Content[0], values)
	case "!Equals":
		return d.resolve(t, n.Content[0], values) == d.resolve(t, n.Content[1], values)
	}
	t.Fatalf("line %d of template.yaml: the condition %s is not known here", n.Line, n.Tag)
	return false
}

func TestNoFunctionMaySendToPrivateAddresses(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(top, "template.yaml"))
	if err != nil || strings.Contains(string(text), "ALLOW_PRIVATE_TARGETS") {
		t.Errorf("template.yaml names ALLOW_PRIVATE_TARGETS, or cannot be read: %v", err)
	}
}
