package webhooks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestEachExampleFitsItsSchema(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	var list struct {
		Data []struct {
			Type, Category, Description string
			Schema, Example             json.RawMessage
		}
	}
	y.must(json.Unmarshal([]byte(y.Want(200, "GET", "/v1/event-types", "").Body), &list))
	if len(list.Data) < 20 {
		t.Fatalf("got %d types", len(list.Data))
	}
	for _, l := range list.Data {
		if l.Category == "" || l.Description == "" {
			t.Errorf("%s is not described", l.Type)
		}
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(l.Schema))
		y.must(err)
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		y.must(c.AddResource("mem://"+l.Type, schema))
		s, err := c.Compile("mem://" + l.Type)
		if err != nil {
			t.Fatalf("%s: %v in %s", l.Type, err, l.Schema)
		}
		example, err := jsonschema.UnmarshalJSON(bytes.NewReader(l.Example))
		y.must(err)
		if err := s.Validate(example); err != nil {
			t.Errorf("the example of %s: %v", l.Type, err)
		}
		object := example.(map[string]any)["data"].(map[string]any)["object"].(map[string]any)
		for _, name := range []string{"id", "version"} {
			was := object[name]
			object[name] = []any{"wrong"}
			if s.Validate(example) == nil {
				t.Errorf("the schema of %s takes anything as %s", l.Type, name)
			}
			object[name] = was
		}
		example.(map[string]any)["type"] = "something.else"
		if s.Validate(example) == nil {
			t.Errorf("the schema of %s takes any type", l.Type)
		}
	}
}

func TestACustomEventIsKeptByteForByte(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	y.endpoint(`"events":["custom.*"]`)
	for i, data := range []string{`{}`, `{ "z":1,"a" : 9007199254740993 }`, `{"html":"<a>&</a>","u":"é🚐\u00e9"}`, "{\n\t\"n\": 1.10\n}", `{"big":"` + strings.Repeat("x", 200_000) + `"}`} {
		a := y.publish(fmt.Sprintf(`{"type":"custom.a","id":"e-%d","data":%s}`, i, data))
		if a.JSON["id"] != fmt.Sprintf("e-%d", i) {
			t.Errorf("got %.200s", a.Body)
		}
		if got := y.requests()[i].body; !strings.HasSuffix(got, `,"data":`+data+`}`) {
			t.Errorf("sent %.200s", got)
		}
	}
	if a := y.Want(200, "GET", "/v1/events/e-1", ""); !strings.Contains(a.Body, `"a":9007199254740993`) {
		t.Errorf("got %s", a.Body)
	}
}

func TestTheSameEventTwiceIsOne(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	y.endpoint(`"events":["custom.*"]`)
	const body = `{"type":"custom.a","id":"order-1","data":{"n":1}}`
	first := y.publish(body)
	again := y.Want(200, "POST", "/v1/events", body)
	y.settle()
	if again.Body != first.Body || len(y.requests()) != 1 {
		t.Errorf("got %s and %d requests", again.Body, len(y.requests()))
	}
	for _, other := range []string{`{"type":"custom.a","id":"order-1","data":{"n":2}}`, `{"type":"custom.b","id":"order-1","data":{"n":1}}`, `{"type":"custom.a","id":"order-1","data":{ "n":1}}`} {
		if a := y.Want(409, "POST", "/v1/events", other); a.JSON["code"] != "event.mismatch" {
			t.Errorf("got %s", a.Body)
		}
	}
}

func TestBadEventsAreRefused(t *testing.T) {
	t.Parallel()
	y := newDesk(t)
	id := y.endpoint(`"events":["*"]`)
	post := func(name, body string, status int, code, field string) refusal {
		return refusal{name, "POST", "/v1/events", body, status, code, field}
	}
	typ := func(name, typ string) refusal {
		return post(name, fmt.Sprintf(`{"type":%q,"data":{}}`, typ), 422, "event.type", "type")
	}
	y.refused([]string{id}, []refusal{
		post("nothing", `{}`, 422, "", "type"),
		post("no data", `{"type":"custom.a"}`, 422, "", "data"),
		post("data as a list", `{"type":"custom.a","data":[]}`, 422, "", "data"),
		post("data as text", `{"type":"custom.a","data":"x"}`, 422, "", "data"),
		post("data as null", `{"type":"custom.a","data":null}`, 422, "", "data"),
		post("half an object", `{"type":"custom.a","data":{}`, 400, "", ""),
		post("an unknown field", `{"type":"custom.a","data":{},"at":"now"}`, 422, "", "at"),
		post("a type that is a number", `{"type":1,"data":{}}`, 422, "", "type"),
		typ("a type of ours", "asset.created"), typ("custom alone", "custom"), typ("custom and a dot", "custom."), typ("a type in capitals", "custom.Key"),
		typ("a type with a space", "custom.a b"), typ("two dots", "custom..a"), typ("a star", "custom.*"), typ("a hyphen", "custom.a-b"),
		post("an endless type", `{"type":"custom.`+strings.Repeat("a", 100)+`","data":{}}`, 422, "", "type"),
		post("an id with a slash", `{"type":"custom.a","id":"a/b","data":{}}`, 422, "event.id", "id"),
		post("an id of ours", `{"type":"custom.a","id":"evt_00000000000000000000000001","data":{}}`, 422, "event.id", "id"),
		post("an endless id", `{"type":"custom.a","id":"`+strings.Repeat("a", 65)+`","data":{}}`, 422, "", "id"),
		post("too much", `{"type":"custom.a","data":{"x":"`+strings.Repeat("a", 256<<10)+`"}}`, 413, "event.too_large", "data"),
		post("far too much", `{"type":"custom.a","data":{"x":"`+strings.Repeat("a", 2<<20)+`"}}`, 413, "", ""),
	})
}

func TestRoutesAreListedInOrderAndProtected(t *testing.T) {
	t.Parallel()
	var names []string
	for _, r := range Routes {
		names = append(names, r.Name)
	}
	if !slices.IsSorted(names) {
		t.Errorf("not sorted: %v", names)
	}
	y := newDesk(t)
	powerless := y.of(workspace)
	for _, r := range Routes {
		if r.Allow == "" || r.Method == "" {
			continue
		}
		if a := powerless.Do(r.Method, strings.ReplaceAll(r.Path, "{id}", nobody), `{}`); a.Status != 403 {
			t.Errorf("%s without permission: got %d %s", r.Name, a.Status, a.Body)
		}
	}
}
