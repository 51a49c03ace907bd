package pattern_test

import (
	"testing"

	"motorpool/shared/pattern"
)

func TestAPatternMatchesAsItsExpressionDoes(t *testing.T) {
	t.Parallel()
	word := pattern.New(`^[a-z][a-z0-9-]{0,3}$`)
	for text, want := range map[string]bool{"a": true, "a-1": true, "": false, "1a": false, "abcde": false, "a\n": false} {
		for range 2 { // compiled the first time, kept the second
			if got := word(text); got != want {
				t.Errorf("%q: got %v", text, got)
			}
		}
	}
}

func TestAnInvalidExpressionIsFoundByItsFirstUse(t *testing.T) {
	t.Parallel()
	wrong := pattern.New(`[`)
	defer func() {
		if recover() == nil {
			t.Error("it matched something")
		}
	}()
	wrong("")
}
