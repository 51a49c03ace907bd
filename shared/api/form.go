package api

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"motorpool/shared/fault"
	"motorpool/shared/form"
)

// decodeForm fills the tagged fields of the struct at into from the request's
// path, query and posted form; embedded structs too. A field that is absent or
// empty keeps its zero value. It reports every field that is wrong.
func decodeForm(r *http.Request, into any) error {
	if err := r.ParseForm(); err != nil {
		return formFault(err)
	}
	wrong := fault.New(fault.Invalid, "request.form", "Some fields are not right.")
	decodeFields(r, reflect.ValueOf(into).Elem(), wrong)
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}

func decodeFields(r *http.Request, v reflect.Value, wrong *fault.Error) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			decodeFields(r, v.Field(i), wrong)
			continue
		}
		name, values := valuesOf(r, f.Tag)
		if len(values) == 0 {
			continue
		}
		reason := set(v.Field(i), values)
		if f.Tag.Get("form") != "" && !strings.Contains(name, "password") && slices.ContainsFunc(values, form.Hides) {
			reason = unseen
		}
		if reason != "" {
			wrong.Fields = append(wrong.Fields, fault.Field{Name: name, Reason: reason})
		}
	}
}

func valuesOf(r *http.Request, tag reflect.StructTag) (name string, values []string) {
	switch {
	case tag.Get("path") != "":
		name = tag.Get("path")
		return name, []string{r.PathValue(name)}
	case tag.Get("query") != "":
		name = tag.Get("query")
		return name, r.URL.Query()[name]
	}
	name = tag.Get("form")
	return name, r.PostForm[name]
}

// set puts values into a field, or says what would be right.
func set(v reflect.Value, values []string) (reason string) {
	for _, s := range values {
		if !utf8.ValidString(s) {
			return "Give text."
		}
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(values[0])
	case reflect.Bool:
		v.SetBool(values[0] == "on" || values[0] == "true" || values[0] == "1")
	case reflect.Int, reflect.Int64:
		if values[0] == "" {
			return ""
		}
		n, err := strconv.ParseInt(values[0], 10, 64)
		if err != nil {
			return "Give a whole number."
		}
		v.SetInt(n)
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.String {
			panic("api: a page's input has a list of something other than strings")
		}
		list := reflect.MakeSlice(v.Type(), len(values), len(values))
		for i, s := range values {
			list.Index(i).SetString(s)
		}
		v.Set(list)
	}
	return ""
}
