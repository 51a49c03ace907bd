package inbox_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/inbox"
)

func TestAnInboxTakesItsShareOfASecond(t *testing.T) {
	s, _ := newService(t)
	i := create(t, s)
	for n := range inbox.MaxPerSecond + 3 {
		w := httptest.NewRecorder()
		s.Serve(w, httptest.NewRequest("POST", "/", nil), i.Token, start)
		if busy := n >= inbox.MaxPerSecond; busy != (w.Code == http.StatusTooManyRequests) || busy && w.Header().Get("Retry-After") != "1" {
			t.Fatalf("request %d: got %d, Retry-After %q", n, w.Code, w.Header().Get("Retry-After"))
		}
	}
	if _, err := s.Receive(t.Context(), i.Token, snapshot(""), start.Add(time.Second)); err != nil {
		t.Errorf("a second later: %v", err)
	}
}

func TestManySendersAtOnceLoseNothing(t *testing.T) {
	s, _ := newService(t)
	i := create(t, s)
	var wg sync.WaitGroup
	var kept atomic.Int64
	for range 40 {
		wg.Go(func() {
			if _, err := s.Receive(t.Context(), i.Token, snapshot("x"), start); err != nil {
				t.Error(err)
			} else {
				kept.Add(1)
			}
		})
	}
	wg.Wait()
	got, err := s.Get(t.Context(), we, i.ID)
	if err != nil || got.Received != kept.Load() || len(got.Kept) != 40 {
		t.Errorf("%d were answered 200, the inbox has %+v, %v", kept.Load(), got, err)
	}
}

// TestProcessesShareAnInbox: two Lambdas receive for one inbox, with nothing
// between them but the table.
func TestProcessesShareAnInbox(t *testing.T) {
	s, _ := newService(t)
	i := create(t, s)
	other := &inbox.Service{Table: s.Table, NewID: s.NewID, NewToken: s.NewToken, Secrets: s.Secrets, BaseURL: s.BaseURL}
	var wg sync.WaitGroup
	for n := range 30 {
		wg.Go(func() {
			if _, err := []*inbox.Service{s, other}[n%2].Receive(t.Context(), i.Token, snapshot("x"), start); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got, err := s.Get(t.Context(), we, i.ID); err != nil || got.Received != 30 || len(got.Kept) != 30 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAWorkspaceHasTwentyAtMost(t *testing.T) {
	s, now := newService(t)
	var wg sync.WaitGroup
	var made atomic.Int64
	for range inbox.MaxInboxes + 10 {
		wg.Go(func() {
			_, err := s.Create(t.Context(), we, inbox.Settings{}, start)
			if err == nil {
				made.Add(1)
			} else if code := fault.CodeOf(err); code != "inbox.too_many" && code != "table.busy" {
				t.Errorf("got %v", err)
			}
		})
	}
	wg.Wait()
	for made.Load() < inbox.MaxInboxes {
		create(t, s)
		made.Add(1)
	}
	list, err := s.List(t.Context(), we)
	if err != nil || made.Load() != inbox.MaxInboxes || len(list) != inbox.MaxInboxes {
		t.Fatalf("made %d, listed %d, %v", made.Load(), len(list), err)
	}
	if _, err := s.Create(t.Context(), we, inbox.Settings{}, start); fault.CodeOf(err) != "inbox.too_many" {
		t.Errorf("one more: got %v", err)
	}
	if _, err := s.Create(t.Context(), they, inbox.Settings{}, start); err != nil {
		t.Errorf("another workspace: got %v", err)
	}
	later := start.Add(inbox.Lifetime + time.Minute)
	now.Store(&later)
	if _, err := s.Create(t.Context(), we, inbox.Settings{}, later); err != nil {
		t.Errorf("after they expired: got %v", err)
	}
	if _, err := s.Find(t.Context(), list[0].Token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an expired one is found: %v", err)
	}
}
