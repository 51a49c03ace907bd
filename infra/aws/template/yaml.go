package main

import (
	"bytes"
	"regexp"

	"gopkg.in/yaml.v3"
)

// A block is a YAML mapping that keeps its order.
type block []entry

type entry struct {
	key   string
	value any
}

// A call is one of CloudFormation's functions in its short form: !Ref Table.
type call struct {
	name string
	arg  any
}

func ref(id string) call                { return call{"!Ref", id} }
func att(id string) call                { return call{"!GetAtt", id} }
func sub(text string) call              { return call{"!Sub", text} }
func either(cond string, a, b any) call { return call{"!If", []any{cond, a, b}} }

// MarshalYAML is yaml.v3's way of asking.
func (b block) MarshalYAML() (any, error) {
	node := &yaml.Node{Kind: yaml.MappingNode}
	for _, e := range b {
		var key, value yaml.Node
		if err := key.Encode(e.key); err != nil {
			return nil, err
		}
		if err := value.Encode(e.value); err != nil {
			return nil, err
		}
		node.Content = append(node.Content, &key, &value)
	}
	return node, nil
}

// MarshalYAML is yaml.v3's way of asking.
func (c call) MarshalYAML() (any, error) {
	var node yaml.Node
	if err := node.Encode(c.arg); err != nil {
		return nil, err
	}
	node.Tag = c.name
	node.Style = yaml.TaggedStyle
	if node.Kind == yaml.SequenceNode {
		node.Style |= yaml.FlowStyle
	}
	return &node, nil
}

// encode writes v with a first line that says where it comes from, and an empty
// line before every part and every resource.
func encode(v any) ([]byte, error) {
	var text bytes.Buffer
	enc := yaml.NewEncoder(&text)
	enc.SetIndent(2)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	out := []byte(header)
	for line := range bytes.Lines(text.Bytes()) {
		if begins.Match(line) {
			out = append(out, '\n')
		}
		out = append(out, line...)
	}
	return out, nil
}

var begins = regexp.MustCompile(`^(|  )[A-Z][A-Za-z]*:\n$`)
