package lambda

import "testing"

// beginsMornings: whether it is past seven where the world is depends on when
// this runs; either way the tick does what it has the right to do.
func beginsMornings(t *testing.T, _ *deployment, b *bootstrap, event []byte) {
	for range 2 {
		if got := b.invoke(t, string(event)); got.kind != "response" {
			t.Fatalf("got an %s: %s", got.kind, got.body)
		}
	}
}
