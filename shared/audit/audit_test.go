package audit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

var (
	start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia   = access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: "w", Request: "req_1", IP: "203.0.113.9", Grants: access.All()}
)

type house struct {
	Name   string         `json:"name"`
	Floors int64          `json:"floors,omitempty"`
	Door   door           `json:"door,omitzero"`
	Tags   []string       `json:"tags,omitempty"`
	Secret string         `json:"signing_secret,omitempty"`
	Keys   map[string]key `json:"keys,omitempty"`
}

type door struct {
	Colour string `json:"colour,omitempty"`
	Token  string `json:"token,omitempty"`
}

type key struct {
	Password string `json:"password,omitempty"`
	Number   int    `json:"number,omitempty"`
}

// TestAnAmountIsOneChange: of half an amount nobody knows what it is worth.
func TestAnAmountIsOneChange(t *testing.T) {
	t.Parallel()
	type cost struct {
		Minor    int64  `json:"minor"`
		Currency string `json:"currency"`
	}
	type bill struct {
		Cost   *cost           `json:"cost,omitempty"`
		Prices map[string]cost `json:"prices,omitempty"`
	}
	for _, tt := range []struct {
		was, is bill
		want    string
	}{
		{bill{Cost: &cost{100, "EUR"}}, bill{Cost: &cost{250, "EUR"}}, `[{"field":"cost","from":{"currency":"EUR","minor":100},"to":{"currency":"EUR","minor":250}}]`},
		{bill{}, bill{Cost: &cost{250, "EUR"}}, `[{"field":"cost","from":null,"to":{"currency":"EUR","minor":250}}]`},
		{bill{Cost: &cost{250, "EUR"}}, bill{}, `[{"field":"cost","from":{"currency":"EUR","minor":250},"to":null}]`},
		{bill{}, bill{Prices: map[string]cost{"daily": {9, "JPY"}}}, `[{"field":"prices.daily","from":null,"to":{"currency":"JPY","minor":9}}]`},
	} {
		got, err := Diff(tt.was, tt.is)
		doc, _ := json.Marshal(got)
		if err != nil || string(doc) != tt.want {
			t.Errorf("got  %s, %v\nwant %s", doc, err, tt.want)
		}
	}
}

func TestDiffTellsWhatChanged(t *testing.T) {
	t.Parallel()
	was := house{Name: "Old", Floors: 9007199254740993, Door: door{"red", "t1"}, Tags: []string{"a"}, Secret: "s1", Keys: map[string]key{"k": {"p1", 1}}}
	is := house{Name: "New", Floors: 9007199254740994, Tags: []string{"a", "b"}, Secret: "s2", Keys: map[string]key{"k": {"p2", 2}, "l": {"p3", 0}}}
	got, err := Diff(was, is, "tags")
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := json.Marshal(got)
	const want = `[{"field":"door.colour","from":"red","to":null},{"field":"door.token","from":"hidden","to":null},` +
		`{"field":"floors","from":9007199254740993,"to":9007199254740994},` +
		`{"field":"keys.k.number","from":1,"to":2},{"field":"keys.k.password","from":"hidden","to":"hidden"},{"field":"keys.l.password","from":null,"to":"hidden"},` +
		`{"field":"name","from":"Old","to":"New"},{"field":"signing_secret","from":"hidden","to":"hidden"}]`
	if string(doc) != want {
		t.Errorf("got  %s\nwant %s", doc, want)
	}
	if got, err := Diff(was, was); len(got) != 0 || err != nil {
		t.Errorf("nothing changed: got %v, %v", got, err)
	}
	if lists, _ := Diff(house{Tags: []string{"a"}}, house{Tags: []string{"b"}}); len(lists) != 1 || lists[0].Field != "tags" {
		t.Errorf("a list: got %v", lists)
	}
	if _, err := Diff(was, func() {}); err == nil {
		t.Error("what is no JSON was compared")
	}
}

func newService(t *testing.T) *Service {
	t.Helper()
	clock := start
	now := func() time.Time { return clock }
	tab := embedtest.Open(t, now)
	return &Service{Table: tab, NewID: func(prefix string) string {
		clock = clock.Add(time.Minute) // each entry a minute after the one before
		return ident.Sortable(now)(prefix)
	}}
}

