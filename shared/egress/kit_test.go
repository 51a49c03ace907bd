package egress

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// host is a name that resolves to this machine in tests.
const host = "receiver.example"

// short is the deadline in tests: a hanging receiver costs this much.
const short = 600 * time.Millisecond

// A receiver is a raw TCP server that does what a test tells it to.
type receiver struct {
	net.Listener
	accepted atomic.Int64
	open     sync.WaitGroup
	stop     chan struct{} // closed at the end, for what hangs
}

// listen starts a receiver; serve gets each connection and closes it by returning.
func listen(t testing.TB, serve func(r *receiver, c net.Conn)) *receiver {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &receiver{Listener: l, stop: make(chan struct{})}
	r.open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			r.accepted.Add(1)
			r.open.Go(func() {
				defer c.Close()
				serve(r, c)
			})
		}
	})
	t.Cleanup(func() {
		close(r.stop)
		l.Close()
		r.open.Wait()
	})
	return r
}

func (r *receiver) url(scheme, name string) string {
	_, port, _ := net.SplitHostPort(r.Addr().String())
	return scheme + "://" + net.JoinHostPort(name, port) + "/hook"
}

// hang waits for the end of the test or of the connection.
func (r *receiver) hang(c net.Conn) {
	done := make(chan struct{})
	go func() { io.Copy(io.Discard, c); close(done) }()
	select {
	case <-done:
	case <-r.stop:
		c.Close()
		<-done
	}
}

// answer reads one whole request and writes text as it is.
func answer(text string) func(*receiver, net.Conn) {
	return func(_ *receiver, c net.Conn) {
		if readRequest(c) {
			io.WriteString(c, text)
		}
	}
}

// then reads one whole request and goes on.
func then(f func(*receiver, net.Conn)) func(*receiver, net.Conn) {
	return func(r *receiver, c net.Conn) {
		if readRequest(c) {
			f(r, c)
		}
	}
}

func readRequest(c net.Conn) bool {
	req, err := http.ReadRequest(bufio.NewReader(c))
	if err != nil {
		return false
	}
	_, err = io.Copy(io.Discard, req.Body)
	return err == nil
}

// drip writes text again and again, one piece each time, until it cannot.
func drip(r *receiver, c net.Conn, piece string, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-tick.C:
		}
		if _, err := io.WriteString(c, piece); err != nil {
			return
		}
	}
}

// flood writes text until it cannot.
func flood(c net.Conn, text string) {
	for b := []byte(strings.Repeat(text, 1+4096/len(text))); ; {
		if _, err := c.Write(b); err != nil {
			return
		}
	}
}

// toHere resolves every name to this machine.
func toHere(context.Context, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

// client makes one that may go to this machine and gives up soon.
func client(t testing.TB, roots *x509.CertPool) *Client {
	c := New(Options{AllowPrivate: true, Deadline: short, Lookup: toHere, Roots: roots})
	t.Cleanup(c.Close)
	return c
}

func post(t testing.TB, c *Client, url string) Result {
	t.Helper()
	return c.Post(t.Context(), url, nil, []byte(`{"id":"evt_1"}`), time.Now)
}

// An authority signs certificates in a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t testing.TB) (*authority, *x509.CertPool) {
	t.Helper()
	a := &authority{}
	der, key := a.sign(t, &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	a.key = key
	var err error
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return a, pool
}

// sign completes a certificate; an authority without one signs for itself.
func (a *authority) sign(t testing.TB, c *x509.Certificate) ([]byte, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c.SerialNumber, c.Subject = big.NewInt(1), pkix.Name{CommonName: "test"}
	if c.NotAfter.IsZero() {
		c.NotBefore, c.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	}
	parent, signer := a.cert, a.key
	if parent == nil {
		parent, signer = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	return der, key
}

func (a *authority) certificate(t testing.TB, c *x509.Certificate) tls.Certificate {
	der, key := a.sign(t, c)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
