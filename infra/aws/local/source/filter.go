package source

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A filter is the FilterCriteria of an event source mapping: a record passes if
// one of the patterns matches it.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
type filter []map[string]any

// newFilter refuses what it would not understand, so that nothing passes or is
// held back by mistake.
func newFilter(patterns []string) (filter, error) {
	var f filter
	for _, text := range patterns {
		var p map[string]any
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			return nil, fmt.Errorf("filter %s: %w", text, err)
		}
		if err := known(p); err != nil {
			return nil, fmt.Errorf("filter %s: %w", text, err)
		}
		f = append(f, p)
	}
	return f, nil
}

func known(pattern any) error {
	switch p := pattern.(type) {
	case map[string]any:
		for _, below := range p {
			if err := known(below); err != nil {
				return err
			}
		}
		return nil
	case []any:
		for _, rule := range p {
			if comparison, is := rule.(map[string]any); is {
				for name := range comparison {
					if name != "prefix" && name != "suffix" && name != "exists" && name != "anything-but" || len(comparison) != 1 {
						return fmt.Errorf("the rule %v is not known here", comparison)
					}
				}
			}
		}
		return nil
	}
	return fmt.Errorf("%v is neither an object nor a list of rules", pattern)
}

// passes reports whether a record, in the form that the function gets, goes to it.
func (f filter) passes(record json.RawMessage) bool {
	var r map[string]any
	if json.Unmarshal(record, &r) != nil {
		return false
	}
	return len(f) == 0 || slices.ContainsFunc(f, func(p map[string]any) bool { return matches(p, r) })
}

func matches(pattern map[string]any, r map[string]any) bool {
	for name, want := range pattern {
		got, there := r[name]
		below, deeper := want.(map[string]any)
		if deeper {
			inside, _ := got.(map[string]any)
			if !matches(below, inside) {
				return false
			}
			continue
		}
		if !slices.ContainsFunc(want.([]any), func(rule any) bool { return agrees(rule, got, there) }) {
			return false
		}
	}
	return true
}

func agrees(rule, got any, there bool) bool {
	comparison, is := rule.(map[string]any)
	if !is {
		return there && reflect.DeepEqual(rule, got)
	}
	text, _ := got.(string)
	for name, arg := range comparison {
		switch name {
		case "exists":
			return there == arg
		case "prefix":
			return there && strings.HasPrefix(text, fmt.Sprint(arg))
		case "suffix":
			return there && strings.HasSuffix(text, fmt.Sprint(arg))
		case "anything-but":
			others, many := arg.([]any)
			if !many {
				others = []any{arg}
			}
			return there && !slices.ContainsFunc(others, func(o any) bool { return reflect.DeepEqual(o, got) })
		}
	}
	return false
}
