package form_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOnlyOnePlaceSaysWhatATextMayHave lists who looks at characters themselves:
// those make a text harmless. Everybody else asks Line, Lines or Hides, so that
// there is one answer to what is seen.
func TestOnlyOnePlaceSaysWhatATextMayHave(t *testing.T) {
	t.Parallel()
	cut := "../attachment/name.go ../letter/words.go ../mail/limits.go text.go"
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		f = strings.TrimPrefix(f, "../form/")
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "unicode.IsControl") && !strings.Contains(cut, f) && !strings.HasSuffix(f, "_test.go") {
			t.Errorf("%s has its own idea of characters that cannot be seen: ask form.Line or form.Lines", f)
		}
	}
}
