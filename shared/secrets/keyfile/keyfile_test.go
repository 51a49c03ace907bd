package keyfile

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"motorpool/shared/fault"
	"motorpool/shared/secrets"
	"motorpool/shared/secrets/secretstest"
)

func TestBox(t *testing.T) {
	t.Parallel()
	secretstest.Run(t, func(t *testing.T) secrets.Box {
		return open(t, filepath.Join(t.TempDir(), "key"))
	})
}

func open(t *testing.T, path string) *Box {
	t.Helper()
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func opens(t *testing.T, b *Box, sealed []byte, want bool) {
	t.Helper()
	plain, err := b.Open(t.Context(), sealed, "place")
	if got := err == nil && string(plain) == "hush"; got != want {
		t.Errorf("opens: got %v (%q, %v), want %v", got, plain, err, want)
	}
}

func TestTheKeyFileIsMadeOnceAndForItsOwner(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "key")
	boxes := make([]*Box, 8)
	var wg sync.WaitGroup
	for i := range boxes {
		wg.Go(func() { boxes[i], _ = Open(path) })
	}
	wg.Wait()
	sealed, err := boxes[0].Seal(t.Context(), []byte("hush"), "place")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range append(boxes, open(t, path)) {
		opens(t, b, sealed, true)
	}
	about, err := os.Stat(path)
	if err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v; want 0600", about.Mode(), err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("the folder holds %v, want the key file alone", left)
	}
}

func TestANewKeySealsAndOldOnesOpen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	before := open(t, path)
	old, _ := before.Seal(t.Context(), []byte("hush"), "place")

	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	added := line(newBytes())
	if err := os.WriteFile(path, []byte("# new\n"+added+"\n"+string(text)), 0o600); err != nil {
		t.Fatal(err)
	}
	both := open(t, path)
	recent, _ := both.Seal(t.Context(), []byte("hush"), "place")
	opens(t, both, old, true)
	opens(t, both, recent, true)
	opens(t, before, recent, false)

	if err := os.WriteFile(path, []byte(added), 0o600); err != nil {
		t.Fatal(err)
	}
	after := open(t, path)
	opens(t, after, old, false)
	opens(t, after, recent, true)
}

func TestAKeyFileThatIsNotRightIsRefused(t *testing.T) {
	t.Parallel()
	good := line(newBytes())
	for name, tt := range map[string]struct {
		text string
		mode os.FileMode
	}{
		"empty":            {"", 0o600},
		"only remarks":     {"# nothing\n\n", 0o600},
		"a short key":      {"v1 " + good[10:], 0o600},
		"no version":       {good[3:], 0o600},
		"a later version":  {"v2" + good[2:], 0o600},
		"not base64":       {"v1 " + strings.Repeat("!", 44), 0o600},
		"one key twice":    {good + good, 0o600},
		"half a line":      {good + good[:20], 0o600},
		"readable by all":  {good, 0o644},
		"readable by some": {good, 0o640},
	} {
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, []byte(tt.text), tt.mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, tt.mode); err != nil {
			t.Fatal(err)
		}
		b, err := Open(path)
		if b != nil || fault.CodeOf(err) != "secret.key_file" {
			t.Errorf("%s: got %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), good[10:30]) {
			t.Errorf("%s: the error shows the key: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "no", "such", "folder")); fault.CodeOf(err) != "secret.key_file" {
		t.Errorf("no folder: %v", err)
	}
}

// What is sealed today must open in every later version.
func TestTheFormStays(t *testing.T) {
	t.Parallel()
	b, err := parse([]byte(line([]byte(strings.Repeat("k", keyBytes)))))
	if err != nil {
		t.Fatal(err)
	}
	sealed := "\x01\x5e\x31\x8f\x8c\x85\xdd\x88\x7b\x4b\x2d\xe4\x74\x7b\x00\x76\x5d\xf2\x31\x6f\xce\x62\x01\xd2\x86\x7a\xe9\x19\xb2\xb4\xbd\x1e\x18\x87\x5a\x55\xdd"
	opens(t, b, []byte(sealed), true)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(header + line(newBytes())))
	f.Add([]byte("v1 \r\n#\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := parse(text)
		if (err == nil) != (b != nil && len(b.keys) > 0) {
			t.Fatalf("got %v, %v", b, err)
		}
	})
}
