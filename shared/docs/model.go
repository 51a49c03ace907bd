package docs

import (
	"encoding/json"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

type section struct {
	Name, Title string
	Routes      []entry
}

// entry is a route as the docs show it.
type entry struct {
	api.Route
	ID         string
	Permission string
	Parameters []field
	Body       []field
	Answer     []field
	Request    string // a command to copy
	Example    string // an answer to it
	Code       int
}

// field is a parameter, or a field of a body: "settings.retention_days".
type field struct {
	Name, Type, In, Text string
	Required             bool
}

func areas(d *huma.OpenAPI, routes []api.Route) []*section {
	var all []*section
	for i := range routes {
		r := &routes[i]
		if !strings.HasPrefix(r.Path, "/v1/") {
			continue
		}
		at := slices.IndexFunc(all, func(a *section) bool { return a.Name == r.Area() })
		if at < 0 {
			at, all = len(all), append(all, &section{Name: r.Area(), Title: strings.ToUpper(r.Area()[:1]) + r.Area()[1:]})
		}
		all[at].Routes = append(all[at].Routes, routeDoc(d, r))
	}
	for _, a := range all {
		slices.SortFunc(a.Routes, func(x, y entry) int {
			return strings.Compare(x.Path+" "+order[x.Method], y.Path+" "+order[y.Method])
		})
	}
	return all
}

var order = map[string]string{"GET": "1", "POST": "0", "PATCH": "2", "PUT": "3", "DELETE": "4"}

func routeDoc(d *huma.OpenAPI, r *api.Route) entry {
	op, s := rest.OperationOf(d, r), d.Components.Schemas
	v := entry{Route: *r, ID: anchor(r.Name), Code: max(r.Status, 200)}
	for _, p := range access.Catalogue {
		if p.Grant == r.Allow {
			v.Permission = string(p.Grant) + ": " + p.Description
		}
	}
	for _, p := range op.Parameters {
		if p.Ref == "#/components/parameters/Request-Id" {
			continue // the guide has it, once for all
		}
		if p.Ref != "" {
			p = d.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]
		}
		v.Parameters = append(v.Parameters, field{p.Name, typeOf(s, p.Schema), p.In, sentenceOf(p.Description), p.Required})
	}
	var body any
	if op.RequestBody != nil {
		m := op.RequestBody.Content["application/json"].Schema
		v.Body, body = fields(s, m, "", 0), sample(s, m, 0)
	}
	v.Request = command(r, op, body)
	if m := op.Responses[strconv.Itoa(v.Code)].Content["application/json"]; m != nil {
		v.Answer, v.Example = fields(s, m.Schema, "", 0), indent(sample(s, m.Schema, 0))
	}
	return v
}

func anchor(route string) string { return strings.ReplaceAll(route, ".", "-") }

func command(r *api.Route, op *huma.Operation, body any) string {
	path := r.Path
	for _, p := range op.Parameters {
		if p.In == "path" && p.Schema != nil && len(p.Schema.Examples) > 0 {
			path = strings.ReplaceAll(path, "{"+p.Name+"}", fmt.Sprint(p.Schema.Examples[0]))
		}
	}
	var b strings.Builder
	b.WriteString("curl ")
	if r.Method != "GET" {
		b.WriteString("-X " + r.Method + " ")
	}
	b.WriteString("\"$MOTORPOOL" + path + "\"")
	if r.Door == api.KeyDoor {
		b.WriteString(" \\\n  -H \"Authorization: Bearer $MOTORPOOL_KEY\"")
	}
	if body != nil {
		b.WriteString(" \\\n  -H 'Content-Type: application/json'")
		if r.Method == "POST" {
			b.WriteString(" \\\n  -H \"Idempotency-Key: $(uuidgen)\"")
		}
		b.WriteString(" \\\n  -d '" + strings.ReplaceAll(indent(body), "'", `'\''`) + "'")
	}
	return b.String()
}

func indent(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(v) // made of maps, lists and scalars: it cannot fail
	return strings.TrimSpace(b.String())
}

func resolve(all huma.Registry, s *huma.Schema) *huma.Schema {
	for s != nil && s.Ref != "" {
		s = all.SchemaFromRef(s.Ref)
	}
	return s
}

// maxDoc is how deeply the docs follow fields of fields.
const maxDoc = 4

