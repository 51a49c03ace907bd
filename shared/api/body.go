package api

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"motorpool/shared/fault"
	"motorpool/shared/form"
)

// maxDepth is how deeply a body may be nested.
const maxDepth = 100

// jsonGate lets a request through if its body is small enough, says that it is
// JSON, and is: well-formed, valid UTF-8, no name twice in one object.
func jsonGate(e *Edge, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := readBody(w, r)
		if err != nil {
			write(w, r, ProblemOf(r.Context(), err))
			return
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		if len(body) > 0 {
			r.Header.Set("Content-Type", "application/json")
		}
		if r.Method == http.MethodPost {
			e.once(next, body).ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	limit := limitOf(CallFrom(r.Context()).Route)
	var b bytes.Buffer
	if n := r.ContentLength; n > 0 && n <= limit {
		b.Grow(int(n) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(http.MaxBytesReader(w, r.Body, limit)); err != nil {
		return nil, bodyFault(err)
	}
	body := b.Bytes()
	if len(body) == 0 {
		return nil, nil
	}
	if !saysJSON(r.Header.Get("Content-Type")) {
		return nil, NewProblem(http.StatusUnsupportedMediaType, "request.content_type", "Send the body as JSON, with Content-Type: application/json.")
	}
	return body, wellFormed(body)
}

func limitOf(r *Route) int64 {
	if r.MaxBody == 0 {
		return DefaultMaxBody
	}
	return r.MaxBody
}

// bodyFault says why a body could not be read.
func bodyFault(err error) error {
	if tooLong, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.New(fault.TooLarge, "request.too_large", "The body is too long; %d bytes are the most here.", tooLong.Limit)
	}
	return unreadable("request.incomplete", "The body did not arrive whole. Send it again.")
}

// saysJSON accepts what is not there: a client that leaves the header out means JSON.
func saysJSON(contentType string) bool {
	if contentType == "" || contentType == "application/json" {
		return true
	}
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (kind == "application/json" || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"))
}

// wellFormed refuses what is not one JSON value that means the same to every
// reader, and texts that hide something.
func wellFormed(body []byte) error {
	d := jsontext.NewDecoder(bytes.NewBuffer(body))
	var hidden []fault.Field
	for {
		token, err := d.ReadToken()
		if err == nil && token.Kind() == '"' && form.Hides(token.String()) {
			hidden = append(hidden, fault.Field{Name: field(d.StackPointer()), Reason: unseen})
		}
		switch {
		case errors.Is(err, io.EOF) && d.StackDepth() == 0 && d.InputOffset() > 0:
			return nil
		case errors.Is(err, jsontext.ErrDuplicateName):
			return unreadable("request.json", "The body names %q twice in one object. Name it once.", last(d, err))
		case err != nil:
			return unreadable("request.json", "The body is not valid JSON; look at what follows byte %d.", d.InputOffset())
		case d.StackDepth() > maxDepth:
			return unreadable("request.json", "The body is nested too deeply; %d levels are the most.", maxDepth)
		case d.StackDepth() == 0:
			return cmp.Or(only(d), hides(hidden))
		}
	}
}

// unseen is what we say of a text that hides something.
const unseen = "Leave out characters that cannot be seen."

func hides(fields []fault.Field) error {
	if len(fields) == 0 {
		return nil
	}
	f := fault.New(fault.Invalid, "request.invalid", "Leave out characters that cannot be seen, such as those that turn the direction of writing.")
	f.Fields = fields
	return f
}

// field writes /rows/0/name as callers do: rows[0].name.
func field(at jsontext.Pointer) string {
	var b strings.Builder
	for part := range at.Tokens() {
		switch _, err := strconv.ParseUint(part, 10, 32); {
		case err == nil:
			b.WriteString("[" + part + "]")
		case b.Len() > 0:
			b.WriteString("." + part)
		default:
			b.WriteString(part)
		}
	}
	return b.String()
}

// only refuses a second value.
func only(d *jsontext.Decoder) error {
	if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
		return unreadable("request.json", "The body has more than one JSON value; look at what follows byte %d.", d.InputOffset())
	}
	return nil
}

// last is the last part of the path at which err happened.
func last(d *jsontext.Decoder, err error) string {
	if s, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return s.JSONPointer.LastToken()
	}
	return d.StackPointer().LastToken()
}

// unreadable is a 400: the request cannot even be understood.
func unreadable(code, format string, args ...any) error {
	return NewProblem(http.StatusBadRequest, code, fmt.Sprintf(format, args...))
}
