// Package secretstest is the definition of secrets.Box, in the form of a test.
// An adapter is done when Run passes against it.
package secretstest

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"motorpool/shared/fault"
	"motorpool/shared/secrets"
)

// Opener returns a box. Each call gives one with a key of its own.
type Opener func(t *testing.T) secrets.Box

const place = "wsp_1/whe_1"

// Run tests the boxes that open returns.
func Run(t *testing.T, open Opener) {
	for _, tt := range []struct {
		name string
		test func(*testing.T, Opener)
	}{
		{"opens what it sealed", testRoundTrip},
		{"opens nothing elsewhere", testBound},
		{"opens nothing that was changed", testChanged},
		{"opens nothing that was cut or lengthened", testCut},
		{"opens nothing of another key", testOtherKey},
		{"shows nothing of what it seals", testHidden},
		{"keeps nothing of its caller's bytes", testAliases},
		{"serves many at once", testConcurrent},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.test(t, open)
		})
	}
}

func seal(t *testing.T, b secrets.Box, plain, bound string) []byte {
	t.Helper()
	sealed, err := b.Seal(t.Context(), []byte(plain), bound)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

// wantBroken opens what must not open.
func wantBroken(t *testing.T, what string, b secrets.Box, sealed []byte, bound string) {
	t.Helper()
	plain, err := b.Open(t.Context(), sealed, bound)
	if fault.KindOf(err) != fault.Invalid || fault.CodeOf(err) != "secret.broken" || plain != nil {
		t.Errorf("%s: got %q, %v; want secret.broken", what, plain, err)
	}
	if err != nil && strings.Contains(err.Error(), "hush") {
		t.Errorf("%s: the error tells the secret: %v", what, err)
	}
}

func testRoundTrip(t *testing.T, open Opener) {
	b := open(t)
	random := make([]byte, 64<<10)
	rand.Read(random)
	for _, plain := range []string{"", "\x00", "whsec_hush", "Zoë ☃", string(random)} {
		for _, bound := range []string{place, "", "/", "wsp_1", "ü/\x00", strings.Repeat("x", 5000)} {
			got, err := b.Open(t.Context(), seal(t, b, plain, bound), bound)
			if err != nil || string(got) != plain {
				t.Errorf("%.20q bound to %.20q: got %.20q, %v", plain, bound, got, err)
			}
		}
	}
}

func testBound(t *testing.T, open Opener) {
	b := open(t)
	for _, plain := range []string{"", "hush"} {
		sealed := seal(t, b, plain, place)
		for _, other := range []string{"", "wsp_1/whe_2", "wsp_2/whe_1", "wsp_1", "wsp_1/", "wsp_1/whe_1 ", "wsp_1/whe_1\x00", "WSP_1/WHE_1", "wsp_1//whe_1", "whe_1/wsp_1"} {
			wantBroken(t, "bound to "+other, b, sealed, other)
		}
	}
}

func testChanged(t *testing.T, open Opener) {
	b := open(t)
	sealed := seal(t, b, "hush", place)
	for i := range sealed {
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			changed := slices.Clone(sealed)
			changed[i] ^= flip
			wantBroken(t, fmt.Sprintf("byte %d of %d xor %02x", i, len(sealed), flip), b, changed, place)
		}
	}
}

func testCut(t *testing.T, open Opener) {
	b := open(t)
	sealed := seal(t, b, "hush", place)
	for n := range sealed {
		wantBroken(t, fmt.Sprintf("the first %d of %d bytes", n, len(sealed)), b, sealed[:n], place)
	}
	for _, tail := range []string{"\x00", "x", string(sealed)} {
		wantBroken(t, fmt.Sprintf("%d bytes more", len(tail)), b, append(slices.Clone(sealed), tail...), place)
	}
	wantBroken(t, "nothing", b, nil, place)
	wantBroken(t, "noise", b, []byte(rand.Text()+rand.Text()+rand.Text()), place)
	wantBroken(t, "zeros", b, make([]byte, 100), place)
}

func testOtherKey(t *testing.T, open Opener) {
	one, two := open(t), open(t)
	wantBroken(t, "sealed by another", two, seal(t, one, "hush", place), place)
	wantBroken(t, "sealed by the other", one, seal(t, two, "", place), place)
}

func testHidden(t *testing.T, open Opener) {
	b := open(t)
	seen := map[string]bool{}
	for range 50 {
		sealed := seal(t, b, "hush hush hush hush", place)
		if bytes.Contains(sealed, []byte("hush")) {
			t.Fatalf("the sealed secret shows it: %q", sealed)
		}
		if seen[string(sealed)] {
			t.Fatal("sealing twice gives the same bytes")
		}
		seen[string(sealed)] = true
	}
}

func testAliases(t *testing.T, open Opener) {
	b := open(t)
	plain := []byte("hush")
	sealed, err := b.Seal(t.Context(), plain, place)
	if err != nil || string(plain) != "hush" {
		t.Fatalf("sealing changed the plain bytes to %q, %v", plain, err)
	}
	copy(plain, "xxxx")
	before := slices.Clone(sealed)
	for range 2 {
		got, err := b.Open(t.Context(), sealed, place)
		if err != nil || string(got) != "hush" || !bytes.Equal(before, sealed) {
			t.Fatalf("got %q, %v", got, err)
		}
		copy(got, "yyyy")
	}
}

func testConcurrent(t *testing.T, open Opener) {
	b := open(t)
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			bound := fmt.Sprintf("wsp_%d/whe_1", w%4)
			for i := range 20 {
				want := fmt.Sprintf("%d %d", w, i)
				sealed, err := b.Seal(t.Context(), []byte(want), bound)
				if err != nil {
					t.Error(err)
					return
				}
				if got, err := b.Open(t.Context(), sealed, bound); err != nil || string(got) != want {
					t.Errorf("got %q, %v; want %q", got, err, want)
				}
			}
		})
	}
	wg.Wait()
}