func fields(all huma.Registry, s *huma.Schema, path string, depth int) (list []field) {
	ref := refOf(s)
	s = resolve(all, s)
	if s == nil || depth > maxDoc {
		return nil
	}
	for _, name := range names(all, ref, s) {
		p := s.Properties[name]
		inner := resolve(all, p)
		text := p.Description
		if text == "" {
			text = inner.Description
		}
		list = append(list, field{Name: path + name, Type: typeOf(all, p), Text: sentenceOf(text), Required: slices.Contains(s.Required, name)})
		switch inner.Type {
		case huma.TypeObject:
			list = append(list, fields(all, p, path+name+".", depth+1)...)
		case huma.TypeArray:
			list = append(list, fields(all, inner.Items, path+name+"[].", depth+1)...)
		}
	}
	return list
}

func sentenceOf(s string) string {
	if s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// typeOf says in a few words what a value looks like.
func typeOf(all huma.Registry, s *huma.Schema) string {
	s = resolve(all, s)
	if s == nil {
		return "anything"
	}
	var words []string
	switch {
	case len(s.Enum) > 0:
		for _, e := range s.Enum {
			words = append(words, fmt.Sprint(e))
		}
		return strings.Join(words, " | ")
	case s.Type == huma.TypeArray:
		words = append(words, "list of "+typeOf(all, s.Items))
	case s.Format == "date-time":
		words = append(words, "instant")
	case s.Type == "":
		words = append(words, "anything")
	default:
		words = append(words, s.Type)
	}
	limits := func(low, high *int, of string) {
		switch {
		case low != nil && high != nil:
			words = append(words, fmt.Sprintf("%d to %d%s", *low, *high, of))
		case high != nil:
			words = append(words, fmt.Sprintf("at most %d%s", *high, of))
		case low != nil && *low > 1:
			words = append(words, fmt.Sprintf("at least %d%s", *low, of))
		}
	}
	limits(s.MinLength, s.MaxLength, " characters")
	limits(s.MinItems, s.MaxItems, " items")
	if s.Minimum != nil && s.Maximum != nil {
		words = append(words, fmt.Sprintf("%v to %v", *s.Minimum, *s.Maximum))
	}
	if s.Default != nil {
		words = append(words, fmt.Sprintf("default %v", s.Default))
	}
	return strings.Join(words, ", ")
}

// sample is a value that fits s, made of its examples.
func sample(all huma.Registry, s *huma.Schema, depth int) any {
	ref := refOf(s)
	s = resolve(all, s)
	switch {
	case s == nil || depth > maxDoc+2:
		return nil
	case len(s.Examples) > 0:
		return s.Examples[0]
	case s.Default != nil:
		return s.Default
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Format == "date-time":
		return "2026-03-01T09:00:00Z"
	}
	switch s.Type {
	case huma.TypeObject:
		o := object{}
		for _, name := range names(all, ref, s) {
			p := s.Properties[name]
			if !slices.Contains(s.Required, name) && len(resolve(all, p).Examples) == 0 && resolve(all, p).Type != huma.TypeObject {
				continue // what may be absent is shown when there is something to show
			}
			if v := sample(all, p, depth+1); v != nil {
				o = append(o, member{name, v})
			}
		}
		return o
	case huma.TypeArray:
		if v := sample(all, s.Items, depth+1); v != nil {
			return []any{v}
		}
		return []any{}
	case huma.TypeBoolean:
		return false
	case huma.TypeInteger, huma.TypeNumber:
		return 1
	case huma.TypeString:
		if s.Nullable {
			return nil
		}
		return "…"
	}
	return map[string]any{}
}

var (
	code = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("`([^`]+)`") })
	link = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\[([^\]]+)\]\((/[^)\s]*|https://[^)\s]*)\)`)
	})
)

// markdown shows the little of Markdown that summaries need: paragraphs, lists,
// code and links.
func markdown(s string) template.HTML {
	var b strings.Builder
	for block := range strings.SplitSeq(strings.TrimSpace(s), "\n\n") {
		if block = strings.TrimSpace(block); block == "" {
			continue
		}
		block = template.HTMLEscapeString(block)
		block = link().ReplaceAllString(code().ReplaceAllString(block, "<code>$1</code>"), `<a href="$2">$1</a>`)
		if rest, ok := strings.CutPrefix(block, "- "); ok {
			b.WriteString("<ul><li>" + strings.ReplaceAll(rest, "\n- ", "</li><li>") + "</li></ul>")
			continue
		}
		b.WriteString("<p>" + block + "</p>")
	}
	return template.HTML(b.String())
}
