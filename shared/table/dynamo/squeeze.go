package dynamo

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"sync"

	"motorpool/shared/table"
)

// DynamoDB counts a write by the kilobyte and keeps items by the byte. Our
// documents are JSON of a kilobyte or two, and most of it is the same in all:
// names of members, prefixes, zeros of times. Squeezed against a dictionary that
// has these, an item is a third as long, and most writes are of one unit.
//
// A squeezed document is one byte that names the dictionary, and DEFLATE
// (RFC 1951). What a dictionary says can never change, because there are items
// that were written with it; a better one is added under the next number.

// squeezed returns doc squeezed, or nil if that would not be shorter.
func squeezed(doc []byte) []byte {
	if len(doc) < 64 {
		return nil
	}
	p := presses.Get().(*press)
	defer presses.Put(p)
	p.out.Reset()
	p.out.WriteByte(current)
	p.w.Reset(&p.out)
	if _, err := p.w.Write(doc); err != nil || p.w.Close() != nil || p.out.Len() >= len(doc) {
		return nil
	}
	return bytes.Clone(p.out.Bytes())
}

// unsqueezed is what was squeezed. What would be longer than a document may be was
// not squeezed here, and is refused before it fills the memory.
func unsqueezed(z []byte) ([]byte, error) {
	if len(z) == 0 || int(z[0]) >= len(dictionaries) || dictionaries[z[0]] == "" {
		return nil, fmt.Errorf("dynamo: a document squeezed in a way that is not known here: %.4x", z)
	}
	r := readers.Get().(io.Reader)
	defer readers.Put(r)
	doc := bytes.NewBuffer(make([]byte, 0, 4*len(z)))
	err := r.(flate.Resetter).Reset(bytes.NewReader(z[1:]), []byte(dictionaries[z[0]]))
	if err == nil {
		_, err = doc.ReadFrom(io.LimitReader(r, table.MaxItemBytes+1))
	}
	if err == nil && doc.Len() > table.MaxItemBytes {
		err = fmt.Errorf("it has more than %d bytes", table.MaxItemBytes)
	}
	if err != nil {
		return nil, fmt.Errorf("dynamo: a squeezed document: %w", err)
	}
	return doc.Bytes(), nil
}

var readers = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// A press squeezes one document at a time. It has tables of half a megabyte,
// and is therefore used again.
type press struct {
	w   *flate.Writer
	out bytes.Buffer
}

var presses = sync.Pool{New: func() any {
	p := &press{}
	p.w, _ = flate.NewWriterDict(&p.out, flate.DefaultCompression, []byte(dictionaries[current])) // fails only for a level that does not exist
	return p
}}

// current is the dictionary with which is written.
const current = 1

// dictionaries by number. What is likeliest to be met stands last in each.
var dictionaries = [...]string{1: first}
