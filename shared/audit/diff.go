package audit

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Hidden stands for the values of a field that may not be shown.
const Hidden = "hidden"

// Diff returns what changed from one value to another of the same type, field
// by field of their JSON, sorted by name. A field that is absent counts as
// null; lists are compared as wholes. The fields named in ignore are left out.
// An amount of money is one value: half of it says nothing.
// Of a secret it tells that it changed and not what it is.
func Diff(from, to any, ignore ...string) ([]Change, error) {
	was, err := tree(from)
	if err != nil {
		return nil, err
	}
	is, err := tree(to)
	if err != nil {
		return nil, err
	}
	d := differ{ignore: ignore}
	d.objects("", was, is)
	return d.found, nil
}

type differ struct {
	ignore []string
	found  []Change
}

func (d *differ) objects(path string, was, is map[string]any) {
	names := slices.Concat(slices.Collect(maps.Keys(was)), slices.Collect(maps.Keys(is)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if field := path + name; !slices.Contains(d.ignore, field) {
			d.values(field, was[name], is[name])
		}
	}
}

func (d *differ) values(field string, was, is any) {
	if reflect.DeepEqual(was, is) {
		return
	}
	old, wasObject := was.(map[string]any)
	now, isObject := is.(map[string]any)
	switch {
	case secret(field):
		d.found = append(d.found, Change{field, hide(was), hide(is)})
	case amount(old) || amount(now):
		d.found = append(d.found, Change{field, was, is})
	case wasObject && isObject, wasObject && is == nil, isObject && was == nil:
		d.objects(field+".", old, now)
	default:
		d.found = append(d.found, Change{field, was, is})
	}
}

// amount reports whether v is what money.Amount encodes to.
func amount(v map[string]any) bool {
	_, minor := v["minor"]
	_, currency := v["currency"]
	return minor && currency && len(v) == 2
}

// secret judges by the name, so that a new secret is hidden before anyone
// remembers to list it.
func secret(field string) bool {
	name := strings.ToLower(field[strings.LastIndex(field, ".")+1:])
	for _, word := range []string{"secret", "password", "token", "private_key", "authorization"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

func hide(v any) any {
	if v == nil {
		return nil
	}
	return Hidden
}

func tree(v any) (map[string]any, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var t map[string]any
	return t, dec.Decode(&t)
}
