package deploy

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// A template is template.yaml, as far as it is read here.
type template struct {
	Globals struct {
		Function struct {
			Timeout     int `yaml:"Timeout"`
			Environment struct {
				Variables map[string]yaml.Node `yaml:"Variables"`
			} `yaml:"Environment"`
		} `yaml:"Function"`
	} `yaml:"Globals"`
	Parameters map[string]struct {
		Default yaml.Node `yaml:"Default"`
	} `yaml:"Parameters"`
	Conditions map[string]yaml.Node `yaml:"Conditions"`
	Resources  map[string]resource  `yaml:"Resources"`
}

type resource struct {
	Type       string    `yaml:"Type"`
	Properties yaml.Node `yaml:"Properties"`
}

// read reads the file that is deployed.
func read(path string) (*template, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var t template
	if err := yaml.Unmarshal(text, &t); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &t, nil
}

// An answer is what a name in the template stands for: a parameter, a pseudo
// parameter or a resource (attribute empty), or an attribute of a resource.
type answer func(name, attribute string) (string, error)

// A reader evaluates parts of a template.
type reader struct {
	*template
	answer
}

// fill writes a part of the template into out, with its references answered.
func (r reader) fill(part *yaml.Node, out any) error {
	v, err := r.value(part)
	if err != nil {
		return err
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, out)
}

func (r reader) value(node *yaml.Node) (any, error) {
	switch node.Tag {
	case "!Ref":
		if p, is := r.Parameters[node.Value]; is {
			return r.value(&p.Default)
		}
		if node.Value == "AWS::NoValue" {
			return nil, nil
		}
		return r.answer(node.Value, "")
	case "!GetAtt":
		name, attribute, _ := strings.Cut(node.Value, ".")
		return r.answer(name, attribute)
	case "!Sub":
		return r.text(node.Value)
	case "!If":
		holds, err := r.holds(node.Content[0].Value)
		if err != nil {
			return nil, err
		}
		if holds {
			return r.value(node.Content[1])
		}
		return r.value(node.Content[2])
	case "!Equals":
		both, err := r.list(node)
		return err == nil && fmt.Sprint(both[0]) == fmt.Sprint(both[1]), err
	case "!Not":
		one, err := r.list(node)
		return err == nil && one[0] == false, err
	}
	return r.plain(node)
}

// holds is whether a condition is true with the parameters' defaults.
func (r reader) holds(condition string) (bool, error) {
	node, ok := r.Conditions[condition]
	if !ok {
		return false, fmt.Errorf("there is no condition %s", condition)
	}
	v, err := r.value(&node)
	return v == true, err
}

func (r reader) list(node *yaml.Node) ([]any, error) {
	list := make([]any, len(node.Content))
	for i, part := range node.Content {
		var err error
		if list[i], err = r.value(part); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// plain is a part without a function of its own.
func (r reader) plain(node *yaml.Node) (any, error) {
	switch node.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(node.Content)/2)
		for i := 0; i+1 < len(node.Content); i += 2 {
			v, err := r.value(node.Content[i+1])
			if err != nil {
				return nil, err
			}
			if v != nil { // AWS::NoValue leaves the property out
				m[node.Content[i].Value] = v
			}
		}
		return m, nil
	case yaml.SequenceNode:
		return r.list(node)
	}
	if strings.HasPrefix(node.Tag, "!") && !strings.HasPrefix(node.Tag, "!!") {
		return nil, fmt.Errorf("line %d: %s is not known here", node.Line, node.Tag)
	}
	var v any
	return v, node.Decode(&v)
}

var reference = regexp.MustCompile(`\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}`)

// text answers the references in a text of !Sub.
func (r reader) text(s string) (string, error) {
	var failed error
	out := reference.ReplaceAllStringFunc(s, func(found string) string {
		part := reference.FindStringSubmatch(found)
		v, err := r.named(part[1], part[2])
		if err != nil {
			failed = err
		}
		return v
	})
	return out, failed
}

// named is a reference in a text.
func (r reader) named(name, attribute string) (string, error) {
	if p, is := r.Parameters[name]; is {
		return p.Default.Value, nil
	}
	return r.answer(name, attribute)
}
