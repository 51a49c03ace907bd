//go:build cdk

package main

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// A definition is what the app must know of template.yaml: logical ids, by what
// they are. Each list is sorted.
type definition struct {
	parameters []string
	functions  []function
	areas      []string // of functions
	tables     []table
	queues     []string // queues that somebody empties
	dead       []string // queues where what could not be done lies until a person looks
	machines   []string // state machines
	apis       []string // HTTP APIs
	logs       []string // log groups
	answering  []string // functions that requests wake: what fails is an answer of 5xx
}

type function struct {
	id, area, code string // code is CodeUri: build/<area>
	stream         bool   // reads the table's stream
}

type table struct {
	id      string
	indexes []string
}

type resource struct {
	Type       string    `yaml:"Type"`
	Properties yaml.Node `yaml:"Properties"`
}

// readTemplate reads template.yaml, which infra/aws/template wrote.
func readTemplate(path string) (*definition, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var doc struct {
		Parameters map[string]yaml.Node `yaml:"Parameters"`
		Resources  map[string]resource  `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	d := &definition{parameters: slices.Sorted(maps.Keys(doc.Parameters))}
	for _, id := range slices.Sorted(maps.Keys(doc.Resources)) {
		if err := d.add(id, doc.Resources[id]); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", path, id, err)
		}
	}
	for _, f := range d.functions {
		if !slices.Contains(d.areas, f.area) {
			d.areas = append(d.areas, f.area)
		}
	}
	slices.Sort(d.areas)
	if len(d.functions) == 0 || len(d.tables) == 0 || len(d.apis) == 0 {
		return nil, fmt.Errorf("%s has no functions, no table or no API", path)
	}
	return d, nil
}

func (d *definition) add(id string, r resource) error {
	switch r.Type {
	case "AWS::Serverless::Function":
		return d.addFunction(id, r)
	case "AWS::DynamoDB::Table":
		var in struct {
			GlobalSecondaryIndexes []struct {
				IndexName string `yaml:"IndexName"`
			} `yaml:"GlobalSecondaryIndexes"`
		}
		if err := r.Properties.Decode(&in); err != nil {
			return err
		}
		t := table{id: id}
		for _, x := range in.GlobalSecondaryIndexes {
			t.indexes = append(t.indexes, x.IndexName)
		}
		d.tables = append(d.tables, t)
	case "AWS::SQS::Queue":
		var in map[string]yaml.Node
		if err := r.Properties.Decode(&in); err != nil {
			return err
		}
		if _, working := in["RedrivePolicy"]; working {
			d.queues = append(d.queues, id)
		} else {
			d.dead = append(d.dead, id)
		}
	case "AWS::Serverless::StateMachine":
		d.machines = append(d.machines, id)
	case "AWS::Serverless::HttpApi":
		d.apis = append(d.apis, id)
		d.routed(&r.Properties)
	case "AWS::Logs::LogGroup":
		d.logs = append(d.logs, id)
	}
	return nil
}

func (d *definition) addFunction(id string, r resource) error {
	var in struct {
		CodeUri string `yaml:"CodeUri"`
		Handler string `yaml:"Handler"`
		Events  map[string]struct {
			Type string `yaml:"Type"`
		} `yaml:"Events"`
	}
	if err := r.Properties.Decode(&in); err != nil {
		return err
	}
	f := function{id: id, code: in.CodeUri}
	f.area, _, _ = strings.Cut(in.Handler, ".")
	for _, e := range in.Events {
		f.stream = f.stream || e.Type == "DynamoDB"
	}
	if f.code == "" || f.area == "" {
		return fmt.Errorf("no CodeUri, or no area in the handler %q", in.Handler)
	}
	d.functions = append(d.functions, f)
	return nil
}

// of are the functions of an area.
func (d *definition) of(area string) (all []function) {
	for _, f := range d.functions {
		if f.area == area {
			all = append(all, f)
		}
	}
	return all
}

// behindAPI says whether requests wake an area, so that the API's alarms see
// what fails in it.
func (d *definition) behindAPI(area string) bool {
	return slices.ContainsFunc(d.of(area), func(f function) bool { return slices.Contains(d.answering, f.id) })
}

var inURI = regexp.MustCompile(`functions/\$\{([A-Za-z0-9]+)\.Arn\}/invocations`)

// routed notes the functions to which an API leads requests.
func (d *definition) routed(n *yaml.Node) {
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "uri" {
			for _, m := range inURI.FindAllStringSubmatch(c.Value, -1) {
				d.answering = append(d.answering, m[1])
			}
		}
		d.routed(c)
	}
}
