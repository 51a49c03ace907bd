package egress

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Client posts. It is safe for concurrent use, and exchanges share nothing but
// idle connections to the same host.
type Client struct {
	options Options
	own     *url.URL // base of our own inboxes; nil if there is none
	limits  limits
	since   func(time.Time) time.Duration
	guard   *dialer
	public  *http.Transport
	inboxes *http.Transport // to our own listener and nowhere else
}

// limits are shares of the deadline, so that a short one in tests shortens all.
type limits struct {
	deadline  time.Duration
	connect   time.Duration // also what Took says of every Unreachable
	handshake time.Duration
	body      time.Duration // after the answer's head
}

const defaultDeadline = 15 * time.Second

func limitsOf(deadline time.Duration) limits {
	if deadline <= 0 {
		deadline = defaultDeadline
	}
	return limits{deadline: deadline, connect: deadline / 3, handshake: deadline / 2, body: deadline / 15}
}

// New makes a client. Close it when no more exchanges will begin.
func New(o Options) *Client {
	c := &Client{options: o, limits: limitsOf(o.Deadline)}
	if u, err := url.Parse(strings.TrimSuffix(o.Own, "/")); err == nil && u.Host != "" {
		c.own = u
	}
	if c.since = o.Since; c.since == nil {
		c.since = time.Since
	}
	d := &dialer{allowPrivate: o.AllowPrivate, connect: c.limits.connect, handshake: c.limits.handshake, lookup: o.Lookup}
	switch {
	case d.lookup == nil && o.AllowPrivate:
		d.lookup = privateLookup
	case d.lookup == nil:
		d.lookup = publicLookup
	}
	d.tls = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots, NextProtos: []string{"http/1.1"}, ClientSessionCache: tls.NewLRUClientSessionCache(512)}
	d.net = net.Dialer{ControlContext: d.control, KeepAlive: 30 * time.Second}
	c.guard, c.public = d, transport(d.dial, d.dialTLS)
	c.inboxes = transport(func(ctx context.Context, network, _ string) (net.Conn, error) {
		var plain net.Dialer
		ctx, cancel := bounded(ctx, c.limits.connect)
		defer cancel()
		return plain.DialContext(ctx, network, o.OwnAddr)
	}, nil)
	return c
}

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// transport speaks HTTP/1.1 only: one exchange per connection at a time means
// that a receiver can stall only the exchange it stalls, and the whole surface
// of HTTP/2 (settings, pings, windows, continuations) is out of its reach.
func transport(dial, dialTLS dialFunc) *http.Transport {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy: nil, DialContext: dial, DialTLSContext: dialTLS, Protocols: protocols,
		DisableCompression: true, MaxResponseHeaderBytes: MaxHeaders,
		MaxConnsPerHost: maxPerHost, MaxIdleConns: maxIdle, MaxIdleConnsPerHost: maxIdleOfHost,
		IdleConnTimeout: 30 * time.Second, WriteBufferSize: 4 << 10, ReadBufferSize: 4 << 10,
	}
}

// Close lets go of idle connections. Exchanges under way go on.
func (c *Client) Close() {
	c.public.CloseIdleConnections()
	c.inboxes.CloseIdleConnections()
}

// Post sends body to target once and tells what became of it. at is the
// product's clock, read once, when the exchange begins; the limits and
// Result.Took are in real time. header is not changed; what belongs to the
// connection or to this package (Host, Content-Length, Accept-Encoding, …) is
// left out of it.
//
// A message can arrive twice: a connection that was kept and turns out to be
// closed is replaced once, as a retry would do.
func (c *Client) Post(ctx context.Context, target string, header http.Header, body []byte, at func() time.Time) Result {
	started, res := time.Now(), Result{At: at()}
	u, err := parse(target)
	if err != nil {
		return blocked(res, err)
	}
	via := c.public
	if c.isOwn(u) {
		via, u.Scheme = c.inboxes, "http"
	} else if !c.options.AllowPrivate && isPrivateHost(u.Hostname()) {
		return c.fail(res, errRefused, started)
	}
	deadline := started.Add(c.limits.deadline)
	ctx, cancel := context.WithDeadlineCause(ctx, deadline, errDeadline)
	defer cancel()
	w := &watch{}
	ctx = httptrace.WithClientTrace(context.WithValue(ctx, deadlineKey{}, deadline), &httptrace.ClientTrace{Got1xxResponse: w.interim})
	answer, err := via.RoundTrip(request(ctx, u, header, body))
	if err != nil {
		return c.fail(res, why(ctx, err), started)
	}
	defer answer.Body.Close()
	res.Status = answer.StatusCode
	res.Header, res.RetryAfter = kept(answer.Header), first(answer.Header.Get("Retry-After"), 100)
	if answer.StatusCode != http.StatusSwitchingProtocols {
		res.Body, res.Cut = c.read(answer, cancel)
	}
	res.Took = c.since(started)
	return judge(res)
}

// why tells our deadline from one of the caller's, which is an interruption and
// says nothing about the receiver.
func why(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	switch {
	case cause == nil || isDialError(err):
		return err
	case errors.Is(cause, errDeadline):
		return errDeadline
	}
	return context.Canceled
}

// watch counts the informational answers of one exchange.
type watch struct{ interims int }

func (w *watch) interim(int, textproto.MIMEHeader) error {
	if w.interims++; w.interims > MaxInterim {
		return errTooManyInterim
	}
	return nil
}

func request(ctx context.Context, u *url.URL, header http.Header, body []byte) *http.Request {
	h := make(http.Header, len(header)+4)
	for name, values := range header {
		if name = http.CanonicalHeaderKey(name); !ours[name] {
			h[name] = values
		}
	}
	if h["Content-Type"] == nil {
		h["Content-Type"] = []string{"application/json"}
	}
	h["User-Agent"] = []string{userAgent}
	h["Accept-Encoding"] = []string{"identity"}
	h["X-Idempotency-Key"] = []string{} // tells net/http that it may send again on a stale connection; not sent itself
	r := &http.Request{
		Method: http.MethodPost, URL: u, Host: u.Host, Header: h, ContentLength: int64(len(body)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body:    io.NopCloser(bytes.NewReader(body)),
		GetBody: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil },
	}
	return r.WithContext(ctx)
}

var buffers = sync.Pool{New: func() any { return new([MaxKeptBody + 1]byte) }}

// read takes what is kept of a body, for a short while: the head has decided
// already, and the rest is only for the log.
func (c *Client) read(answer *http.Response, cancel context.CancelFunc) (body []byte, cut bool) {
	if answer.ContentLength == 0 {
		return nil, false
	}
	stop := time.AfterFunc(c.limits.body, cancel)
	defer stop.Stop()
	buf := buffers.Get().(*[MaxKeptBody + 1]byte)
	defer buffers.Put(buf)
	n, err := io.ReadFull(answer.Body, buf[:])
	whole := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && (answer.ContentLength < 0 || int64(n) == answer.ContentLength)
	return bytes.Clone(buf[:min(n, MaxKeptBody)]), !whole
}
