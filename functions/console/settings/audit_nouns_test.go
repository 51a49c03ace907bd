package settings

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"motorpool/functions/console/record"
	"motorpool/shared/audit"
)

// TestWhatTheLogSpeaksOfHasItsPage, but for what is shown on no page.
func TestWhatTheLogSpeaksOfHasItsPage(t *testing.T) {
	t.Parallel()
	nowhere := []string{"odometer_reading", "expense_item", "document_settings"}
	for _, noun := range auditNouns {
		to := record.PathOf(audit.Object{Type: noun, ID: "abc_1", Name: "Acme D-1"})
		if want := !slices.Contains(nowhere, noun); (to != "") != want {
			t.Errorf("a %s leads to %q", noun, to)
		}
	}
}

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
