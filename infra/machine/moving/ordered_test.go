package moving_test

import (
	"testing"
	"time"

	"motorpool/infra/machine/host"
	"motorpool/infra/machine/moving"
)

// TestWhatWasOnlyOrderedIsSentThere: of an event that everybody was told of there
// is nothing but an order in the queue, because a delivery is stored with its
// first attempt. The order moves, or else the delivery would never be made.
func TestWhatWasOnlyOrderedIsSentThere(t *testing.T) {
	t.Parallel()
	clock, dirs := host.TestClock(noon), [2]string{t.TempDir(), t.TempDir()}
	h, err := host.Open(host.Config{Addr: "127.0.0.1:0", Data: dirs[0], BaseURL: base, Clock: clock, AllowPrivate: true, Log: discard})
	if err != nil {
		t.Fatal(err)
	}
	ws, rcv := quiet(t, h)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	from, leave := house(t, dirs[0], true, clock)
	from.Untold = untoldNothing
	o, out := order(t, ws, "")
	must(t, moving.Export(t.Context(), from, o), out)
	leave()
	to, arrive := house(t, dirs[1], false, clock)
	must(t, moving.Import(t.Context(), to, o), out)
	arrive()
	here := live(t, dirs[1], clock)
	here.advance(time.Second)
	here.advance(24 * time.Hour)
	if n, _ := rcv.Count(); n != 1 {
		t.Errorf("%d requests arrived, want the one that was ordered", n)
	}
}
