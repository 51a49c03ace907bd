package crate

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A Chunk is what one frame holds: items, or a part of a file.
type Chunk struct {
	Number int    // from 1
	After  string // where the scan of the source goes on; empty with a part
	Items  []Item
	Part   *Part
}

// Reader reads a crate from its beginning to its end, holding one frame at a
// time in memory.
type Reader struct {
	Manifest Manifest
	End      json.RawMessage // what the writer says of the whole; there once Next has returned io.EOF

	in     *bufio.Reader
	seal   *sealer
	number uint64
	read   int64 // bytes up to and with the frame before
}

// NewReader opens the crate with its passphrase and reads the manifest.
func NewReader(in io.Reader, passphrase string) (*Reader, error) {
	r := readerOf(in)
	line, err := r.line()
	if err != nil {
		return nil, err
	}
	h, err := parseHead(line)
	if err != nil {
		return nil, err
	}
	if r.seal, err = h.sealer(passphrase); err != nil {
		return nil, err
	}
	r.seal.line = []byte(line + "\n") // as it stands there
	return r, r.begin()
}

func readerOf(in io.Reader) *Reader { return &Reader{in: bufio.NewReaderSize(in, 1<<16)} }

// begin reads the manifest.
func (r *Reader) begin() error {
	kind, text, err := r.frame()
	switch {
	case errors.Is(err, errLocked):
		return locked(err)
	case err != nil:
		return err
	case kind != 'M':
		return damaged(errors.New("no manifest"))
	}
	if err := json.Unmarshal(text, &r.Manifest); err != nil {
		return damaged(err)
	}
	return nil
}

// line reads the plain line, without its end.
func (r *Reader) line() (string, error) {
	var line []byte
	for len(line) < maxLine {
		c, err := r.in.ReadByte()
		if err != nil && strings.HasPrefix(magic, string(line[:min(len(line), len(magic))])) {
			return "", cut(err)
		}
		if err != nil {
			return "", strange().Because(err)
		}
		if c == '\n' {
			r.read = int64(len(line)) + 1
			return string(line), nil
		}
		line = append(line, c)
	}
	return "", strange()
}

// Next returns the next chunk, and io.EOF behind the last one of a crate that is
// whole. What it returns of a crate that was cut or changed is a fault.
func (r *Reader) Next() (Chunk, error) {
	kind, text, err := r.frame()
	if errors.Is(err, errLocked) {
		return Chunk{}, damaged(err)
	}
	if err != nil {
		return Chunk{}, err
	}
	switch kind {
	case 'C':
		return r.chunk(text)
	case 'F':
		return r.part(text)
	case 'E':
		if _, err := r.in.ReadByte(); err == nil {
			return Chunk{}, damaged(errors.New("something comes after the end"))
		}
		if r.End = text; !json.Valid(text) {
			return Chunk{}, damaged(errors.New("the end is no JSON"))
		}
		return Chunk{}, io.EOF
	}
	return Chunk{}, damaged(fmt.Errorf("a frame of type %q", kind))
}

var errLocked = errors.New("crate: a frame does not open")

// frame reads one frame and opens it.
func (r *Reader) frame() (kind byte, text []byte, err error) {
	var top [5]byte
	if _, err := io.ReadFull(r.in, top[:]); err != nil {
		return 0, nil, cut(err)
	}
	n := binary.BigEndian.Uint32(top[1:])
	if n > maxFrame {
		return 0, nil, damaged(fmt.Errorf("a frame of %d bytes", n))
	}
	var sealed bytes.Buffer // grows with what is there, not with what is promised
	if got, err := io.CopyN(&sealed, r.in, int64(n)); err != nil {
		return 0, nil, cut(fmt.Errorf("%d of %d bytes of a frame: %w", got, n, err))
	}
	if text, err = r.seal.open(top[0], r.number, sealed.Bytes()); err != nil {
		return 0, nil, fmt.Errorf("%w: number %d: %w", errLocked, r.number, err)
	}
	r.number++
	r.read += int64(len(top)) + int64(n)
	return top[0], text, nil
}

func (r *Reader) chunk(text []byte) (Chunk, error) {
	c := Chunk{Number: int(r.number) - 1}
	d := json.NewDecoder(bytes.NewReader(text))
	var first struct {
		After string `json:"after"`
	}
	if err := d.Decode(&first); err != nil {
		return c, damaged(err)
	}
	c.After = first.After
	for {
		var it Item
		err := d.Decode(&it)
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, damaged(err)
		}
		c.Items = append(c.Items, it)
	}
}

func (r *Reader) part(text []byte) (Chunk, error) {
	line, rest, ok := bytes.Cut(text, []byte("\n"))
	p := &Part{Bytes: rest}
	if err := json.Unmarshal(line, p); err != nil || !ok {
		return Chunk{}, damaged(errors.Join(err, errors.New("a part of no file")))
	}
	return Chunk{Number: int(r.number) - 1, Part: p}, nil
}
