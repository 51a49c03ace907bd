package webhook

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
	"motorpool/shared/outbox"
)

// sound is what always holds of a delivery.
func sound(t interface{ Fatalf(string, ...any) }, d *Delivery) {
	perRound, rounds := map[int]int{}, 0
	for i, a := range d.Attempts {
		if a.Number != i+1 {
			t.Fatalf("attempt %d has the number %d", i+1, a.Number)
		}
		if a.Round > d.Round.Number || a.Step > 0 && a.Round < rounds {
			t.Fatalf("attempt %d is of round %d; the delivery is in round %d", a.Number, a.Round, d.Round.Number)
		}
		if a.Step > 0 {
			rounds = a.Round
			if perRound[a.Round]++; a.Step != perRound[a.Round] || a.Step > MaxAttempts {
				t.Fatalf("attempt %d is step %d of round %d", a.Number, a.Step, a.Round)
			}
		}
	}
	last := d.last()
	switch d.Status {
	case Pending:
		if !d.Next.IsZero() || d.Round.Attempts != 0 {
			t.Fatalf("pending, but %d attempts made and the next at %s", d.Round.Attempts, d.Next)
		}
	case Retrying:
		if d.Next.IsZero() || d.Round.Attempts == 0 || d.Round.Attempts >= MaxAttempts || last.Class == "" {
			t.Fatalf("retrying after %d attempts, next %s", d.Round.Attempts, d.Next)
		}
	case Succeeded:
		if !d.Next.IsZero() || last == nil {
			t.Fatalf("succeeded without an attempt, or with another due at %s", d.Next)
		}
	case Held, Failed:
		if !d.Next.IsZero() || d.Why == "" {
			t.Fatalf("%s because %q, next %s", d.Status, d.Why, d.Next)
		}
	}
}

// TestADeliveryStaysSound lets attempts, resends, holds and stops come in any
// order, answers late and twice.
func TestADeliveryStaysSound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := nine
		d := deliver("wsp_1", "whe_00000000000000000000000001", outbox.Stored{Ref: "00000000000000000000000002", OccurredAt: at}, time.Hour, at)
		var underway []turn
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) { sound(t, d) },
			"send": func(t *rapid.T) {
				if d.Waiting() {
					underway = append(underway, d.turn())
				}
			},
			"answer": func(t *rapid.T) {
				if len(underway) == 0 {
					t.Skip("nothing is under way")
				}
				i := rapid.IntRange(0, len(underway)-1).Draw(t, "which")
				began := underway[i]
				underway = append(underway[:i], underway[i+1:]...)
				at = at.Add(time.Duration(rapid.IntRange(0, 20_000).Draw(t, "ms")) * time.Millisecond)
				a := Attempt{At: at, Status: rapid.SampledFrom([]int{0, 200, 410, 500}).Draw(t, "status"), Asked: rapid.SampledFrom([]string{"", "7", "x"}).Draw(t, "asked")}
				if a.Status != 200 {
					a.Class = "status"
				}
				if a = d.record(a, began, at); a.Class == "" && d.Status != Succeeded {
					t.Fatalf("a success left it %s", d.Status)
				}
			},
			"resend": func(t *rapid.T) {
				if d.full() == nil {
					d.begin(Round{Number: d.Round.Number + 1, Cause: ByHand}, at)
				}
			},
			"hold": func(t *rapid.T) {
				if d.Waiting() {
					d.hold(at)
				}
			},
			"stop": func(t *rapid.T) { ending(d.Round, ByDisabling, at)(d) },
		})
	})
}

// TestAnyOrderOfVerbsKeepsThePromises does whatever operators and receivers do,
// in any order, on the machine's adapters.
func TestAnyOrderOfVerbsKeepsThePromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		k := newKit(t)
		e := k.register()
		deleted, sent := false, 0
		verb := func(do func() error) func(*rapid.T) {
			return func(rt *rapid.T) {
				if err := do(); err != nil && fault.KindOf(err) != fault.Conflict && !(deleted && fault.KindOf(err) == fault.NotFound) {
					rt.Fatal(err)
				}
				k.settle()
			}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"": func(rt *rapid.T) {
				for _, d := range k.log("") {
					sound(rt, d)
				}
				if n := len(k.receiver.requests()); deleted && n > sent {
					rt.Fatalf("%d requests after deletion", n-sent)
				}
			},
			"happen": func(*rapid.T) { k.happen(); k.settle() },
			"wait": func(rt *rapid.T) {
				k.after(time.Duration(rapid.SampledFrom([]int{1, 5, 60, 400, 20_000}).Draw(rt, "seconds")) * time.Second)
			},
			"receiver": func(rt *rapid.T) {
				k.receiver.will(rapid.SliceOfN(rapid.SampledFrom([]int{200, 204, 302, 410, 429, 500}), 1, 3).Draw(rt, "answers")...)
			},
			"resend": func(rt *rapid.T) {
				if list := k.log(""); len(list) > 0 {
					d := rapid.SampledFrom(list).Draw(rt, "which")
					verb(func() error { _, err := k.Resend(k.ctx(), sam, d.ID, k.now()); return err })(rt)
				}
			},
			"pause":  verb(func() error { _, err := k.Pause(k.ctx(), sam, e.ID, k.now()); return err }),
			"resume": verb(func() error { _, err := k.Resume(k.ctx(), sam, e.ID, k.now()); return err }),
			"enable": verb(func() error { _, err := k.Enable(k.ctx(), sam, e.ID, k.now()); return err }),
			"recover": verb(func() error {
				_, err := k.Recover(k.ctx(), sam, e.ID, Window{Since: nine.Add(-time.Hour)}, false, k.now())
				return err
			}),
			"replay": verb(func() error {
				_, err := k.Replay(k.ctx(), sam, e.ID, Window{Since: nine.Add(-time.Hour)}, false, k.now())
				return err
			}),
			"delete": func(rt *rapid.T) {
				if !deleted && rapid.IntRange(0, 9).Draw(rt, "really") == 0 {
					k.must(k.Delete(k.ctx(), sam, e.ID, 0, k.now()))
					deleted, sent = true, len(k.receiver.requests())
				}
			},
		})
	})
}
