package egress

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/fault"
)

// listenHTTP starts a well-behaved receiver.
func listenHTTP(t testing.TB, f http.HandlerFunc) *receiver {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: f}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return &receiver{Listener: l}
}

func TestARequestIsSentAsGiven(t *testing.T) {
	var got *http.Request
	var body []byte
	r := listenHTTP(t, func(w http.ResponseWriter, q *http.Request) {
		got = q.Clone(t.Context())
		body, _ = io.ReadAll(q.Body)
		w.Write([]byte("thanks"))
	})
	given := http.Header{"webhook-id": {"dlv_1"}, "X-Custom": {"a", "b"}, "Host": {"evil"}, "Transfer-Encoding": {"chunked"}, "Accept-Encoding": {"gzip"}}
	want := []byte("{ \"a\" : 9007199254740993 }\n")
	at := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	res := client(t, nil).Post(t.Context(), r.url("http", host), given, want, func() time.Time { return at })
	if !res.Success() || string(res.Body) != "thanks" || res.Cut || !res.At.Equal(at) || res.Class != "" || res.Took <= 0 {
		t.Errorf("got %+v", res)
	}
	if !bytes.Equal(body, want) || got.Method != http.MethodPost || got.ContentLength != int64(len(want)) || !strings.HasPrefix(got.Host, host) {
		t.Errorf("got %s %s %d %q", got.Method, got.Host, got.ContentLength, body)
	}
	for name, want := range map[string]string{
		"Webhook-Id": "dlv_1", "X-Custom": "a", "Content-Type": "application/json", "Accept-Encoding": "identity",
		"User-Agent": userAgent, "X-Idempotency-Key": "", "Transfer-Encoding": "",
	} {
		if got := got.Header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if given.Get("Host") != "evil" || len(given) != 5 {
		t.Error("the header given was changed")
	}
}

// TestLocalNamesWorkWherePrivateTargetsDo uses the machine's own resolver.
func TestLocalNamesWorkWherePrivateTargetsDo(t *testing.T) {
	r := listenHTTP(t, func(http.ResponseWriter, *http.Request) {})
	c := New(Options{AllowPrivate: true, Deadline: short})
	t.Cleanup(c.Close)
	for _, live := range []bool{true, false} {
		if err := c.CheckURL(r.url("http", "localhost"), live); err != nil {
			t.Error(err)
		}
	}
	if got := post(t, c, r.url("http", "localhost")); !got.Success() {
		t.Errorf("got %s %s", got.Class, got.Reason)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	conns := sync.Map{}
	r := listenHTTP(t, func(w http.ResponseWriter, q *http.Request) { conns.Store(q.RemoteAddr, true); w.Write([]byte("ok")) })
	c := client(t, nil)
	for range 20 {
		if got := post(t, c, r.url("http", host)); !got.Success() {
			t.Fatal(got.Reason)
		}
	}
	n := 0
	conns.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("20 exchanges used %d connections", n)
	}
}

// TestAStaleConnectionIsReplaced: receivers close idle connections when they
// like; that is not a failed delivery.
func TestAStaleConnectionIsReplaced(t *testing.T) {
	r := listen(t, then(func(_ *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		c.Read(make([]byte, 1)) // takes the next request's first byte, and hangs up on it
	}))
	c := client(t, nil)
	for i := range 5 {
		if got := post(t, c, r.url("http", host)); !got.Success() {
			t.Fatalf("exchange %d: %s %s", i, got.Class, got.Reason)
		}
	}
}

// TestHangingReceiversDelayNobodyElse: more exchanges hang at one host than it
// may have connections, and another host is served as if nothing was.
func TestHangingReceiversDelayNobodyElse(t *testing.T) {
	hanging := listen(t, then(func(r *receiver, c net.Conn) { r.hang(c) }))
	healthy := listenHTTP(t, func(http.ResponseWriter, *http.Request) {})
	c := New(Options{AllowPrivate: true, Deadline: 5 * short, Lookup: toHere})
	t.Cleanup(c.Close)
	var wg sync.WaitGroup
	var ended atomic.Int32
	for range maxPerHost + 50 {
		wg.Go(func() {
			if got := post(t, c, hanging.url("http", host)); got.Success() {
				t.Error("a hanging one succeeded")
			}
			ended.Add(1)
		})
	}
	for range 100 {
		if got := post(t, c, healthy.url("http", host)); !got.Success() {
			t.Errorf("the healthy one: %s after %s", got.Class, got.Took)
		}
	}
	if n := ended.Load(); n > 0 {
		t.Errorf("%d hanging exchanges had ended before the healthy ones were done", n)
	}
	wg.Wait()
}

func TestCheckHeader(t *testing.T) {
	for _, tt := range []struct {
		name, value string
		ok          bool
	}{
		{"X-Custom", "yes", true},
		{"Authorization", "Bearer abc", true},
		{"x_under", "", true},
		{"", "a", false},
		{"X Space", "a", false},
		{"X-Break\r\nY", "a", false},
		{"X-A", "a\r\nY: b", false},
		{"X-A", "ä", false},
		{"X-A", " a", false},
		{"X-A", strings.Repeat("a", 1001), false},
		{strings.Repeat("a", 101), "a", false},
		{"Host", "a", false},
		{"host", "a", false},
		{"Content-Length", "1", false},
		{"Content-Type", "text/plain", false},
		{"Transfer-Encoding", "chunked", false},
		{"webhook-signature", "v1,AAAA", false},
		{"Accept-Encoding", "gzip", false},
	} {
		if err := CheckHeader(tt.name, tt.value); (err == nil) != tt.ok || err != nil && fault.CodeOf(err) != "webhook.header" {
			t.Errorf("%q: %q: got %v, want ok %t", tt.name, tt.value, err, tt.ok)
		}
	}
}

func BenchmarkPost(b *testing.B) {
	r := listenHTTP(b, func(w http.ResponseWriter, q *http.Request) { io.Copy(io.Discard, q.Body) })
	c := New(Options{AllowPrivate: true})
	defer c.Close()
	url, body := r.url("http", "127.0.0.1"), bytes.Repeat([]byte("x"), 600)
	h := http.Header{"Webhook-Id": {"dlv_1"}, "Webhook-Timestamp": {"1"}, "Webhook-Signature": {"v1,x"}}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if got := c.Post(b.Context(), url, h, body, time.Now); !got.Success() {
				b.Error(got.Reason)
			}
		}
	})
}
