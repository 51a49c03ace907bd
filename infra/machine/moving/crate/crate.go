// Package crate is the file in which a workspace travels: compressed, sealed
// with a passphrase from the first item to the last, and written so that an
// export or import that was interrupted goes on where it was.
//
// A crate is one line of plain text, and frames:
//
//	MOTORPOOL-CRATE {"format":2,"kdf":"argon2id","time":3,"memory_kib":65536,"threads":4,"salt":"…"}
//	type (1)  length (4, big endian)  sealed (length)
//
// The key is argon2id of passphrase and salt (RFC 9106). What is sealed is a
// random nonce of 12 bytes, then AES-256-GCM of the frame's compressed (gzip)
// text with its tag; the plain line, the frame's type and its number (8, big
// endian) are authenticated with it. So no frame can be changed, left out,
// moved or put into another crate; a crate without its end was cut.
//
// The text of a frame is lines of JSON, but for the bytes of files:
//
//	M  the manifest (Manifest), first
//	C  a chunk: {"after":"…"}, where the scan of the source goes on behind it, and its items (Item), one a line
//	F  a part of a file (Part): a line that says of which, then its bytes; all parts of a file follow one another
//	E  the end, once everything is in: whatever the writer says of the whole
//
// The package leaves to its user what the items mean.
package crate

import (
	"bytes"
	"compress/gzip"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Format is the newest form of crates that this package reads, and the one that
// it writes. The first had no files.
const Format = 2

// What bounds a crate that somebody else may have made.
const (
	maxLine  = 1 << 10
	maxFrame = 32 << 20 // bytes of a sealed frame
	maxText  = 96 << 20 // bytes of its text
)

const magic = "MOTORPOOL-CRATE "

// A Manifest says what is in a crate.
type Manifest struct {
	ID        string    `json:"id"` // of this export
	Workspace string    `json:"workspace"`
	Name      string    `json:"name"` // of the workspace
	From      string    `json:"from"` // kind of the house that it left
	Left      time.Time `json:"left_at"`
	Created   time.Time `json:"created_at"`
}

// An Item is a stored item. Its document has no sealed secret: the crate is
// sealed as a whole.
type Item struct {
	PK      string `json:"pk"`
	SK      string `json:"sk"`
	IPK     string `json:"ipk,omitempty"`
	ISK     string `json:"isk,omitempty"`
	Version int64  `json:"v"`
	Expires int64  `json:"x,omitempty"` // second since 1970
	Untold  bool   `json:"untold,omitempty"`
	Doc     string `json:"doc"`
}

// A Part is a piece of a file, as large as its user makes it.
type Part struct {
	Key   string `json:"key"`
	Type  string `json:"type"`
	Size  int64  `json:"size"`         // of the whole file
	At    int64  `json:"at,omitempty"` // where in the file it begins
	Bytes []byte `json:"-"`
}

// From makes an Item of a stored one.
func From(it table.Item, untold bool) Item {
	c := Item{PK: it.Key.PK, SK: it.Key.SK, IPK: it.Index.PK, ISK: it.Index.SK, Version: it.Version, Untold: untold, Doc: string(it.Doc)}
	if !it.Expires.IsZero() {
		c.Expires = it.Expires.Unix()
	}
	return c
}

// Stored is the item as a table holds it.
func (c Item) Stored() table.Item {
	it := table.Item{
		Key: table.Key{PK: c.PK, SK: c.SK}, Index: table.Key{PK: c.IPK, SK: c.ISK}, Version: c.Version, Doc: json.RawMessage(c.Doc),
	}
	if c.Expires != 0 {
		it.Expires = time.Unix(c.Expires, 0).UTC()
	}
	return it
}

// head is the plain line's JSON: how the key follows from the passphrase.
type head struct {
	Format  int    `json:"format"`
	KDF     string `json:"kdf"`
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memory_kib"`
	Threads uint8  `json:"threads"`
	Salt    []byte `json:"salt"`
}

// strength has the parameters that RFC 9106 recommends where memory is scarce.
var strength = head{Format: Format, KDF: "argon2id", Time: 3, Memory: 64 << 10, Threads: 4}

func newHead() head {
	h := strength
	h.Salt = make([]byte, 16)
	rand.Read(h.Salt) // never fails
	return h
}

// line is the plain line as it stands in the file.
func (h head) line() ([]byte, error) {
	b, err := json.Marshal(h)
	return append(append([]byte(magic), b...), '\n'), err
}

func parseHead(line string) (h head, err error) {
	text, ok := strings.CutPrefix(line, magic)
	if !ok || json.Unmarshal([]byte(text), &h) != nil {
		return h, strange()
	}
	if h.Format > Format {
		return h, fault.New(fault.Invalid, "crate.newer", "A newer Motorpool made this file (format %d; this one reads up to %d). Import it with that version or a later one.", h.Format, Format)
	}
	if h.Format < 1 || h.KDF != "argon2id" || h.Time < 1 || h.Time > 16 || h.Memory < 8 || h.Memory > 1<<20 || h.Threads < 1 || h.Threads > 64 || len(h.Salt) != 16 {
		return h, strange()
	}
	return h, nil
}

// A sealer seals and opens the frames of one crate.
type sealer struct {
	line []byte
	gcm  cipher.AEAD
}

func (h head) sealer(passphrase string) (*sealer, error) {
	line, err := h.line()
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(argon2.IDKey([]byte(passphrase), h.Salt, h.Time, h.Memory, h.Threads, 32))
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	return &sealer{line, gcm}, err
}

func (s *sealer) about(kind byte, number uint64) []byte {
	return binary.BigEndian.AppendUint64(append(bytes.Clone(s.line), kind), number)
}

// seal makes a frame of its text.
func (s *sealer) seal(kind byte, number uint64, text []byte) ([]byte, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err = z.Write(text); err != nil {
		return nil, err
	}
	if err = z.Close(); err != nil {
		return nil, err
	}
	frame := append(make([]byte, 0, packed.Len()+33), kind, 0, 0, 0, 0)
	frame = s.gcm.Seal(frame, nil, packed.Bytes(), s.about(kind, number))
	binary.BigEndian.PutUint32(frame[1:], uint32(len(frame)-5))
	return frame, nil
}

// open is the text of what seal made.
func (s *sealer) open(kind byte, number uint64, sealed []byte) ([]byte, error) {
	packed, err := s.gcm.Open(nil, nil, sealed, s.about(kind, number))
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(z, maxText+1))
	if err == nil && len(text) > maxText {
		err = errors.New("crate: a frame without end")
	}
	return text, err
}

func strange() *fault.Error {
	return fault.New(fault.Invalid, "crate.strange", "This is not a file that motorpool export made. Check its name.")
}

func locked(cause error) error {
	return fault.New(fault.Invalid, "crate.passphrase", "This passphrase does not open the file. Give the one that it was exported with; if that is the one, the file is damaged.").Because(cause)
}

func damaged(cause error) error {
	return fault.New(fault.Invalid, "crate.damaged", "The file is damaged. Copy it again from where it was exported, or export again.").Because(cause)
}

// cut does not wrap its cause: io.EOF means that a crate is whole.
func cut(cause error) error {
	return fault.New(fault.Invalid, "crate.cut", "The file ends too early. Let motorpool export finish it (the same command goes on where it was), or copy it again.").Because(errors.New(cause.Error()))
}
