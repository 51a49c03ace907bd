package dynamo

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"motorpool/shared/table"
)

func TestADocumentComesBackByteForByte(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{`{"id":"dlv_01`, `,"status":"succeeded"`, first[:500], first}))).Draw(t, "pieces")
		it := table.Item{Key: table.Key{PK: "p", SK: "s"}, Doc: json.RawMessage(strings.Join(pieces, ""))}
		got, err := decode(encode(it))
		if err != nil || !bytes.Equal(got.Doc, it.Doc) {
			t.Fatalf("got %q, %v, want %q", got.Doc, err, it.Doc)
		}
	})
}

// The examples of the catalogue are what most items are like.
func TestSqueezedItIsHalfAsLongOrLess(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../events/asset_*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		var doc bytes.Buffer
		if err != nil || json.Compact(&doc, text) != nil {
			t.Fatal(file, err)
		}
		if z := squeezed(doc.Bytes()); len(z) == 0 || 2*len(z) > doc.Len() {
			t.Errorf("%s: %d bytes, squeezed %d", filepath.Base(file), doc.Len(), len(z))
		}
	}
}

func TestWhatIsShorterAsTextStaysText(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{`{}`, `"01k9x3v7q2m8r4t6w0y5z1a3b5"`, `17`} {
		if z := squeezed([]byte(doc)); z != nil {
			t.Errorf("%s was squeezed to %d bytes", doc, len(z))
		}
	}
}

// Items that were written with a dictionary can be read with no other.
func TestADictionaryNeverChanges(t *testing.T) {
	t.Parallel()
	want := map[int]string{1: "f3347418921f7b18bcbe23f923def3af84523bd7412a9fbfcbe420ef4649f7dc"}
	for n, text := range dictionaries {
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(text))); text != "" && got != want[n] {
			t.Errorf("dictionary %d is %s, want %s: add a new one instead", n, got, want[n])
		}
	}
	z := []byte{1, 0x5a, 0x91, 0x01, 0x00}
	if _, err := unsqueezed(z); err == nil {
		t.Errorf("%x was taken for a document", z)
	}
	for _, z := range [][]byte{{}, {0}, {2, 1, 2}, {255}} {
		if _, err := unsqueezed(z); err == nil {
			t.Errorf("%x was taken for a document", z)
		}
	}
}

func TestARecordOfTheStreamMayBeSqueezed(t *testing.T) {
	t.Parallel()
	doc := `{"id":"evt_01k9x3v7q2m8r4t6w0y5z1a3b5","type":"asset.updated","occurred_at":"2026-02-20T03:15:42Z"}`
	image, err := json.Marshal(map[string]any{
		"PK": map[string]string{"S": "p"}, "SK": map[string]string{"S": "EVENT#1"}, "V": map[string]string{"N": "1"},
		"Z": map[string][]byte{"B": squeezed([]byte(doc))},
	})
	if err != nil {
		t.Fatal(err)
	}
	if it, err := Record(image); err != nil || string(it.Doc) != doc {
		t.Errorf("got %s, %v", it.Doc, err)
	}
	if _, err := Record([]byte(`{"PK":{"S":"p"},"SK":{"S":"s"},"V":{"N":"1"},"Z":{"B":"CQ=="}}`)); err == nil {
		t.Error("an unknown dictionary was taken")
	}
}

// A kilobyte of somebody's making can say a megabyte.
func TestWhatIsLongerThanADocumentMayBeIsRefused(t *testing.T) {
	t.Parallel()
	longest := bytes.Repeat([]byte("0"), table.MaxItemBytes)
	if doc, err := unsqueezed(squeezed(longest)); err != nil || !bytes.Equal(doc, longest) {
		t.Errorf("the longest document comes back with %d bytes, %v", len(doc), err)
	}
	if doc, err := unsqueezed(squeezed(append(longest, '0'))); err == nil {
		t.Errorf("a document of %d bytes was taken", len(doc))
	}
}

func BenchmarkSqueeze(b *testing.B) {
	doc := []byte(first[len(first)-1500:])
	b.Run("in", func(b *testing.B) {
		for b.Loop() {
			squeezed(doc)
		}
	})
	z := squeezed(doc)
	b.Run("out", func(b *testing.B) {
		for b.Loop() {
			_, _ = unsqueezed(z)
		}
	})
}
