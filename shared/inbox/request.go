package inbox

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/signature"
)

// A Request is one request as it was received.
type Request struct {
	ID        string      `json:"id"` // req_…
	At        time.Time   `json:"at"`
	Method    string      `json:"method"`
	Query     string      `json:"query,omitempty"` // as written, without the question mark
	From      string      `json:"from,omitempty"`  // the sender's address
	Header    http.Header `json:"header"`
	HeaderCut bool        `json:"header_cut,omitempty"` // there were more headers than are kept
	Body      []byte      `json:"body"`
	Size      int64       `json:"size"`               // bytes of the body as sent, as far as it was read
	BodyCut   bool        `json:"body_cut,omitempty"` // there was more body than is kept
	Answered  int         `json:"answered"`           // the status it was answered with
	Signature Signature   `json:"signature"`
}

// Signature says whether a request's signature verifies.
type Signature struct {
	State string `json:"state"` // one of the constants below
	Why   string `json:"why"`   // a sentence for people
}

// The states of a Signature.
const (
	Verified   = "verified"
	Mismatch   = "mismatch"    // signed, and not by any endpoint with this URL, or too old
	Unsigned   = "unsigned"    // the three headers are not there
	NoEndpoint = "no_endpoint" // no endpoint has this URL, so there is nothing to verify against
	Unknown    = "unknown"     // the body was cut, or the secrets could not be read
)

// Snapshot reads a request as far as it is kept. It also reads and throws away
// what is beyond, up to the limit of the route, so that the sender is not cut
// off before it is answered.
func Snapshot(r *http.Request) Request {
	in := Request{Method: first(r.Method, 32), Query: first(r.URL.RawQuery, MaxPath), From: r.RemoteAddr}
	in.Header, in.HeaderCut = keptHeader(r.Header)
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody))
	more, _ := io.Copy(io.Discard, r.Body) // how it ends is the sender's business
	in.Body, in.Size = body, int64(len(body))+more
	in.BodyCut = more > 0 || err != nil
	return in
}

// WantsPage reports whether a request comes from a browser that wants to look
// at the inbox, not from a sender.
func WantsPage(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// secretHeaders are what a sender should not have sent us; the name is kept.
var secretHeaders = map[string]bool{"Cookie": true, "Authorization": true, "Proxy-Authorization": true}

func keptHeader(h http.Header) (out http.Header, cut bool) {
	out, size := make(http.Header, len(h)), 0
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, v := range h[name] {
			if secretHeaders[name] {
				v = "(not kept)"
			}
			v = strings.ToValidUTF8(v, "\uFFFD")
			if size += len(name) + stored(v); size > MaxHeader {
				return out, true
			}
			out[name] = append(out[name], v)
		}
	}
	return out, false
}

// stored is how many bytes a text takes where it rests: markup and control
// characters take six times their own.
func stored(text string) int {
	b, _ := json.Marshal(text) // a string always can be
	return len(b) + 1
}

// verify judges the signature of a request against the keys that count now.
func (r *Request) verify(keys []signature.Key, at time.Time) Signature {
	err := signature.Verify(keys, r.Header, r.Body, at, signature.Tolerance)
	switch {
	case fault.CodeOf(err) == "signature.missing":
		return Signature{Unsigned, "The request has no webhook-id, webhook-timestamp and webhook-signature."}
	case len(keys) == 0:
		return Signature{NoEndpoint, "No endpoint of this workspace has this URL, so there is no secret to verify with."}
	case r.BodyCut:
		return Signature{Unknown, "The body was too large to keep whole, so its signature cannot be verified."}
	case fault.CodeOf(err) == "signature.timestamp":
		return Signature{Mismatch, "The timestamp lies more than five minutes from the time of arrival, or is not one."}
	case err != nil:
		return Signature{Mismatch, "No signature was made with a current secret of the endpoint for exactly these bytes."}
	}
	return Signature{Verified, "The signature was made with a current secret of the endpoint for exactly these bytes."}
}

func first(s string, n int) string {
	return strings.ToValidUTF8(s[:min(len(s), n)], "\uFFFD")
}
