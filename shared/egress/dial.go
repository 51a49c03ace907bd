package egress

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// maxTried bounds how many addresses of one name are tried.
const maxTried = 4

var (
	errRefused     = errors.New("egress: the target is refused")
	errUnreachable = errors.New("egress: no connection within the limit")
	errNoSuchHost  = errors.New("egress: the name has no address")
)

// A tlsFailure is an error of the handshake, so that a reset during it is not
// mistaken for one of the connection.
type tlsFailure struct{ err error }

func (e *tlsFailure) Error() string { return "tls: " + e.err.Error() }
func (e *tlsFailure) Unwrap() error { return e.err }

// A dialer connects to public addresses only.
type dialer struct {
	allowPrivate bool
	connect      time.Duration // for name, address and TCP together
	handshake    time.Duration
	lookup       func(ctx context.Context, host string) ([]netip.Addr, error)
	tls          *tls.Config
	net          net.Dialer
}

// control is the check that counts: it sees the very address that the kernel is
// about to connect to.
func (d *dialer) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || network != "tcp4" && network != "tcp6" || !allowedPort(ap.Port()) {
		return errRefused
	}
	if !d.allowPrivate && classify(ap.Addr()) != Global {
		return errRefused
	}
	return nil
}

// dial resolves, checks and connects. A name with one refused address is
// refused whole: no honest receiver has such a name.
func (d *dialer) dial(ctx context.Context, _, address string) (net.Conn, error) {
	ctx, cancel := bounded(ctx, d.connect)
	defer cancel()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, errRefused
	}
	p, err := strconv.ParseUint(port, 10, 16)
	if err != nil || !allowedPort(uint16(p)) {
		return nil, errRefused
	}
	addrs, err := d.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	if !d.allowPrivate && slices.ContainsFunc(addrs, func(a netip.Addr) bool { return classify(a) != Global }) {
		return nil, errRefused
	}
	return d.first(ctx, addrs, uint16(p))
}

// resolve answers the addresses of host, IPv4 first: where IPv6 is announced
// and not routed, waiting for it would cost the deadline.
func (d *dialer) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	addrs, err := d.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	if len(addrs) == 0 {
		return nil, errNoSuchHost
	}
	addrs = slices.Clone(addrs)
	for i, a := range addrs {
		addrs[i] = a.Unmap() // resolvers hand out IPv4 in IPv6 clothes
	}
	slices.SortStableFunc(addrs, func(a, b netip.Addr) int { return a.BitLen() - b.BitLen() })
	return addrs, nil
}

// first connects to the first address that answers, giving each its share of
// the time that is left.
func (d *dialer) first(ctx context.Context, addrs []netip.Addr, port uint16) (conn net.Conn, err error) {
	addrs = addrs[:min(len(addrs), maxTried)]
	deadline, _ := ctx.Deadline()
	for i, a := range addrs {
		share, cancel := context.WithTimeout(ctx, time.Until(deadline)/time.Duration(len(addrs)-i))
		conn, err = d.net.DialContext(share, "tcp", netip.AddrPortFrom(a, port).String())
		cancel()
		if err == nil {
			return conn, nil
		}
		if errors.Is(err, errRefused) {
			return nil, errRefused
		}
	}
	switch {
	case isTimeout(err) && spent(ctx):
		return nil, errDeadline
	case isTimeout(err):
		return nil, errUnreachable
	}
	return nil, err
}

// dialTLS connects and shakes hands. The handshake has a limit of its own, so
// that one that hangs is named as such and not as a slow answer.
func (d *dialer) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	raw, err := d.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	ctx, cancel := bounded(ctx, d.handshake)
	defer cancel()
	cfg := d.tls.Clone()
	cfg.ServerName, _, _ = net.SplitHostPort(address)
	conn := tls.Client(raw, cfg)
	if err := conn.HandshakeContext(ctx); err != nil {
		raw.Close()
		return nil, &tlsFailure{err}
	}
	return conn, nil
}

// publicLookup asks the name servers for exactly this name: the final dot keeps
// the machine's search domains out of it.
func publicLookup(ctx context.Context, host string) ([]netip.Addr, error) {
	return privateLookup(ctx, strings.TrimSuffix(host, ".")+".")
}

// privateLookup resolves as every program on the machine does.
func privateLookup(ctx context.Context, host string) ([]netip.Addr, error) {
	r := net.Resolver{PreferGo: true} // which can be interrupted, unlike the C library
	return r.LookupNetIP(ctx, "ip", host)
}

type deadlineKey struct{}

// bounded limits ctx to d and to the deadline of the exchange that asked for the
// connection, which net/http takes out of the contexts that it dials under.
func bounded(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	until := time.Now().Add(d)
	if of, ok := ctx.Value(deadlineKey{}).(time.Time); ok && of.Before(until) {
		until = of
	}
	return context.WithDeadline(ctx, until)
}

// spent reports whether the exchange itself is over: then the time went by while
// it waited for others at the same host, and not while connecting.
func spent(ctx context.Context) bool {
	of, ok := ctx.Value(deadlineKey{}).(time.Time)
	return ok && !time.Now().Before(of)
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &t) && t.Timeout()
}
