package webhook

import "strings"

// Filter is an endpoint's patterns, ready to match.
type Filter struct {
	all      bool
	types    map[string]bool
	families []string // "asset."
}

func newFilter(patterns []string) Filter {
	f := Filter{types: make(map[string]bool, len(patterns))}
	for _, p := range patterns {
		family, wild := strings.CutSuffix(p, "*")
		switch {
		case p == "*":
			f.all = true
		case wild:
			f.families = append(f.families, family)
		default:
			f.types[p] = true
		}
	}
	return f
}

// Matches reports whether one of the patterns chooses the type.
func (f Filter) Matches(typ string) bool {
	if f.all || f.types[typ] {
		return true
	}
	for _, family := range f.families {
		if strings.HasPrefix(typ, family) {
			return true
		}
	}
	return false
}
