package settings

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTheLogIsFilteredByEveryNoun reads what shared writes into the audit log.
func TestTheLogIsFilteredByEveryNoun(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../shared/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	object, seen := regexp.MustCompile(`audit\.Object\{Type: "([a-z_]+)"`), 0
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range object.FindAllStringSubmatch(string(text), -1) {
			if seen++; !slices.Contains(auditNouns, m[1]) {
				t.Errorf("%s writes of a %s, which the filter does not offer", f, m[1])
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d objects were found", seen)
	}
}
