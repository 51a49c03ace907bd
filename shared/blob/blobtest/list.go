package blobtest

import (
	"slices"
	"strings"
	"testing"

	"motorpool/shared/blob"
	"motorpool/shared/fault"
)

// mover is the store's second door, which every adapter has.
func (k *kit) mover(t *testing.T) blob.Mover {
	t.Helper()
	m, ok := k.Store.(blob.Mover)
	if !ok {
		t.Fatalf("%T is no blob.Mover: open one for the suite", k.Store)
	}
	return m
}

// testList lists in pages of every length: each file once, in the order of whole
// keys, with its size, and nobody else's.
func testList(t *testing.T, k *kit) {
	m := k.mover(t)
	keys := []blob.Key{
		"wsp_1/a-b/x", "wsp_1/a.txt", "wsp_1/a/x", "wsp_1/a/y/z", "wsp_1/a0", "wsp_1/attachments/att_1/320.jpg", "wsp_1/attachments/att_1/file",
		"wsp_1/attachments/att_10/file", "wsp_1/attachments/att_2/file",
	}
	var want []blob.File
	for n, key := range keys {
		k.put(t, key, "text/plain", strings.Repeat("x", n))
		want = append(want, blob.File{Key: key, Size: int64(n)})
	}
	for _, other := range []blob.Key{"wsp_10/a", "wsp_1.x/a", "uploads/wsp_1/a", "wsp_0/a"} {
		k.put(t, other, "text/plain", "theirs")
	}
	if !slices.IsSortedFunc(want, func(a, b blob.File) int { return strings.Compare(string(a.Key), string(b.Key)) }) {
		t.Fatal("this test is wrong: its keys are not in order")
	}
	for limit := 1; limit <= len(keys)+1; limit++ {
		var got []blob.File
		for after := blob.Key(""); ; {
			page, err := m.List(t.Context(), "wsp_1", after, limit)
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, page...); len(page) < limit {
				break
			}
			after = page[len(page)-1].Key
		}
		if !slices.Equal(got, want) {
			t.Errorf("in pages of %d: got %v, want %v", limit, got, want)
		}
	}
	for under, n := range map[string]int{"wsp_1/attachments": 4, "wsp_1/attachments/att_1": 2, "uploads/wsp_1": 1, "wsp_2": 0, "wsp": 0} {
		if got, err := m.List(t.Context(), under, "", 100); err != nil || len(got) != n {
			t.Errorf("below %s: got %v, %v; want %d files", under, got, err, n)
		}
	}
	if err := m.Delete(t.Context(), keys[0]); err != nil {
		t.Fatal(err)
	}
	if got, err := m.List(t.Context(), "wsp_1", "", 100); err != nil || !slices.Equal(got, want[1:]) {
		t.Errorf("after the first was deleted: got %v, %v", got, err)
	}
}

func testBadList(t *testing.T, k *kit) {
	m := k.mover(t)
	for _, under := range []string{"", "/", "wsp_1/", "../wsp_1", ".unfinished", "a b"} {
		if _, err := m.List(t.Context(), under, "", 10); fault.CodeOf(err) != "blob.key" {
			t.Errorf("below %q: got %v, want blob.key", under, err)
		}
	}
	for _, limit := range []int{-1, 0, blob.MaxList + 1} {
		if _, err := m.List(t.Context(), "wsp_1", "", limit); fault.CodeOf(err) != "blob.limit" {
			t.Errorf("%d files: got %v, want blob.limit", limit, err)
		}
	}
}
