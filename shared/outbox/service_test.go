package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/disk"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
	"motorpool/shared/table/embed"
)

var (
	start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	mia   = access.Actor{Kind: "user", ID: "usr_1", Name: `Mia ","data":{}`, Workspace: "w"}
)

// box is an outbox with a clock that tests move.
type box struct {
	*Service
	t    *testing.T
	now  time.Time
	kept time.Duration
}

func newBox(t *testing.T) *box {
	t.Helper()
	b := &box{t: t, now: start, kept: DefaultRetention}
	clock := func() time.Time { return b.now }
	d, err := disk.Open(filepath.Join(t.TempDir(), "outbox.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	tab, err := embed.Open(d, clock, nil)
	if err != nil {
		t.Fatal(err)
	}
	b.Service = &Service{Table: tab, NewID: ident.Sortable(clock), Retention: func(context.Context, string) time.Duration { return b.kept }}
	return b
}

// raise stores e beside the thing with this id.
func (b *box) raise(actor access.Actor, id string, e events.Event) Stored {
	b.t.Helper()
	op, err := b.Op(b.t.Context(), "WS#"+actor.Workspace+"#AST#"+id, actor, e, b.now)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.Table.Write(b.t.Context(), op); err != nil {
		b.t.Fatal(err)
	}
	s, err := Read(op.Item.Key.PK, op.Item.Key.SK, op.Item.Doc)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// note is an event whose object is as large as the test wants it.
type note struct {
	Object struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	} `json:"object"`
}

func (note) Type() string { return "note.written" }

func large(n int) (e note) {
	e.Object.ID, e.Object.Text = "not_1", strings.Repeat("<", n)
	return e
}

// linkedNote knows where its object can be read.
type linkedNote struct{ note }

func (linkedNote) Link() events.Link {
	return events.Link{ID: "not_1", Type: "note", URL: "/v1/notes/not_1"}
}

func TestAnEventRestsAsItWillBeSent(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	s := b.raise(mia, "ast_1", large(3))
	want := `{"id":"` + s.ID + `","type":"note.written","occurred_at":"2026-03-01T09:00:00Z","workspace":"w","api_version":"2026-11-01",` +
		`"actor":{"type":"user","id":"usr_1","name":"Mia \",\"data\":{}"},"data":{"object":{"id":"not_1","text":"<<<"}}}`
	if string(s.Body) != want {
		t.Errorf("got  %s\nwant %s", s.Body, want)
	}
	if s.ID != "evt_"+s.Ref || s.Type != "note.written" || !s.OccurredAt.Equal(start) || !IsEvent(table.Key{PK: s.PK, SK: s.SK}) {
		t.Errorf("got %+v", s)
	}
	env, err := s.Envelope()
	if err != nil || string(env.Data) != `{"object":{"id":"not_1","text":"<<<"}}` || env.Actor.Name != mia.Name {
		t.Errorf("got %+v, %v", env, err)
	}
	got, err := b.Get(t.Context(), "w", s.ID, b.now)
	if err != nil || string(got.Body) != want || got.PK != s.PK || got.SK != s.SK {
		t.Errorf("read back as %+v, %v", got, err)
	}
}

func TestALargeObjectIsLinked(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	for _, tt := range []struct {
		e    events.Event
		want string
	}{
		{large(events.MaxEnvelopeBytes), `{"object":{"id":"not_1","type":"note"},"truncated":true}`},
		{linkedNote{large(events.MaxEnvelopeBytes)}, `{"object":{"id":"not_1","type":"note","url":"/v1/notes/not_1"},"truncated":true}`},
	} {
		env, err := b.raise(mia, "ast_1", tt.e).Envelope()
		if err != nil || string(env.Data) != tt.want {
			t.Errorf("got %.99s, %v, want %s", env.Data, err, tt.want)
		}
	}
	// the largest that still fits is not linked, and a byte more is
	spare := events.MaxEnvelopeBytes - len(b.raise(mia, "ast_1", large(0)).Body)
	for n, whole := range map[int]bool{spare: true, spare + 1: false} {
		if s := b.raise(mia, "ast_1", large(n)); (len(s.Body) == events.MaxEnvelopeBytes) != whole {
			t.Errorf("an envelope of %+d bytes is stored with %d", n-spare, len(s.Body))
		}
	}
}

func TestATestEventIsForNobodyElse(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	s, err := b.Issue(t.Context(), mia, large(1), b.now)
	if err != nil || IsEvent(table.Key{PK: s.PK, SK: s.SK}) {
		t.Fatalf("got %+v, %v; want it unpublished", s, err)
	}
	if got, err := b.Get(t.Context(), "w", s.ID, b.now); err != nil || string(got.Body) != string(s.Body) {
		t.Errorf("got %+v, %v", got, err)
	}
	if list := b.list(Filter{}); len(list) != 0 {
		t.Errorf("it is listed: %v", list)
	}
}

// list is the ids of all events that f wants, two to a page.
func (b *box) list(f Filter) (ids []string) {
	b.t.Helper()
	cursor := ""
	for {
		page, next, err := b.List(b.t.Context(), "w", f, cursor, 2, b.now)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, e := range page {
			ids = append(ids, e.ID)
		}
		if cursor = next; next == "" {
			return ids
		}
	}
}

func TestEventsAreListedNewestFirst(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	var ids []string // by the hour
	for i := range 6 {
		b.now = start.Add(time.Duration(i) * time.Hour)
		if i%2 == 0 {
			ids = append(ids, b.raise(mia, fmt.Sprint("ast_", i), large(i)).ID)
			continue
		}
		e, _, err := b.Publish(t.Context(), mia, Custom{Type: "custom.tick.tock", Data: json.RawMessage(`{}`)}, b.now)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID)
	}
	other := mia
	other.Workspace = "w2"
	theirs := b.raise(other, "ast_1", large(1))
	at := func(h int) time.Time { return start.Add(time.Duration(h) * time.Hour) }
	for name, tt := range map[string]struct {
		f    Filter
		want []int
	}{
		"all":                   {Filter{}, []int{5, 4, 3, 2, 1, 0}},
		"of a type":             {Filter{Type: "note.written"}, []int{4, 2, 0}},
		"of a category":         {Filter{Type: "custom.*"}, []int{5, 3, 1}},
		"of a finer category":   {Filter{Type: "custom.tick.*"}, []int{5, 3, 1}},
		"of no type":            {Filter{Type: "note"}, nil},
		"of every type":         {Filter{Type: "*"}, []int{5, 4, 3, 2, 1, 0}},
		"since an instant":      {Filter{Since: at(3)}, []int{5, 4, 3}},
		"since a moment later":  {Filter{Since: at(3).Add(time.Nanosecond)}, []int{5, 4}},
		"until an instant":      {Filter{Until: at(3)}, []int{2, 1, 0}},
		"of a time and a type":  {Filter{Since: at(1), Until: at(5), Type: "custom.*"}, []int{3, 1}},
		"of a time to come":     {Filter{Since: at(99)}, nil},
		"of a time upside down": {Filter{Since: at(4), Until: at(1)}, nil},
	} {
		var want []string
		for _, i := range tt.want {
			want = append(want, ids[i])
		}
		if got := b.list(tt.f); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	if _, err := b.Get(t.Context(), "w", theirs.ID, b.now); fault.CodeOf(err) != "event.not_found" {
		t.Errorf("another workspace's: %v", err)
	}
	if _, _, err := b.List(t.Context(), "w", Filter{}, "x", 2, b.now); fault.CodeOf(err) != "cursor.invalid" {
		t.Errorf("a strange cursor: %v", err)
	}
}

func TestEventsGoWhenTheirTimeIsOver(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	const day = 24 * time.Hour
	old := b.raise(mia, "ast_1", large(1))
	custom, _, err := b.Publish(t.Context(), mia, Custom{ID: "mine", Type: "custom.x", Data: json.RawMessage(`{}`)}, b.now)
	if err != nil {
		t.Fatal(err)
	}
	b.now = start.Add(40 * day)
	fresh := b.raise(mia, "ast_1", large(2))
	if got := b.list(Filter{}); !slices.Equal(got, []string{fresh.ID, custom.ID, old.ID}) {
		t.Errorf("kept 90 days: got %v", got)
	}
	b.kept = 30 * day // the setting is lowered: what is older is gone at once
	if got := b.list(Filter{}); !slices.Equal(got, []string{fresh.ID}) {
		t.Errorf("kept 30 days: got %v", got)
	}
	for _, id := range []string{old.ID, "mine"} {
		if _, err := b.Get(t.Context(), "w", id, b.now); fault.CodeOf(err) != "event.not_found" {
			t.Errorf("%s after 40 days of 30: %v", id, err)
		}
	}
	b.kept, b.now = 365*day, start.Add(91*day) // raising it brings back nothing that has expired
	if got := b.list(Filter{}); !slices.Equal(got, []string{fresh.ID}) {
		t.Errorf("kept a year, too late: got %v", got)
	}
	if _, replayed, err := b.Publish(t.Context(), mia, Custom{ID: "mine", Type: "custom.y", Data: json.RawMessage(`{}`)}, b.now); replayed || err != nil {
		t.Errorf("an id whose event is gone: %v, %v; want it free", replayed, err)
	}
}

func TestUnknownEventsAreNotFound(t *testing.T) {
	t.Parallel()
	b := newBox(t)
	for _, id := range []string{"", "x", "evt_00000000000000000000000001", "evt_", "a#b", strings.Repeat("x", 65), "../../x", "\xff"} {
		if _, err := b.Get(t.Context(), "w", id, b.now); fault.CodeOf(err) != "event.not_found" {
			t.Errorf("%q: got %v", id, err)
		}
	}
}
