package api

import "net/http"

// Raw makes a Handler of a plain HTTP handler, for what is neither JSON nor a
// page: inboxes, files. Its request's body ends with an error at MaxBody.
func Raw(f func(w http.ResponseWriter, r *http.Request, c *Call)) Handler { return rawHandler(f) }

type rawHandler func(http.ResponseWriter, *http.Request, *Call)

// Mount is for the edge.
func (h rawHandler) Mount(*Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := CallFrom(r.Context())
		r.Body = http.MaxBytesReader(w, r.Body, limitOf(c.Route))
		h(w, r, c)
	})
}

// kindOf returns the gates that only some kinds of route have.
func kindOf(r *Route) func(*Edge, http.Handler) http.Handler {
	if _, ok := r.Handle.(JSONHandler); ok {
		return jsonGate
	}
	return func(_ *Edge, next http.Handler) http.Handler { return next }
}
