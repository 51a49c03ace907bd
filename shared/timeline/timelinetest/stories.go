package timelinetest

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/timeline"
)

func testPlan(t *testing.T, open Open) {
	s := tell(t, open, failed(2), failed(3), failed(4), failed(5), failed(6), answer{})
	s.expect("+5s", "+5m5s", "+35m5s", "+2h35m5s", "+7h35m5s", "+17h35m5s")
	s.expectAbandons()
}

// testEnds ends a run early: the delivery succeeded, or another round took over.
func testEnds(t *testing.T, open Open) {
	tell(t, open, answer{}).expect("+5s")
	tell(t, open, failed(2), failed(3), answer{}).expect("+5s", "+5m5s", "+35m5s")
}

func testFirstWait(t *testing.T, open Open) {
	s := &story{t: t, script: []answer{failed(2), {}}}
	s.World = open(t, s.task, s.abandon)
	s.begin("r", 9*time.Second)
	s.Play()
	s.expect("+9s", "+5m9s")
}

// testLonger lengthens steps, as Retry-After does, once and twice in a row, and
// goes on with the right step after it.
func testLonger(t *testing.T, open Open) {
	tell(t, open, longer(2, 301*time.Second), failed(3), failed(4), failed(5), failed(6), answer{}).
		expect("+5s", "+5m6s", "+35m6s", "+2h35m6s", "+7h35m6s", "+17h35m6s")
	tell(t, open, failed(2), longer(3, time.Hour), longer(4, 4*time.Hour), failed(5), longer(6, 20*time.Hour), answer{}).
		expect("+5s", "+5m5s", "+1h5m5s", "+5h5m5s", "+10h5m5s", "+30h5m5s")
}

func testOnce(t *testing.T, open Open) {
	s := &story{t: t, script: []answer{failed(2), {}}}
	s.World = open(t, s.task, s.abandon)
	s.begin("r", Plan[0])
	s.begin("r", Plan[0])
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := s.Begin(t.Context(), timeline.Run{ID: "r", Input: json.RawMessage(`{"id":"r"}`), Wait: Plan[0]}); err != nil {
				t.Errorf("Begin: %v", err)
			}
		})
	}
	all.Wait()
	s.Play()
	s.begin("r", Plan[0]) // after its end
	s.Play()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.calls) != 2 {
		t.Errorf("the task was called %d times, want 2", len(s.calls))
	}
}

func testApart(t *testing.T, open Open) {
	var mu sync.Mutex
	calls := map[string][]string{}
	var w World
	var began time.Time
	w = open(t, func(_ context.Context, input json.RawMessage) (timeline.Next, error) {
		var in struct{ ID string }
		if err := json.Unmarshal(input, &in); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		calls[in.ID] = append(calls[in.ID], w.Now().Sub(began).String())
		if in.ID == "b" && len(calls["b"]) == 1 {
			return timeline.Next{Failed: 2, Wait: Plan[1]}, nil
		}
		return timeline.Next{}, nil
	}, func(context.Context, json.RawMessage) error { return nil })
	began = w.Now()
	for id, wait := range map[string]time.Duration{"a": 5 * time.Second, "b": 6 * time.Second} {
		if err := w.Begin(t.Context(), timeline.Run{ID: id, Input: json.RawMessage(`{"ID":"` + id + `"}`), Wait: wait}); err != nil {
			t.Fatal(err)
		}
	}
	w.Play()
	if got := strings.Join(calls["a"], " ") + "; " + strings.Join(calls["b"], " "); got != "5s; 6s 5m6s" {
		t.Errorf("got %s, want 5s; 6s 5m6s", got)
	}
}

