package api

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
)

// Problem is an RFC 9457 answer. Code is stable; Detail is for people.
type Problem struct {
	Type    string         `json:"type" format:"uri-reference" doc:"The page about this code" example:"/docs/errors#request.invalid"`
	Title   string         `json:"title" doc:"The status in words" example:"Unprocessable Entity"`
	Status  int            `json:"status" doc:"The HTTP status" example:"422"`
	Code    string         `json:"code" doc:"Stable; branch on this" example:"request.invalid"`
	Detail  string         `json:"detail" doc:"What is wrong and what to do, for people" example:"name: Give at least 1 character."`
	Request string         `json:"request_id,omitempty" doc:"The Request-Id; name it when you ask for help" example:"req_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Errors  []FieldProblem `json:"errors,omitempty" doc:"What is wrong where"`

	after time.Duration
}

// FieldProblem is one input that is wrong.
type FieldProblem struct {
	Field  string `json:"field" doc:"As you wrote it" example:"events[2]"`
	Reason string `json:"reason" doc:"What would be right" example:"Give at least 1 character."`
}

var statuses = map[fault.Kind]int{
	fault.Internal: 500, fault.Invalid: 422, fault.Unauthenticated: 401, fault.Denied: 403, fault.NotFound: 404,
	fault.Conflict: 409, fault.Stale: 412, fault.TooLarge: 413, fault.TooMany: 429, fault.Unavailable: 503,
}

// Error makes Problem an error that huma answers with.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus is huma's way of asking for the status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders is huma's way of asking for headers. What is unavailable and does not
// say for how long has been waited for already: a second more is enough.
func (p *Problem) GetHeaders() http.Header {
	after := int(math.Ceil(p.after.Seconds()))
	if after <= 0 && p.Status == http.StatusServiceUnavailable {
		after = 1
	}
	if after <= 0 {
		return nil
	}
	return http.Header{"Retry-After": {strconv.Itoa(after)}}
}

// NewProblem is a problem that no fault stands for: of HTTP itself.
func NewProblem(status int, code, detail string, fields ...FieldProblem) *Problem {
	return &Problem{Type: "/docs/errors#" + code, Title: http.StatusText(status), Status: status, Code: code, Detail: detail, Errors: fields}
}

// Internal is what strangers get to know of our own mistakes.
func Internal() *Problem {
	return NewProblem(http.StatusInternalServerError, "internal", "Something went wrong on our side. Please try again; if it goes on, ask us and name the request_id.")
}

// ProblemOf shows what is safe to show of err, and remembers the rest of it for
// the log.
func ProblemOf(ctx context.Context, err error) *Problem {
	c := CallFrom(ctx)
	p := Internal()
	if own, ok := errors.AsType[*Problem](err); ok {
		p = own
	} else if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind != fault.Internal {
		p = NewProblem(statuses[f.Kind], f.Code, f.Message)
		p.after = f.After
		for _, field := range f.Fields {
			p.Errors = append(p.Errors, FieldProblem{field.Name, field.Reason})
		}
	}
	if c != nil && p.Status >= 500 {
		c.failed = err
	}
	return p.in(c)
}

// in says in which request the problem came up.
func (p *Problem) in(c *Call) *Problem {
	if c != nil {
		p.Request = c.Actor.Request
	}
	return p
}

// write answers with p: as a page where people look, as JSON elsewhere.
func write(w http.ResponseWriter, r *http.Request, p *Problem) {
	c := CallFrom(r.Context())
	p.in(c)
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	if c != nil && (isPage(c.Route) || c.Route.Handle == nil && wantsPage(r)) {
		PageHeaders(w.Header())
		if c.show != nil {
			c.show(w, r, p)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(p.Status)
		io.WriteString(w, p.page())
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

// wantsPage reports whether it was a person's browser that lost its way.
func wantsPage(r *http.Request) bool {
	return !strings.HasPrefix(r.URL.Path, "/v1/") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// page is what people see until the console gives Edge.ErrorPage.
func (p *Problem) page() string {
	say := html.EscapeString
	text := `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>` + say(p.Title) +
		"</title><main><h1>" + say(p.Title) + "</h1><p>" + say(p.Detail) + "</p>"
	for _, f := range p.Errors {
		text += "<p>" + say(f.Field) + ": " + say(f.Reason) + "</p>"
	}
	return text + "<p><small>" + say(p.Request) + "</small></p></main>"
}

func denied(a access.Actor, g access.Grant) error {
	if a.Holds(g) {
		return fault.New(fault.Denied, "access.everywhere", "This is about the whole workspace, and you work at some locations only.")
	}
	return fault.New(fault.Denied, "access.denied", "This needs the permission %q, which you do not hold.", g)
}
