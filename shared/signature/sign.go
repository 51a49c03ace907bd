package signature

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"motorpool/shared/fault"
)

// The names of the headers, in the form that net/http keeps them.
const (
	HeaderID        = "Webhook-Id"
	HeaderTimestamp = "Webhook-Timestamp"
	HeaderSignature = "Webhook-Signature"
)

// Tolerance is how far a timestamp may lie from now, as the standard advises.
const Tolerance = 5 * time.Minute

// maxSignatures bounds what Verify looks at: a hostile header costs little.
const maxSignatures = 32

// Headers are the three headers of one signed message.
type Headers struct {
	ID        string // webhook-id: equal on every attempt
	Timestamp string // webhook-timestamp: seconds since 1970, of this attempt
	Signature string // webhook-signature: one for each secret, one space between
}

// SetIn puts the three into h, replacing what is there.
func (s Headers) SetIn(h http.Header) {
	h[HeaderID] = []string{s.ID}
	h[HeaderTimestamp] = []string{s.Timestamp}
	h[HeaderSignature] = []string{s.Signature}
}

// Sign signs body as the message id, sent at an instant, with each of secrets
// in the order given: newest first.
func Sign(secrets []Secret, id string, at time.Time, body []byte) Headers {
	h := Headers{ID: id, Timestamp: strconv.FormatInt(at.Unix(), 10)}
	out := make([]byte, 0, 96*len(secrets))
	for _, s := range secrets {
		if s.IsZero() {
			continue
		}
		if len(out) > 0 {
			out = append(out, ' ')
		}
		if s.private != nil {
			out = append(out, "v1a,"...)
			out = base64.StdEncoding.AppendEncode(out, ed25519.Sign(s.private, content(h.ID, h.Timestamp, body)))
			continue
		}
		var sum [sha256.Size]byte
		out = append(out, "v1,"...)
		out = base64.StdEncoding.AppendEncode(out, mac(sum[:0], s.shared, h.ID, h.Timestamp, body))
	}
	h.Signature = string(out)
	return h
}

// Verify reports whether one of the signatures in h was made for body by one of
// keys, at a time that lies within tolerance of at. It returns fault.Invalid:
// "signature.missing", "signature.timestamp" or "signature.mismatch".
func Verify(keys []Key, h http.Header, body []byte, at time.Time, tolerance time.Duration) error {
	id, stamp, list := h.Get(HeaderID), h.Get(HeaderTimestamp), h.Get(HeaderSignature)
	if id == "" || stamp == "" || list == "" {
		return fault.New(fault.Invalid, "signature.missing", "The request needs the headers webhook-id, webhook-timestamp and webhook-signature.")
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "signature.timestamp", "The header webhook-timestamp is not a number of seconds since 1970.")
	}
	if age := at.Sub(time.Unix(seconds, 0)); age > tolerance || age < -tolerance {
		return fault.New(fault.Invalid, "signature.timestamp", "The header webhook-timestamp lies more than %s from now.", tolerance)
	}
	found := strings.SplitN(list, " ", maxSignatures+1)
	for _, one := range found[:min(len(found), maxSignatures)] {
		scheme, text, _ := strings.Cut(one, ",")
		sig, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			continue
		}
		for _, k := range keys {
			if k.accepts(scheme, sig, id, stamp, body) {
				return nil
			}
		}
	}
	return fault.New(fault.Invalid, "signature.mismatch", "None of the signatures was made with a current secret for these bytes.")
}

func (k Key) accepts(scheme string, sig []byte, id, stamp string, body []byte) bool {
	switch {
	case scheme == "v1" && k.shared != nil:
		var sum [sha256.Size]byte
		return subtle.ConstantTimeCompare(sig, mac(sum[:0], k.shared, id, stamp, body)) == 1
	case scheme == "v1a" && k.public != nil:
		return ed25519.Verify(k.public, content(id, stamp, body), sig)
	}
	return false
}

// mac appends the HMAC of the signed content to sum, without joining the
// content first: bodies are large and there are many.
func mac(sum, key []byte, id, stamp string, body []byte) []byte {
	h := hmac.New(sha256.New, key)
	var head [128]byte
	h.Write(append(append(append(append(head[:0], id...), '.'), stamp...), '.'))
	h.Write(body)
	return h.Sum(sum)
}

func content(id, stamp string, body []byte) []byte {
	b := make([]byte, 0, len(id)+len(stamp)+len(body)+2)
	b = append(append(append(append(b, id...), '.'), stamp...), '.')
	return append(b, body...)
}
