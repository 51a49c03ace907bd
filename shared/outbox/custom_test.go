package outbox

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"motorpool/events"
	"motorpool/shared/fault"
)

func TestCustomDataIsKeptByteForByte(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	for _, data := range []string{
		`{}`, `{ "z" : 1,  "a" : [ ] }`, `{"n":9007199254740993,"m":1e400,"d":0.10}`, "{\n\t\"k\": \"é\\u00e9 🚐 <&>\"\n}",
		`{"same":1,"same":2}`, `{"data":{"data":","}}`, `{"deep":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`,
	} {
		e, _, err := b.Publish(t.Context(), mia, Custom{Type: "custom.kept", Data: json.RawMessage(data)}, b.now)
		if err != nil {
			t.Errorf("%.50s: %v", data, err)
			continue
		}
		got, err := b.Get(t.Context(), "w", e.ID, b.now)
		if err != nil || !bytes.Equal(got.Body, e.Body) {
			t.Errorf("%.50s: read back as %s, %v", data, got.Body, err)
		}
		if env, err := got.Envelope(); err != nil || string(env.Data) != data || !strings.HasSuffix(string(got.Body), `,"data":`+data+`}`) {
			t.Errorf("%.50s: became %s, %v", data, got.Body, err)
		}
	}
}

func TestTheSameCustomEventIsPublishedOnce(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	publish := func(id, typ, data string) (Stored, bool, error) {
		return b.Publish(t.Context(), mia, Custom{id, typ, json.RawMessage(data)}, b.now)
	}
	first, replayed, err := publish("order-7", "custom.order", `{"n":1}`)
	if err != nil || replayed || first.ID != "order-7" || first.Ref == first.ID {
		t.Fatalf("got %+v, %v, %v", first, replayed, err)
	}
	again, replayed, err := publish("order-7", "custom.order", `{"n":1}`)
	if err != nil || !replayed || !bytes.Equal(again.Body, first.Body) || again.Ref != first.Ref || again.SK != first.SK {
		t.Errorf("again: got %+v, %v, %v", again, replayed, err)
	}
	for _, other := range [][2]string{{"custom.order", `{"n":2}`}, {"custom.other", `{"n":1}`}, {"custom.order", `{"n": 1}`}} {
		if _, _, err := publish("order-7", other[0], other[1]); fault.KindOf(err) != fault.Conflict || fault.CodeOf(err) != "event.mismatch" {
			t.Errorf("%v under the same id: %v", other, err)
		}
	}
	ours, _, err := publish("", "custom.order", `{"n":1}`)
	if err != nil || !strings.HasPrefix(ours.ID, "evt_") {
		t.Fatalf("got %+v, %v", ours, err)
	}
	if same, replayed, err := publish(ours.ID, "custom.order", `{"n":1}`); err != nil || !replayed || same.SK != ours.SK {
		t.Errorf("our own id again: got %+v, %v, %v", same, replayed, err)
	}
	if _, _, err := publish("evt_00000000000000000000000007", "custom.order", `{}`); fault.CodeOf(err) != "event.id" {
		t.Errorf("an id as we make them: %v", err)
	}
	if n := len(b.list(Filter{})); n != 2 {
		t.Errorf("%d events are listed, want 2", n)
	}
	other := mia
	other.Workspace = "w2"
	if _, replayed, err := b.Publish(t.Context(), other, Custom{"order-7", "custom.order", json.RawMessage(`{}`)}, b.now); replayed || err != nil {
		t.Errorf("the same id in another workspace: %v, %v", replayed, err)
	}
}

func TestManyPublishOneIdAtOnce(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	var all sync.WaitGroup
	fresh := make(chan bool, 16)
	for range 16 {
		all.Go(func() {
			e, replayed, err := b.Publish(t.Context(), mia, Custom{"x", "custom.x", json.RawMessage(`{}`)}, b.now)
			if err != nil || e.ID != "x" {
				t.Errorf("got %+v, %v", e, err)
			}
			fresh <- !replayed
		})
	}
	all.Wait()
	close(fresh)
	n := 0
	for f := range fresh {
		if f {
			n++
		}
	}
	if n != 1 || len(b.list(Filter{})) != 1 {
		t.Errorf("%d of 16 were the first; %d are stored", n, len(b.list(Filter{})))
	}
}

func TestBadCustomEventsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	ok := Custom{"x", "custom.x", json.RawMessage(`{}`)}
	for name, tt := range map[string]struct {
		change func(*Custom)
		code   string
	}{
		"a long id":             {func(c *Custom) { c.ID = strings.Repeat("x", 65) }, "event.id"},
		"an id with a sign":     {func(c *Custom) { c.ID = "a#b" }, "event.id"},
		"an id with a break":    {func(c *Custom) { c.ID = "a\n" }, "event.id"},
		"no type":               {func(c *Custom) { c.Type = "" }, "event.type"},
		"a type of ours":        {func(c *Custom) { c.Type = "asset.created" }, "event.type"},
		"custom alone":          {func(c *Custom) { c.Type = "custom" }, "event.type"},
		"custom and a dot":      {func(c *Custom) { c.Type = "custom." }, "event.type"},
		"a type with a star":    {func(c *Custom) { c.Type = "custom.*" }, "event.type"},
		"a type with capitals":  {func(c *Custom) { c.Type = "custom.Order" }, "event.type"},
		"a type with a break":   {func(c *Custom) { c.Type = "custom.x\n" }, "event.type"},
		"two dots":              {func(c *Custom) { c.Type = "custom..x" }, "event.type"},
		"a long type":           {func(c *Custom) { c.Type = "custom." + strings.Repeat("x", 94) }, "event.type"},
		"no data":               {func(c *Custom) { c.Data = nil }, "event.data"},
		"null":                  {func(c *Custom) { c.Data = json.RawMessage(`null`) }, "event.data"},
		"a list":                {func(c *Custom) { c.Data = json.RawMessage(`[{}]`) }, "event.data"},
		"two objects":           {func(c *Custom) { c.Data = json.RawMessage(`{}{}`) }, "event.data"},
		"half an object":        {func(c *Custom) { c.Data = json.RawMessage(`{"a":`) }, "event.data"},
		"what is not UTF-8":     {func(c *Custom) { c.Data = json.RawMessage("{\"a\":\"\xff\"}") }, "event.data"},
		"more than is carried":  {func(c *Custom) { c.Data = object(events.MaxEnvelopeBytes) }, "event.too_large"},
		"endlessly nested data": {func(c *Custom) { c.Data = json.RawMessage(`{"a":` + strings.Repeat("[", 20_000)) }, "event.data"},
	} {
		c := ok
		tt.change(&c)
		if _, _, err := b.Publish(t.Context(), mia, c, b.now); fault.CodeOf(err) != tt.code {
			t.Errorf("%s: got %v, want %s", name, err, tt.code)
		}
	}
	if got := b.list(Filter{}); len(got) != 0 {
		t.Errorf("stored nevertheless: %v", got)
	}
	ok.Type = "custom." + strings.Repeat("x", 93)
	if _, _, err := b.Publish(t.Context(), mia, ok, b.now); err != nil {
		t.Errorf("a type of 100 characters: %v", err)
	}
}

// object is a JSON object of n bytes.
func object(n int) json.RawMessage {
	return json.RawMessage(`{"a":"` + strings.Repeat("x", n-8) + `"}`)
}

func TestTheLargestCustomEventIsCarried(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	small, _, err := b.Publish(t.Context(), mia, Custom{"", "custom.x", object(8)}, b.now)
	if err != nil {
		t.Fatal(err)
	}
	spare := events.MaxEnvelopeBytes - len(small.Body)
	if e, _, err := b.Publish(t.Context(), mia, Custom{"", "custom.x", object(8 + spare)}, b.now); err != nil || len(e.Body) != events.MaxEnvelopeBytes {
		t.Errorf("256 KiB: got %d bytes, %v", len(e.Body), err)
	}
	if _, _, err := b.Publish(t.Context(), mia, Custom{"", "custom.x", object(9 + spare)}, b.now); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("a byte more: got %v", err)
	}
}

// FuzzPublish holds that whatever is taken is an envelope that keeps the data.
func FuzzPublish(f *testing.F) {
	f.Add("custom.x", `{"a":1}`, "Mia")
	f.Add("custom.x", ` {"data":"}"} `, `","data":`)
	f.Fuzz(func(t *testing.T, typ, data, name string) {
		c := Custom{"x", typ, json.RawMessage(data)}
		if c.check() != nil {
			return
		}
		actor := mia
		actor.Name = name
		body, err := envelope("x", typ, actor, c.Data, start).Encode()
		if err != nil || !json.Valid(body) {
			t.Fatalf("%q: %s, %v", data, body, err)
		}
		if env, err := (Stored{Body: body}).Envelope(); err != nil || string(env.Data) != data || env.Type != typ {
			t.Errorf("%q became %q, %v", data, env.Data, err)
		}
	})
}
