package docs

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/events"
)

func refOf(s *huma.Schema) string {
	if s == nil {
		return ""
	}
	return s.Ref
}

// names are the names of an object's fields in the order in which its Go type
// has them, which is the order in which they are written.
func names(all huma.Registry, ref string, s *huma.Schema) []string {
	sorted := slices.Sorted(maps.Keys(s.Properties))
	if ref == "" {
		return sorted
	}
	var list []string
	jsonNames(all.TypeFromRef(ref), &list)
	list = slices.DeleteFunc(list, func(name string) bool { return s.Properties[name] == nil })
	for _, name := range sorted {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

func jsonNames(t reflect.Type, list *[]string) {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return
	}
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			jsonNames(f.Type, list)
		} else if name != "" && !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := events.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", m.name, value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
