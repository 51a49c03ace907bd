package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"gopkg.in/yaml.v3"
)

// write writes the template at from, with the environment that getenv reads, to to.
func write(getenv func(string) string, from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if text, err = local(text, getenv); err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	return os.WriteFile(to, text, 0o644)
}

// local is a template whose functions all have the environment that getenv reads.
func local(text []byte, getenv func(string) string) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, err
	}
	vars := &doc
	for _, name := range []string{"", "Globals", "Function", "Environment", "Variables"} {
		if vars = below(vars, name); vars == nil {
			return nil, errors.New("it gives its functions no environment")
		}
	}
	for _, name := range names {
		v := getenv(name)
		if v == "" {
			continue
		}
		if strings.HasPrefix(name, "AWS_ENDPOINT_URL") {
			v = fromContainer(v)
		}
		set(vars, name, v)
	}
	var out bytes.Buffer
	out.WriteString("# Made by go run ./infra/aws/seed/plant, for sam local invoke. Not for deploying.\n")
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	err := enc.Encode(&doc)
	return out.Bytes(), err
}

// below is the value of a key; of a document, whatever is in it.
func below(n *yaml.Node, key string) *yaml.Node {
	if n.Kind == yaml.DocumentNode && len(n.Content) == 1 {
		return n.Content[0]
	}
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func set(vars *yaml.Node, name, value string) {
	text := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	if was := below(vars, name); was != nil {
		*was = text
		return
	}
	vars.Content = append(vars.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}, &text)
}

// fromContainer is an address of this machine as SAM's containers see it.
func fromContainer(url string) string {
	for _, here := range []string{"//127.0.0.1", "//localhost", "//[::1]"} {
		if before, after, ok := strings.Cut(url, here); ok && (after == "" || strings.ContainsAny(after[:1], ":/")) {
			return before + "//host.docker.internal" + after
		}
	}
	return url
}
