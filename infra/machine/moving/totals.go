package moving

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"math/bits"
	"slices"
	"time"

	"motorpool/shared/table"
)

// A Sum is a hash of many items that does not depend on their order: the sum of
// the items' SHA-256, modulo 2^256. It finds what was lost, doubled or changed
// on the way; against forgery the crate is sealed.
type Sum [4]uint64

func (s *Sum) add(t Sum) {
	var carry uint64
	for i := range s {
		s[i], carry = bits.Add64(s[i], t[i], carry)
	}
}

// String is the sum in hexadecimal.
func (s Sum) String() string {
	var b [32]byte
	for i, n := range s {
		binary.BigEndian.PutUint64(b[24-8*i:], n)
	}
	return hex.EncodeToString(b[:])
}

// MarshalText writes the sum as String does.
func (s Sum) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Sum) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err != nil || len(b) != 32 {
		return fmt.Errorf("%q is no sum", text)
	}
	for i := range s {
		s[i] = binary.BigEndian.Uint64(b[24-8*i:])
	}
	return nil
}

// sumOf hashes everything of a packed item: each part with its length before it.
func sumOf(it *table.Item) (s Sum) {
	b := make([]byte, 0, len(it.Key.PK)+len(it.Key.SK)+len(it.Index.PK)+len(it.Index.SK)+len(it.Doc)+64)
	for _, part := range []string{it.Key.PK, it.Key.SK, it.Index.PK, it.Index.SK} {
		b = append(binary.AppendUvarint(b, uint64(len(part))), part...)
	}
	x := int64(0)
	if !it.Expires.IsZero() {
		x = it.Expires.Unix()
	}
	b = binary.AppendVarint(binary.AppendVarint(b, it.Version), x)
	b = append(binary.AppendUvarint(b, uint64(len(it.Doc))), it.Doc...)
	return sumOfBytes(b)
}

func sumOfBytes(b []byte) (s Sum) {
	d := sha256.Sum256(b)
	for i := range s {
		s[i] = binary.BigEndian.Uint64(d[24-8*i:])
	}
	return s
}

// A Total is how many items, or files, there are, and their hash.
type Total struct {
	Items int64 `json:"items"`
	Sum   Sum   `json:"sha256_sum"`
}

// Totals are by kind.
type Totals map[string]Total

func (t Totals) add(k *table.Kind, packed *table.Item) {
	n := t[k.Name]
	n.Items++
	n.Sum.add(sumOf(packed))
	t[k.Name] = n
}

func (t Totals) merge(o Totals) {
	for name, n := range o {
		m := t[name]
		m.Items += n.Items
		m.Sum.add(n.Sum)
		t[name] = m
	}
}

// All is the total over all kinds.
func (t Totals) All() (all Total) {
	for _, n := range t {
		all.Items += n.Items
		all.Sum.add(n.Sum)
	}
	return all
}

// horizon is how far ahead of now an item must expire to be compared: it must
// not do so while the houses are read.
const horizon = 6 * time.Hour

// lasting reports whether an item counts in a comparison that is made for a cut.
func lasting(k *table.Kind, it *table.Item, cut time.Time) bool {
	return !k.Passes && (it.Expires.IsZero() || it.Expires.After(cut))
}

// show prints two totals side by side, and reports whether they are equal.
func show(w io.Writer, there, here string, a, b Totals) bool {
	names := map[string]bool{}
	for name := range a {
		names[name] = true
	}
	for name := range b {
		names[name] = true
	}
	fmt.Fprintf(w, "\n  %-34s %12s %12s\n", "", there, here)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		verdict := ""
		if a[name] != b[name] {
			verdict = "  DIFFERENT"
		}
		fmt.Fprintf(w, "  %-34s %12d %12d%s\n", name, a[name].Items, b[name].Items, verdict)
	}
	x, y := a.All(), b.All()
	fmt.Fprintf(w, "  %-34s %12d %12d\n  %s  sum of SHA-256, %s\n  %s  sum of SHA-256, %s\n\n", "all", x.Items, y.Items, x.Sum, there, y.Sum, here)
	return x == y && maps.Equal(a, b)
}
