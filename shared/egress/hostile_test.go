package egress

import (
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func redirectTo(status int, location string) func(*receiver, net.Conn) {
	return answer(fmt.Sprintf("HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", status, location))
}

func headers(n int, each string) string {
	return "HTTP/1.1 200 OK\r\n" + strings.Repeat(each, n) + "Content-Length: 0\r\n\r\n"
}

func reset(_ *receiver, c net.Conn) { c.(*net.TCPConn).SetLinger(0) }

// bomb is 16 MiB of zeros in 16 kB.
func bomb() string {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	io.Copy(z, io.LimitReader(zeros{}, 16<<20))
	z.Close()
	return b.String()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// hostile is the table of the specification, row by row, with the receivers
// that each row speaks of.
var hostile = []struct {
	name   string
	serve  func(*receiver, net.Conn)
	status int
	class  string
	kept   int // bytes of body; -1 means any number
}{
	{"301 to anywhere", redirectTo(301, "https://a.example/"), 301, Redirect, 0},
	{"302 to metadata", redirectTo(302, "http://169.254.169.254/"), 302, Redirect, 0},
	{"303", redirectTo(303, "/"), 303, Redirect, 0},
	{"307 to itself, a loop", redirectTo(307, "/hook"), 307, Redirect, 0},
	{"308", redirectTo(308, "file:///etc/passwd"), 308, Redirect, 0},

	{"a gzip bomb", answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + bomb()), 200, "", -1},
	{"an endless body", then(func(_ *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
		flood(c, "x")
	}), 200, "", MaxKeptBody},
	{"an endless chunked body", then(func(_ *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
		flood(c, strings.Repeat("1\r\nx\r\n", MaxKeptBody)) // at once: a busy machine has no time for many small writes
	}), 200, "", MaxKeptBody},
	{"a dripping body", then(func(r *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
		drip(r, c, "x", 10*time.Millisecond)
	}), 200, "", -1},
	{"a body that never comes", then(func(r *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
		r.hang(c)
	}), 200, "", 0},
	{"a failure whose body never ends", then(func(_ *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 500 Oops\r\n\r\n")
		flood(c, "y")
	}), 500, BadStatus, MaxKeptBody},

	{"headers that never end, slowly", then(func(r *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		drip(r, c, "X-A: b\r\n", 10*time.Millisecond)
	}), 0, Timeout, 0},
	{"headers that never end, fast", then(func(_ *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		flood(c, "X-A: b\r\n")
	}), 0, HeadersTooLarge, 0},
	{"a header line that never ends", then(func(_ *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\nX-A: ")
		flood(c, "b")
	}), 0, HeadersTooLarge, 0},
	{"a status line that never ends", then(func(_ *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 200 ")
		flood(c, "b")
	}), 0, HeadersTooLarge, 0},
	{"80 KiB of headers", answer(headers(80, "X-A: "+strings.Repeat("b", 1017)+"\r\n")), 0, HeadersTooLarge, 0},
	{"60 KiB of headers", answer(headers(60, "X-A: "+strings.Repeat("b", 1017)+"\r\n")), 200, "", 0},
	{"5 informational answers", answer(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 5) + headers(0, "")), 200, "", 0},
	{"6 informational answers", answer(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 6) + headers(0, "")), 0, HeadersTooLarge, 0},
	{"informational answers without end", then(func(_ *receiver, c net.Conn) { flood(c, "HTTP/1.1 100 Continue\r\n\r\n") }), 0, HeadersTooLarge, 0},

	{"a reset on arrival", reset, 0, Reset, 0},
	{"a reset after the request", then(reset), 0, Reset, 0},
	{"a close in the middle of the request", func(_ *receiver, c net.Conn) { c.Read(make([]byte, 1)) }, 0, Reset, 0}, // unread bytes make it a reset
	{"a close after the request", answer(""), 0, Closed, 0},
	{"a close in the status line", answer("HTTP/1.1 20"), 0, ProtocolError, 0},
	{"a close in the headers", answer("HTTP/1.1 200 OK\r\nX-A: b\r\n"), 0, Closed, 0},
	{"garbage", answer("\x00\x01\x02\x03 what do you want?\r\n\r\n"), 0, ProtocolError, 0},
	{"another protocol", answer("220 mail.example ESMTP\r\n"), 0, ProtocolError, 0},
	{"a status that is no number", answer("HTTP/1.1 abc OK\r\n\r\n"), 0, ProtocolError, 0},
	{"a bad header", answer("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), 0, ProtocolError, 0},
	{"two lengths", answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"), 0, ProtocolError, 0},
	{"a negative length", answer("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), 0, ProtocolError, 0},
	{"an unknown coding", answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\n"), 0, ProtocolError, 0},
	{"a change of protocol", then(func(r *receiver, c net.Conn) {
		io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
		r.hang(c)
	}), 101, ProtocolError, 0},
	{"a short body", answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"), 200, "", 3},
	{"a broken chunk", answer("HTTP/1.1 202 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz"), 202, "", 3},
	{"no answer", then(func(r *receiver, c net.Conn) { r.hang(c) }), 0, Timeout, 0},
	{"nothing is even read", func(r *receiver, _ net.Conn) {
		select {
		case <-r.stop:
		case <-time.After(2 * short):
		}
	}, 0, Timeout, 0},

	{"429", answer("HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"), 429, BadStatus, 0},
	{"410", answer("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"), 410, BadStatus, 0},
	{"204", answer("HTTP/1.1 204 No Content\r\n\r\n"), 204, "", 0},
	{"299", answer("HTTP/1.1 299 Fine\r\nContent-Length: 2\r\n\r\nok"), 299, "", 2},
	{"999", answer("HTTP/1.1 999 What\r\nContent-Length: 2\r\n\r\nno"), 999, BadStatus, 2},
	{"HTTP/1.0", answer("HTTP/1.0 200 OK\r\n\r\nok"), 200, "", 2},
	{"a binary body", answer("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n\x00\xff\xfe<b>"), 200, "", 6},
}

func TestHostileReceivers(t *testing.T) {
	c := client(t, nil)
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := listen(t, tt.serve)
			got := post(t, c, r.url("http", host))
			if got.Status != tt.status || got.Class != tt.class || got.Success() != (tt.class == "") {
				t.Errorf("got %d %q (%s), want %d %q", got.Status, got.Class, got.Reason, tt.status, tt.class)
			}
			if tt.kept >= 0 && len(got.Body) != tt.kept || len(got.Body) > MaxKeptBody {
				t.Errorf("kept %d bytes, want %d", len(got.Body), tt.kept)
			}
			if got.Took > 3*short { // on a busy machine
				t.Errorf("took %s", got.Took)
			}
			if (got.Reason == "") != got.Success() || strings.Contains(got.Reason, "127.0.0.1") || strings.Contains(got.Reason, host) {
				t.Errorf("the reason is %q", got.Reason)
			}
			if n := r.accepted.Load(); n != 1 {
				t.Errorf("%d connections", n)
			}
		})
	}
}

func TestRetryAfterAndHeadersAreKept(t *testing.T) {
	r := listen(t, answer("HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nX-B: 2\r\nX-A: 1\r\nX-Long: "+strings.Repeat("z", 5000)+"\r\nContent-Length: 0\r\n\r\n"))
	got := post(t, client(t, nil), r.url("http", host))
	if got.RetryAfter != "120" || got.Header.Get("X-A") != "1" || got.Header.Get("X-B") != "2" || got.Header.Get("X-Long") != "" {
		t.Errorf("got %q, %v", got.RetryAfter, got.Header)
	}
}

// TestALargeRequestThatNobodyReads: the receiver answers and closes before it
// has read the body; its answer counts.
func TestALargeRequestThatNobodyReads(t *testing.T) {
	r := listen(t, func(_ *receiver, c net.Conn) {
		c.Read(make([]byte, 1024))
		io.WriteString(c, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		io.Copy(io.Discard, c)
	})
	got := client(t, nil).Post(t.Context(), r.url("http", host), nil, make([]byte, 1<<20), time.Now)
	if got.Status != 413 {
		t.Errorf("got %d %s (%s)", got.Status, got.Class, got.Reason)
	}
}

func TestTLSFailuresAreNamed(t *testing.T) {
	ca, roots := newAuthority(t)
	other, _ := newAuthority(t)
	good := &x509.Certificate{DNSNames: []string{host}}
	late := &x509.Certificate{DNSNames: []string{host}, NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(-24 * time.Hour)}
	early := &x509.Certificate{DNSNames: []string{host}, NotBefore: time.Now().Add(24 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour)}
	c := client(t, roots)
	with := func(cert tls.Certificate, edit func(*tls.Config)) func(*receiver, net.Conn) {
		cfg := &tls.Config{Certificates: []tls.Certificate{cert}}
		edit(cfg)
		return func(r *receiver, c net.Conn) {
			s := tls.Server(c, cfg)
			if s.Handshake() == nil && readRequest(s) {
				io.WriteString(s, headers(0, ""))
			}
		}
	}
	as := func(*tls.Config) {}
	for _, tt := range []struct {
		name  string
		serve func(*receiver, net.Conn)
		want  string
	}{
		{"a good certificate", with(ca.certificate(t, good), as), ""},
		{"expired", with(ca.certificate(t, late), as), "expired"},
		{"not yet valid", with(ca.certificate(t, early), as), "not valid yet"},
		{"another host", with(ca.certificate(t, &x509.Certificate{DNSNames: []string{"other.example"}}), as), "another host"},
		{"self-signed", with((&authority{}).certificate(t, good), as), "unknown authority"},
		{"an authority nobody knows", with(other.certificate(t, good), as), "unknown authority"},
		{"old versions only", with(ca.certificate(t, good), func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11 }), "TLS: the receiver"},
		{"a client certificate is wanted", with(ca.certificate(t, good), func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }), "refused the handshake"},
		{"the handshake hangs", func(r *receiver, c net.Conn) { r.hang(c) }, "did not end in time"},
		{"the handshake drips", func(r *receiver, c net.Conn) { drip(r, c, "\x16", 20*time.Millisecond) }, "TLS: "},
		{"no TLS at all", func(_ *receiver, c net.Conn) { c.Read(make([]byte, 4096)); io.WriteString(c, headers(0, "")) }, "does not speak TLS"},
		{"a close in the handshake", func(_ *receiver, c net.Conn) { io.ReadFull(c, make([]byte, 5)) }, "broke the handshake off"},
		{"garbage", func(_ *receiver, c net.Conn) { io.WriteString(c, "\x16\x03\x01\x00\x02xx") }, "TLS: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := listen(t, tt.serve)
			got := post(t, c, r.url("https", host))
			switch {
			case tt.want == "" && got.Status != http.StatusOK:
				t.Errorf("got %d %s %s", got.Status, got.Class, got.Reason)
			case tt.want != "" && (got.Class != TLSError || !strings.Contains(got.Reason, tt.want)):
				t.Errorf("got %s %q, want %q", got.Class, got.Reason, tt.want)
			}
		})
	}
}
