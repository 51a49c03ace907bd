package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/shared/access"
	"motorpool/shared/fault"
)

// guard puts every gate in front of a route's handler.
func (e *Edge) guard(route *Route, next http.Handler, pace *pace) http.Handler {
	kind := kindOf(route)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		began := time.Now() // what an answer takes is real time, whatever the product's clock says
		w := &answer{ResponseWriter: rw}
		c := &Call{App: e.App, Now: e.Now().UTC(), Route: route, HTTP: r, api: e.API, log: e.Log, show: e.ErrorPage}
		c.Actor.Request = e.requestID(r)
		w.Header().Set("Request-Id", c.Actor.Request)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		r = r.WithContext(context.WithValue(r.Context(), callKey{}, c))
		defer func() {
			if v := recover(); v != nil {
				e.caught(w, r, c, v)
			}
			e.note(r, c, w, time.Since(began))
		}()
		if err := e.admit(w, r, c, pace); err != nil {
			write(w, r, ProblemOf(r.Context(), err))
			return
		}
		kind(e, next).ServeHTTP(w, r)
	})
}

// admit asks who comes, and whether they may.
func (e *Edge) admit(w http.ResponseWriter, r *http.Request, c *Call, pace *pace) error {
	if err := readable(r); err != nil {
		return err
	}
	if c.Route.Door == SessionDoor || isPage(c.Route) {
		if err := crossOrigin.Check(r); err != nil {
			return fault.New(fault.Denied, "request.origin", "This form was sent from another site. Open the page here and send it again.").Because(err)
		}
	}
	id := c.Actor.Request
	actor, err := e.who(r, c.Route.Door)
	if err != nil {
		if c.Route.Door == KeyDoor && fault.KindOf(err) == fault.Unauthenticated {
			w.Header().Set("WWW-Authenticate", `Bearer realm="motorpool"`)
		}
		return err
	}
	actor.Request, actor.IP = id, address(r)
	c.Actor = actor
	if !c.Route.Open(actor) {
		return denied(actor, c.Route.Allow)
	}
	if c.Route.Attempt {
		err := pace.admit(w.Header(), neighbourhood(actor.IP))
		if f, ok := errors.AsType[*fault.Error](err); ok {
			f.Code, f.Message = "rate.address", "There were too many attempts from your address. Wait a minute, and try again."
		}
		return err
	}
	if c.Route.Door == OpenDoor {
		return nil
	}
	if err := pace.admit(w.Header(), actor.Workspace+"/"+actor.ID); err != nil || safe(r.Method) || e.App.Workspaces == nil {
		return err
	}
	return e.App.Workspaces.Here(r.Context(), actor.Workspace)
}

// safe reports whether a request of this method changes nothing (RFC 9110, 9.2.1).
func safe(method string) bool { return method == http.MethodGet || method == http.MethodHead }

func (e *Edge) who(r *http.Request, door Door) (access.Actor, error) {
	if door == OpenDoor || e.Who == nil {
		return access.Actor{}, nil
	}
	return e.Who(r, door)
}

var crossOrigin = http.NewCrossOriginProtection()

// readable refuses addresses that cannot mean anything.
func readable(r *http.Request) error {
	if !utf8.ValidString(r.URL.Path) || strings.ContainsRune(r.URL.Path, 0) {
		return unreadable("request.path", "The address is not valid UTF-8.")
	}
	if q := r.URL.RawQuery; q != "" {
		values, err := url.ParseQuery(q)
		if err != nil {
			return unreadable("request.query", "The part of the address after the question mark cannot be read. Percent-encode it.")
		}
		for name, all := range values {
			for _, v := range append(all, name) {
				if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
					return unreadable("request.query", "The part of the address after the question mark is not valid UTF-8.")
				}
			}
		}
	}
	return nil
}

// requestID takes the caller's id for the request if it is a harmless one.
func (e *Edge) requestID(r *http.Request) string {
	id := r.Header.Get("Request-Id")
	harmless := id != "" && len(id) <= 100 && !strings.ContainsFunc(id, func(c rune) bool {
		return (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && !strings.ContainsRune("-_.:", c)
	})
	if harmless {
		return id
	}
	return e.NewID("req")
}

// address is where a request comes from. A proxy on this machine is believed for
// whom it asks; what anybody else says of that is not.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsLoopback() {
		said := r.Header.Values("X-Forwarded-For")
		last := strings.Join(said, ",")
		last = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
		if ip, err := netip.ParseAddr(last); err == nil {
			return ip.String()
		}
	}
	return host
}

// neighbourhood is whom an address stands for: of IPv6, whoever has the first half
// of it has all the rest.
func neighbourhood(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	p, err := ip.WithZone("").Prefix(64)
	if err != nil { // 64 is within an IPv6 address
		return address
	}
	return p.String()
}

// caught answers for a handler that panicked.
func (e *Edge) caught(w *answer, r *http.Request, c *Call, v any) {
	if v == http.ErrAbortHandler {
		panic(v)
	}
	c.failed = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
	if w.status == 0 {
		write(w, r, Internal())
	}
}

// note logs a request, without anything that could be a secret: no query, no
// headers, no body.
func (e *Edge) note(r *http.Request, c *Call, w *answer, took time.Duration) {
	status := w.status
	if status == 0 {
		status = http.StatusOK
	}
	if e.Observe != nil {
		e.Observe(c.Route.Name, status, took)
	}
	level := slog.LevelInfo
	if status >= 500 && c.failed != nil { // an inbox may answer 503 because it was told to
		level = slog.LevelError
	}
	if !e.Log.Enabled(r.Context(), level) {
		return
	}
	attrs := []slog.Attr{
		slog.String("route", c.Route.Name), slog.String("method", r.Method), slog.Int("status", status),
		slog.Float64("ms", float64(took.Microseconds())/1000), slog.String("request", w.Header().Get("Request-Id")),
		slog.String("workspace", c.Actor.Workspace), slog.String("actor", c.Actor.ID),
	}
	if c.failed != nil {
		attrs = append(attrs, slog.String("error", c.failed.Error()))
	}
	e.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

type callKey struct{}

// CallFrom is the call that a request belongs to; nil outside the edge.
func CallFrom(ctx context.Context) *Call { c, _ := ctx.Value(callKey{}).(*Call); return c }

// answer remembers what was answered.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
