package idempotency_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/fault"
	"motorpool/shared/idempotency"
	"motorpool/shared/table"
)

var (
	at    = apitest.Now
	actor = access.Actor{Kind: "api_key", ID: "key_1", Workspace: "wsp_1"}
	ask   = idempotency.Request{Route: "shop.sell", Key: "k1", Print: "p1"}
)

func open(t *testing.T) (*idempotency.Service, table.Table) {
	tab := apitest.Table(t, func() time.Time { return at })
	return &idempotency.Service{Table: tab, Box: apitest.Box(t)}, tab
}

func begin(t *testing.T, s *idempotency.Service) *idempotency.Ticket {
	t.Helper()
	ticket, _, err := s.Begin(t.Context(), actor, ask, at)
	if err != nil || ticket == nil {
		t.Fatalf("got %v %v", ticket, err)
	}
	return ticket
}

// TestEachEndOfARequestIsTold goes through every way in which a first request
// can end, and asks again now and after two minutes.
func TestEachEndOfARequestIsTold(t *testing.T) {
	nothing := func(*testing.T, *idempotency.Ticket, table.Table) {}
	writes := func(t *testing.T, ticket *idempotency.Ticket, tab table.Table) {
		ctx, err := ticket.Context(t.Context())
		if err == nil {
			err = table.Riding{Table: tab}.Write(ctx, table.Put(table.Item{Key: table.Key{PK: "SALES", SK: "1"}, Doc: json.RawMessage("{}")}))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	finishes := func(t *testing.T, ticket *idempotency.Ticket, _ table.Table) {
		if err := ticket.Finish(t.Context(), idempotency.Answer{Status: 201, Body: []byte("sold")}); err != nil {
			t.Fatal(err)
		}
	}
	releases := func(t *testing.T, ticket *idempotency.Ticket, _ table.Table) {
		if err := ticket.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name       string
		write, end func(*testing.T, *idempotency.Ticket, table.Table)
		now, later string
	}{
		{"answered", writes, finishes, "sold", "sold"},
		{"answered without a write", nothing, finishes, "sold", "sold"},
		{"refused", nothing, releases, "ticket", "ticket"},
		{"failed after its write", writes, releases, "idempotency.interrupted", "idempotency.interrupted"},
		{"died before its write", nothing, nothing, "idempotency.running", "ticket"},
		{"died after its write", writes, nothing, "idempotency.running", "idempotency.interrupted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for after, want := range map[time.Duration]string{0: tt.now, 2 * time.Minute: tt.later} {
				s, tab := open(t)
				ticket := begin(t, s)
				tt.write(t, ticket, tab)
				tt.end(t, ticket, tab)
				second, answer, err := s.Begin(t.Context(), actor, ask, at.Add(after))
				got := fault.CodeOf(err)
				if answer != nil {
					got = string(answer.Body)
				} else if second != nil {
					got = "ticket"
				}
				if got != want {
					t.Errorf("after %v: got %s, want %s", after, got, want)
				}
			}
		})
	}
}

func TestADeadRequestCannotWriteOnceItsKeyIsTakenOver(t *testing.T) {
	s, tab := open(t)
	ctx, err := begin(t, s).Context(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if second, _, err := s.Begin(t.Context(), actor, ask, at.Add(2*time.Minute)); second == nil {
		t.Fatal(err)
	}
	err = table.Riding{Table: tab}.Write(ctx, table.Put(table.Item{Key: table.Key{PK: "SALES", SK: "1"}, Doc: json.RawMessage("{}")}))
	if fault.KindOf(err) != fault.Conflict || len(apitest.Dump(t, tab, "SALES")) != 0 {
		t.Errorf("got %v", err)
	}
}

func TestALongAnswerIsNotKept(t *testing.T) {
	s, _ := open(t)
	long := idempotency.Answer{Status: 200, Body: []byte(strings.Repeat("x", idempotency.MaxAnswer))}
	if err := begin(t, s).Finish(t.Context(), long); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("got %v", err)
	}
}

func TestAnAnswerMovedElsewhereDoesNotOpen(t *testing.T) {
	s, tab := open(t)
	if err := begin(t, s).Finish(t.Context(), idempotency.Answer{Status: 200}); err != nil {
		t.Fatal(err)
	}
	var doc string
	for _, doc = range apitest.Dump(t, tab, "WS#wsp_1#IDEM") {
	}
	thief := actor
	thief.Workspace = "wsp_2"
	if _, _, err := s.Begin(t.Context(), thief, ask, at); err != nil {
		t.Fatal(err)
	}
	for sk := range apitest.Dump(t, tab, "WS#wsp_2#IDEM") {
		it, err := tab.Get(t.Context(), table.Key{PK: "WS#wsp_2#IDEM", SK: sk})
		if err != nil {
			t.Fatal(err)
		}
		it.Doc = json.RawMessage(doc)
		if err := tab.Write(t.Context(), table.Put(it)); err != nil {
			t.Fatal(err)
		}
	}
	if _, a, err := s.Begin(t.Context(), thief, ask, at); err == nil {
		t.Errorf("got %v", fmt.Sprint(a))
	}
}
