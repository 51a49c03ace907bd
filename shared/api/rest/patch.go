package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/shared/fault"
)

// A Patch is a JSON merge patch (RFC 7396) for a T, as the body of a PATCH: a
// field that is absent is left as it is, null clears it, an object is merged
// into the one that is there, and a list replaces the one that is there. Fields
// that T does not have are refused.
type Patch[T any] []byte

// UnmarshalJSON keeps the patch as it was written.
func (p *Patch[T]) UnmarshalJSON(b []byte) error {
	*p = bytes.Clone(b)
	return nil
}

// Schema is T's with nothing required, at any depth.
func (Patch[T]) Schema(r huma.Registry) *huma.Schema {
	return optional(r, r.Schema(reflect.TypeFor[T](), false, ""))
}

func optional(r huma.Registry, s *huma.Schema) *huma.Schema {
	for s.Ref != "" {
		s = r.SchemaFromRef(s.Ref)
	}
	if s.Type != huma.TypeObject {
		return s
	}
	free := *s
	if value, ok := s.AdditionalProperties.(*huma.Schema); ok { // a map, whose entries null removes
		nullable := *value
		nullable.Nullable = true
		nullable.PrecomputeMessages()
		free.AdditionalProperties = &nullable
	}
	free.Required, free.Properties = nil, maps.Clone(s.Properties)
	for name, property := range free.Properties {
		free.Properties[name] = optional(r, property)
	}
	free.PrecomputeMessages()
	return &free
}

// Apply changes to as the patch says. If the outcome is not a T, to is left
// alone and the error is fault.Invalid.
func (p Patch[T]) Apply(to *T) error {
	doc, err := json.Marshal(to)
	if err != nil {
		return err
	}
	was, err := object(doc)
	if err != nil {
		return err
	}
	patch, err := object(p)
	if err != nil {
		return fault.New(fault.Invalid, "request.body", "Send a JSON object with the fields to change.")
	}
	if field := misnamed(reflect.TypeFor[T](), patch, ""); field != "" {
		return fault.New(fault.Invalid, "request.unknown_field", "There is no such field here.").At(field)
	}
	if doc, err = json.Marshal(merge(was, patch)); err != nil {
		return err
	}
	var changed T
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&changed); err != nil {
		return unfit(err)
	}
	*to = changed
	return nil
}

// misnamed returns the path of a name in patch that t does not have, to the
// letter: encoding/json would take it in another case and lose it in the merge.
func misnamed(t reflect.Type, patch map[string]any, path string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return ""
	}
	known := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		known[name] = f.Type
	}
	for name, value := range patch {
		field, ok := known[name]
		if !ok || name == "" || name == "-" {
			return path + name
		}
		if inner, isObject := value.(map[string]any); isObject {
			if found := misnamed(field, inner, path+name+"."); found != "" {
				return found
			}
		}
	}
	return ""
}

func unfit(err error) error {
	f := fault.New(fault.Invalid, "request.invalid", "That is not what this field takes.").Because(err)
	if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return f.At(t.Field)
	}
	return f
}

func object(doc []byte) (o map[string]any, err error) {
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	if err = dec.Decode(&o); err == nil && o == nil {
		err = errors.New("null is no object")
	}
	return o, err
}

// merge is MergePatch of RFC 7396, section 2, for two objects.
func merge(target, patch map[string]any) map[string]any {
	if target == nil {
		target = map[string]any{}
	}
	for name, value := range patch {
		switch v := value.(type) {
		case nil:
			delete(target, name)
		case map[string]any:
			inner, _ := target[name].(map[string]any)
			target[name] = merge(inner, v)
		default:
			target[name] = v
		}
	}
	return target
}
