// Package blob keeps files: photos, documents, exports, PDFs. On AWS they rest
// in an S3 bucket, on one machine in a directory.
//
// A file is written once, under a key that nobody has used before, and never
// changed: who wants another picture writes another key. So a link that works
// shows what it showed yesterday, and nothing needs a version. What a file is
// about, and who may see it, is for its noun to know; the port hands out links
// that anybody can use who has them, for as long as they last.
package blob

import (
	"context"
	"io"
	"net/http"
	"time"

	"motorpool/shared/fault"
)

// Key is where a file rests: names of letters, digits, ".", "_" and "-", joined
// by slashes: "wsp_1/photos/pho_7/large.jpg". The first name is the workspace.
type Key string

// Info is what a store knows of a file beside its bytes.
type Info struct {
	Type string // media type, as it will be served: "image/jpeg"
	Size int64  // bytes
}

// Show is how a link's answer presents a file.
type Show struct {
	Name   string // what to call it when it is saved; empty: the last part of its key
	Inline bool   // show it in the browser instead of saving it
}

// A Request is what a client has to send so that a file arrives: the method to
// the URL with exactly these headers, and the file's bytes as the body.
type Request struct {
	Method string      `json:"method"`
	URL    string      `json:"url"`
	Header http.Header `json:"headers"`
}

// Store keeps files. It is safe for concurrent use.
type Store interface {
	// Put stores exactly info.Size bytes of body under key, all of them or none.
	// It returns fault.Conflict, code "blob.exists", if there is a file already,
	// and fault.Invalid, code "blob.size", if body has more bytes or fewer.
	Put(ctx context.Context, key Key, info Info, body io.Reader) error

	// Open returns a file's bytes. It returns fault.NotFound if there is none.
	// Whoever opens a file closes it.
	Open(ctx context.Context, key Key) (io.ReadCloser, Info, error)

	// Delete removes a file. One that is not there is as good as removed.
	Delete(ctx context.Context, key Key) error

	// Upload returns the request by which a client stores a file under key
	// without passing through the product, until the instant until. What arrives
	// has the type and the size of info, or is refused; a key is written once
	// here too.
	Upload(ctx context.Context, key Key, info Info, until time.Time) (Request, error)

	// Link returns a URL that shows the file until the instant until, to anybody.
	// Whether there is such a file is found out by whoever follows it.
	Link(ctx context.Context, key Key, show Show, until time.Time) (string, error)
}

// A File is one that is stored, as a list shows it.
type File struct {
	Key  Key
	Size int64 // bytes
}

// A Mover is a second door into a store, which only who carries whole workspaces
// uses: no noun ever asks what files there are.
type Mover interface {
	Store

	// List returns the files below the names under ("wsp_1", "uploads/wsp_1"), in
	// the order of their keys' bytes, behind the key after: limit of them, or
	// fewer if there are no more.
	List(ctx context.Context, under string, after Key, limit int) ([]File, error)
}

// MaxList is how many files one call of List returns at the most.
const MaxList = 1000

// CheckList checks what a list is asked for.
func CheckList(under string, limit int) error {
	if limit < 1 || limit > MaxList {
		return fault.New(fault.Invalid, "blob.limit", "A list has 1 to %d files, not %d.", MaxList, limit)
	}
	return Key(under + "/x").Valid()
}

// NotFound is what a store says of a key without a file.
func NotFound(cause error) error {
	return fault.New(fault.NotFound, "blob.not_found", "This file is not there, or no longer.").Because(cause)
}

// Exists is what a store says of a key that has been written.
func Exists(cause error) error {
	return fault.New(fault.Conflict, "blob.exists", "There is a file of this name already. Ask for a new upload.").Because(cause)
}

// WrongSize is what a store says of a body that is longer or shorter than was announced.
func WrongSize(want int64, cause error) error {
	return fault.New(fault.Invalid, "blob.size", "The file was announced with %d bytes and has more, or fewer. Send it whole.", want).Because(cause)
}

// Unavailable is what a store says while it is out of reach or full.
func Unavailable(cause error) error {
	return fault.New(fault.Unavailable, "blob.unavailable", "The store of files is out of reach. Please try again in a moment.").Because(cause)
}
