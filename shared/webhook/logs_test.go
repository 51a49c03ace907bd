package webhook

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/outbox"
)

// publishAs publishes a custom event of a type.
func (k *kit) publishAs(typ string) {
	k.t.Helper()
	_, _, err := k.Events.Publish(k.ctx(), sam, outbox.Custom{Type: typ, Data: json.RawMessage(`{}`)}, k.now())
	k.must(err)
}

func TestTheLogPagesWithoutLossOrRepeat(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.at = map[string]int{"https://bad.example": 500}
	k.register()
	k.registerAt("https://bad.example", "custom.odd")
	gone := k.register("custom.even")
	for i := range 40 {
		k.publishAs([]string{"custom.even", "custom.odd"}[i%2])
		k.after(time.Second)
	}
	k.must(k.Delete(k.ctx(), sam, gone.ID, 0, k.now()))
	k.after(48 * time.Hour)
	since, until := nine.Add(20*time.Second), nine.Add(30*time.Second)
	for want, q := range map[int]Query{
		80: {}, 40: {Type: "custom.odd"}, 20: {Status: Failed}, 60: {Status: Succeeded}, 5: {Endpoint: gone.ID, Since: since, Until: until},
	} {
		for _, limit := range []int{1, 3, 7, 79, 80, 200} {
			var got []string
			for p := (Page{Limit: limit}); ; {
				list, next, err := k.Deliveries(k.ctx(), sam.Workspace, q, p, k.now())
				k.must(err)
				if len(list) > limit {
					t.Fatalf("a page of %d, want at most %d", len(list), limit)
				}
				for _, d := range list {
					got = append(got, d.ID)
				}
				if p.Cursor = next; next == "" {
					break
				}
			}
			if sorted := slices.IsSortedFunc(got, func(a, b string) int { return strings.Compare(b, a) }); len(got) != want || !sorted || len(slices.Compact(got)) != want {
				t.Errorf("%+v by %d: got %d, in order %v, want %d", q, limit, len(got), sorted, want)
			}
		}
	}
}

func TestAHundredIsTheLimitForManyAtOnce(t *testing.T) {
	t.Parallel()
	k := idleKit(t)
	var work sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for range 30 {
		work.Go(func() {
			for range 4 {
				_, _, err := k.Register(k.ctx(), sam, Registration{URL: "https://receiver.example/hook"}, k.now())
				mu.Lock()
				switch {
				case err == nil:
					made++
				case fault.KindOf(err) != fault.Conflict:
					t.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	work.Wait()
	all, err := k.Endpoints(k.ctx(), sam.Workspace)
	if err != nil || len(all) != made || made > MaxEndpoints {
		t.Errorf("made %d, stored %d, %v", made, len(all), err)
	}
}

func TestASlowEndpointKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	release := make(chan struct{})
	k.receiver.hang = map[string]chan struct{}{"https://slow.example": release}
	slow := k.registerAt("https://slow.example", "custom.*")
	quick := k.registerAt("https://quick.example", "custom.*")
	for range 40 {
		k.happen()
	}
	deadline := time.Now().Add(20 * time.Second)
	for done := 0; done < 40; {
		done = 0
		for _, d := range k.log(quick.ID) {
			if d.Status == Succeeded {
				done++
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d of 40 reached the quick endpoint while the slow one hung", done)
		}
		<-time.After(time.Millisecond)
	}
	close(release)
	k.settle()
	if list := k.log(slow.ID); len(list) != 40 || slices.ContainsFunc(list, func(d *Delivery) bool { return d.Status != Succeeded }) {
		t.Error("the slow endpoint did not get all in the end")
	}
}

func TestAStaleEditIsRefused(t *testing.T) {
	t.Parallel()
	k := idleKit(t)
	e := k.register()
	rename := func(to string, revision int64) error {
		_, err := k.Edit(k.ctx(), sam, e.ID, func(r *Registration) error { r.Description = to; return nil }, revision, k.now())
		return err
	}
	k.must(rename("a", 1))
	if err := rename("b", 1); fault.KindOf(err) != fault.Stale {
		t.Errorf("got %v", err)
	}
	var work sync.WaitGroup
	for i := range 8 {
		work.Go(func() { _ = rename(fmt.Sprint("c", i), 0) })
	}
	work.Wait()
	now, err := k.Endpoint(k.ctx(), sam.Workspace, e.ID)
	if err != nil || now.Revision < 3 || now.version != now.Revision {
		t.Errorf("revision %d at version %d, %v", now.Revision, now.version, err)
	}
}