func TestEntriesAreFound(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	zoe := access.Actor{Kind: "api_key", ID: "key_1", Workspace: "w"}
	theirs := access.Actor{Kind: "user", ID: "usr_1", Workspace: "w2"}
	for i, e := range []struct {
		actor  access.Actor
		action string
		object string
	}{
		{mia, "asset.created", "ast_1"},
		{zoe, "asset.updated", "ast_1"},
		{mia, "category.created", "cat_1"},
		{theirs, "asset.created", "ast_9"},
		{mia, "asset.updated", "ast_2"},
	} {
		op, err := s.Op("WS#"+e.actor.Workspace+"#AST#"+e.object, e.actor, e.action, Object{"asset", e.object, "n"}, []Change{{"n", nil, i}}, start.Add(time.Duration(i+1)*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		if years := op.Item.Expires.Year() - start.Year(); years != 7 {
			t.Errorf("kept %d years", years)
		}
		if err := s.Table.Write(ctx, op); err != nil {
			t.Fatal(err)
		}
	}
	at := func(minute int) time.Time { return start.Add(time.Duration(minute) * time.Minute) }
	for name, tt := range map[string]struct {
		f    Filter
		want string
	}{
		"all":           {Filter{}, "ast_2 cat_1 ast_1 ast_1"},
		"of an object":  {Filter{Object: "ast_1"}, "ast_1 ast_1"},
		"of an action":  {Filter{Action: "asset.updated"}, "ast_2 ast_1"},
		"of a noun":     {Filter{Action: "asset.*"}, "ast_2 ast_1 ast_1"},
		"of no noun":    {Filter{Action: "asset"}, ""},
		"of an actor":   {Filter{Actor: "key_1"}, "ast_1"},
		"since":         {Filter{Since: at(3)}, "ast_2 cat_1"},
		"until":         {Filter{Until: at(3)}, "ast_1 ast_1"},
		"of everything": {Filter{Object: "ast_1", Action: "asset.*", Actor: "usr_1", Since: at(1), Until: at(2)}, "ast_1"},
	} {
		var got []string
		for cursor := ""; ; {
			page, next, err := s.List(ctx, "w", tt.f, cursor, 1)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page {
				got = append(got, e.Object.ID)
			}
			if cursor = next; next == "" {
				break
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %s", name, got, tt.want)
		}
	}
	s.ofOne(t)
}

// ofOne looks at the history of one thing.
func (s *Service) ofOne(t *testing.T) {
	t.Helper()
	history, next, err := s.Of(t.Context(), "w", "WS#w#AST#ast_1", "", 10)
	if err != nil || next != "" || len(history) != 2 {
		t.Fatalf("got %v, %q, %v", history, next, err)
	}
	e := history[1]
	want := Entry{
		ID: e.ID, At: start.Add(time.Minute), Actor: access.Actor{Kind: "user", ID: "usr_1", Name: "Mia"}, Action: "asset.created",
		Object: Object{"asset", "ast_1", "n"}, Changes: []Change{{"n", nil, float64(0)}}, Request: "req_1", IP: "203.0.113.9",
	}
	if fmt.Sprintf("%+v", e) != fmt.Sprintf("%+v", want) || !ident.Has("aud", e.ID) {
		t.Errorf("got  %+v\nwant %+v", e, want)
	}
	for _, pk := range []string{"WS#w2#AST#ast_9", "DOOR#KEY#x", "", "WS#w", "WS#w2"} {
		if _, _, err := s.Of(t.Context(), "w", pk, "", 10); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the partition %q: got %v", pk, err)
		}
	}
	if _, _, err := s.List(t.Context(), "w", Filter{}, "x", 10); fault.CodeOf(err) != "cursor.invalid" {
		t.Errorf("a strange cursor: %v", err)
	}
	page, err := s.Table.Query(t.Context(), table.Query{PK: "WS#w#AST#ast_1"})
	if err != nil || slices.ContainsFunc(page.Items, func(it table.Item) bool { return it.Version != 1 }) {
		t.Errorf("entries that were altered: %v, %v", page.Items, err)
	}
}
