package lambda

import (
	"bytes"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestTheBytesOfABootstrapDependOnItsSourceAlone builds an area here, and in a
// copy of the repository that lies elsewhere and in which another area was
// edited. Equal bytes mean that a deployment uploads only what changed.
func TestTheBytesOfABootstrapDependOnItsSourceAlone(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: builds for arm64 twice; make check does it")
	}
	top, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	here := buildARM(t, top)
	copied := filepath.Join(t.TempDir(), "elsewhere")
	clone(t, top, copied)
	edit(t, filepath.Join(copied, "functions", "fleet", "doc.go"))
	if there := buildARM(t, copied); here != there {
		t.Errorf("%x here, %x elsewhere", here, there)
	}
	edit(t, filepath.Join(copied, "functions", "steps", "doc.go"))
	if there := buildARM(t, copied); here == there {
		t.Error("an edit of the area itself did not change it: nothing was compared")
	}
}

// buildARM runs what "make build" runs, for one area.
func buildARM(t *testing.T, top string) [sha256.Size]byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "make", "--silent", "build/steps/bootstrap")
	cmd.Dir = top
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	binary, err := os.ReadFile(filepath.Join(top, "build", "steps", "bootstrap"))
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(binary)
}

// clone copies what belongs to the repository.
func clone(t *testing.T, from, to string) {
	t.Helper()
	list := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = from
	files, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range bytes.SplitSeq(bytes.TrimSuffix(files, []byte{0}), []byte{0}) {
		path := filepath.Join(to, string(name))
		content, err := os.ReadFile(filepath.Join(from, string(name)))
		if os.IsNotExist(err) {
			continue // deleted, not yet committed
		}
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o755)
		}
		if err == nil {
			err = os.WriteFile(path, content, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// edit adds something to a Go file that its binary keeps.
func edit(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, append(text, "\nfunc init() { println(\"edited\") }\n"...), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
