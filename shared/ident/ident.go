// Package ident makes identifiers: a three-letter prefix that says what is
// named, and 26 characters that sort by the time they were made.
//
//	evt_01k9x3v7q2m8r4t6w0y5z1a3b5
//
// The 26 characters are 16 bytes in lower-case Crockford base 32: 48 bits of
// milliseconds since 1970, 16 bits that count within one process, and 64 random
// bits. Whoever sees one identifier cannot guess another.
package ident

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Source makes the next identifier with a prefix. It is safe for concurrent use.
type Source func(prefix string) string

var alphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Sortable returns the real source: identifiers that carry the time now gives
// and that ascend within this process, even when the clock stands still.
func Sortable(now func() time.Time) Source {
	var mu sync.Mutex
	var last uint64 // milliseconds and counter of the identifier before
	return func(prefix string) string {
		var b [16]byte
		rand.Read(b[8:])
		mu.Lock()
		last = max(last+1, uint64(now().UnixMilli())<<16)
		binary.BigEndian.PutUint64(b[:8], last)
		mu.Unlock()
		return prefix + "_" + alphabet.EncodeToString(b[:])
	}
}

// Counting returns a source for tests: evt_00000000000000000000000001, …02, …
func Counting() Source {
	var mu sync.Mutex
	n := 0
	return func(prefix string) string {
		mu.Lock()
		defer mu.Unlock()
		n++
		return fmt.Sprintf("%s_%026d", prefix, n)
	}
}

// Suffix returns what follows the first underscore of an identifier.
func Suffix(id string) string {
	_, suffix, _ := strings.Cut(id, "_")
	return suffix
}

// Has reports whether id looks like an identifier with this prefix: the right
// length and alphabet. Whether such a thing exists is for the table to say.
func Has(prefix, id string) bool {
	rest, ok := strings.CutPrefix(id, prefix+"_")
	if !ok || len(rest) != 26 {
		return false
	}
	_, err := alphabet.DecodeString(rest)
	return err == nil
}

// Time returns the instant that an identifier carries, to the millisecond, and
// false if id was not made by a Sortable source.
func Time(id string) (time.Time, bool) {
	b, err := alphabet.DecodeString(Suffix(id))
	if err != nil || len(b) != 16 {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(binary.BigEndian.Uint64(b[:8]) >> 16)).UTC(), true
}

// Floor returns the smallest suffix of any identifier made at t or later: the
// lower bound of a range read.
func Floor(t time.Time) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(max(t.UnixMilli(), 0))<<16)
	return alphabet.EncodeToString(b[:])
}

// Secret returns 26 characters that nobody can guess (130 random bits), for tokens.
func Secret() string { return strings.ToLower(rand.Text()) }

// Hash returns the SHA-256 of a token in hexadecimal. Tokens are kept only so.
func Hash(token string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(token))) }
