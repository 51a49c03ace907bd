package look

import (
	"strings"
	"testing"
)

func TestACodeHasItsThreeCornersAndAQuietZone(t *testing.T) {
	t.Parallel()
	q, err := CodeOf("otpauth://totp/Motorpool:ada@example.com?secret=JBSWY3DPEHPK3PXP", "code")
	if err != nil {
		t.Fatal(err)
	}
	far := q.Size - quiet - 7
	dark := func(x, y int) bool { return strings.Contains(q.Path, "M"+itoa(x)+" "+itoa(y)+"h") }
	for _, corner := range [][2]int{{quiet, quiet}, {far, quiet}, {quiet, far}} {
		x, y := corner[0], corner[1]
		if !dark(x, y) || dark(x+1, y+1) || !dark(x+3, y+3) || !dark(x+6, y+6) {
			t.Errorf("no finder at %d, %d", x, y)
		}
	}
	for i := range q.Size {
		if dark(i, quiet-1) || dark(quiet-1, i) || dark(i, q.Size-1) || dark(q.Size-1, i) {
			t.Errorf("the quiet zone is broken at %d", i)
		}
	}
	if _, err := CodeOf(strings.Repeat("x", 5000), "code"); err == nil {
		t.Error("more than a code holds was drawn")
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}