func testInput(t *testing.T, open Open) {
	input := json.RawMessage(`{"workspace":"wsp_1","delivery":"dlv_1","round":2,"wait":1,"deep":{"é":[null,true,"<&>"]}}`)
	s := &story{t: t, script: []answer{failed(2), longer(3, time.Hour), {}}}
	s.World = open(t, func(ctx context.Context, in json.RawMessage) (timeline.Next, error) {
		sameJSON(t, in, input)
		return s.task(ctx, in)
	}, s.abandon)
	s.began = s.Now()
	if err := s.Begin(t.Context(), timeline.Run{ID: strings.Repeat("aZ_9-", 16), Input: input, Wait: Plan[0]}); err != nil {
		t.Fatal(err)
	}
	s.Play()
	s.expect("+5s", "+5m5s", "+1h5m5s")
}

func testErrs(t *testing.T, open Open) {
	s := tell(t, open, append(errs(6), answer{})...)
	s.expect("+5s", "+6s", "+8s", "+12s", "+20s", "+36s", "+1m8s")
	s.expectAbandons()
}

func testErrsBetween(t *testing.T, open Open) {
	s := tell(t, open, failed(2), answer{err: errDown}, failed(3), failed(4), answer{})
	s.expect("+5s", "+5m5s", "+5m6s", "+35m6s", "+2h35m6s")
	s.expectAbandons()
}

func testAbandons(t *testing.T, open Open) {
	s := tell(t, open, errs(7)...)
	s.expect("+5s", "+6s", "+8s", "+12s", "+20s", "+36s", "+1m8s")
	s.expectAbandons("+1m8s")
	sameJSON(t, s.lastInput, json.RawMessage(`{"id":"r"}`))
}

func testAbandonErrs(t *testing.T, open Open) {
	s := &story{t: t, script: errs(7), deaf: 3}
	s.World = open(t, s.task, s.abandon)
	s.begin("r", Plan[0])
	s.Play()
	s.expectAbandons("+1m8s", "+1m9s", "+1m11s", "+1m15s")
}

func testImpossible(t *testing.T, open Open) {
	for _, bad := range []answer{failed(1), longer(7, 20*time.Hour), longer(-1, time.Hour), longer(3, Plan[2]-time.Second), longer(2, Plan[1]+time.Millisecond)} {
		s := tell(t, open, bad, answer{})
		s.expect("+5s", "+6s")
	}
}

func testLimits(t *testing.T, open Open) {
	s := &story{t: t}
	s.World = open(t, s.task, s.abandon)
	good := timeline.Run{ID: "r", Input: json.RawMessage(`{}`), Wait: Plan[0]}
	for name, spoil := range map[string]func(*timeline.Run){
		"no ID":                  func(r *timeline.Run) { r.ID = "" },
		"a long ID":              func(r *timeline.Run) { r.ID = strings.Repeat("x", timeline.MaxID+1) },
		"an ID with a dot":       func(r *timeline.Run) { r.ID = "a.b" },
		"an ID that is no ASCII": func(r *timeline.Run) { r.ID = "é" },
		"no input":               func(r *timeline.Run) { r.Input = nil },
		"an input that is no object": func(r *timeline.Run) {
			r.Input = json.RawMessage(`[1]`)
		},
		"an input that is no JSON": func(r *timeline.Run) { r.Input = json.RawMessage(`{"a":`) },
		"a long input": func(r *timeline.Run) {
			r.Input = json.RawMessage(`{"a":"` + strings.Repeat("x", timeline.MaxInput) + `"}`)
		},
		"a wait below the plan's":  func(r *timeline.Run) { r.Wait = Plan[0] - time.Second },
		"a wait that is no second": func(r *timeline.Run) { r.Wait = Plan[0] + time.Millisecond },
		"a wait too long":          func(r *timeline.Run) { r.Wait = timeline.MaxWait + time.Second },
	} {
		r := good
		spoil(&r)
		if err := s.Begin(t.Context(), r); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: got %v, want fault.Invalid", name, err)
		}
	}
	s.Play()
	s.expect()
}

func testCancelled(t *testing.T, open Open) {
	s := &story{t: t}
	s.World = open(t, s.task, s.abandon)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Begin(ctx, timeline.Run{ID: "r", Input: json.RawMessage(`{}`), Wait: Plan[0]}); err == nil {
		t.Error("Begin with a context that has ended: got nil, want an error")
	}
	s.Play()
	s.expect()
}
