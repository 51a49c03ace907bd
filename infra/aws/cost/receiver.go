package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// A receiver is another company. It speaks TLS and answers with the headers
// that servers commonly send.
type receiver struct {
	server *http.Server
	port   string
	roots  *x509.CertPool
	heard  atomic.Int64 // bytes, TLS's included

	mu     sync.Mutex
	status int
}

// host is its name; whatever is looked up is found there.
const host = "receiver.example"

func receive() (*receiver, error) {
	cert, roots, err := certificate()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	h := &receiver{roots: roots, status: http.StatusOK}
	if _, h.port, err = net.SplitHostPort(l.Addr().String()); err != nil {
		return nil, err
	}
	h.server = &http.Server{Handler: h}
	go h.server.Serve(tls.NewListener(ear{l, &h.heard}, &tls.Config{Certificates: []tls.Certificate{cert}}))
	return h, nil
}

// An ear counts what comes in.
type ear struct {
	net.Listener
	heard *atomic.Int64
}

func (e ear) Accept() (net.Conn, error) {
	c, err := e.Listener.Accept()
	return hearing{c, e.heard}, err
}

type hearing struct {
	net.Conn
	heard *atomic.Int64
}

func (h hearing) Read(b []byte) (int, error) {
	n, err := h.Conn.Read(b)
	h.heard.Add(int64(n))
	return n, err
}

func certificate() (tls.Certificate, *x509.CertPool, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	roots := x509.NewCertPool()
	made, err := x509.ParseCertificate(der)
	if err == nil {
		roots.AddCert(made)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots, err
}

func (h *receiver) lookup(context.Context, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

func (h *receiver) url(path string) string { return "https://" + host + ":" + h.port + "/" + path }

// will sets the status of all answers from now on.
func (h *receiver) will(status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.status = status
}

func (h *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	_, _ = io.Copy(io.Discard, q.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Server", "nginx/1.28.0")
	w.Header().Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	w.Header().Set("X-Request-Id", "5f8b0c6e-3a57-4b0f-9a3e-7f6d2c1b0a99")
	w.WriteHeader(h.status)
	_, _ = io.WriteString(w, `{"ok":true}`)
}
