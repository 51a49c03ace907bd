package egress

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"time"

	"motorpool/shared/fault"
)

var (
	errDeadline       = fmt.Errorf("egress: the deadline: %w", context.DeadlineExceeded)
	errTooManyInterim = errors.New("egress: too many informational answers")
)

// judge lets the status line decide.
func judge(res Result) Result {
	switch {
	case res.Success():
	case res.Status >= 300 && res.Status <= 399:
		res.Class = Redirect
		res.Reason = fmt.Sprintf("The receiver answered %d. Redirects are not followed: give the final address as the endpoint's URL.", res.Status)
	case res.Status == http.StatusSwitchingProtocols:
		res.Class, res.Reason = ProtocolError, "The receiver wanted to change to another protocol (101)."
	default:
		res.Class = BadStatus
		res.Reason = strings.TrimSpace(fmt.Sprintf("The receiver answered %d %s", res.Status, http.StatusText(res.Status))) + "; only 2xx is a success."
	}
	return res
}

func blocked(res Result, err error) Result {
	res.Class, res.Reason = Blocked, "The URL cannot be used."
	if f, ok := errors.AsType[*fault.Error](err); ok {
		res.Reason = f.Message
	}
	return res
}

// fail names an error. What it says comes from here and never from the error
// itself, which may hold addresses.
func (c *Client) fail(res Result, err error, started time.Time) Result {
	res.Took = c.since(started)
	res.Class, res.Reason = name(err)
	if res.Class == Unreachable {
		res.Took = c.limits.connect // one figure for all, or the time would tell refused from filtered
	}
	return res
}

// name gives the class and the sentence of an error. Its order matters: a reset
// during a handshake is the handshake's failure.
func name(err error) (class, reason string) {
	if t, ok := errors.AsType[*tlsFailure](err); ok {
		return TLSError, tlsReason(t.err)
	}
	if d, ok := errors.AsType[*net.DNSError](err); ok {
		if d.IsNotFound {
			return DNSError, "The host name does not exist."
		}
		return DNSError, "The host name could not be resolved: its name servers gave no answer."
	}
	switch {
	case strings.Contains(err.Error(), "remote error: tls"): // a client certificate is missed only after the handshake
		return TLSError, tlsReason(err)
	case errors.Is(err, errNoSuchHost):
		return DNSError, "The host name does not exist."
	case isUnreachable(err):
		return Unreachable, "The receiver could not be reached: no connection could be made."
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused, "The receiver refused the connection: nothing listens at this address and port."
	case errors.Is(err, errTooManyInterim):
		return HeadersTooLarge, fmt.Sprintf("The receiver sent more than %d informational answers (1xx) instead of a final one.", MaxInterim)
	case strings.Contains(err.Error(), "invalid header field"):
		return Blocked, "One of the endpoint's custom headers cannot be sent."
	case strings.Contains(err.Error(), "server response headers exceeded"):
		return HeadersTooLarge, fmt.Sprintf("The headers of the answer have more than %d KiB.", MaxHeaders>>10)
	case errors.Is(err, errDeadline), isTimeout(err):
		return Timeout, "The receiver did not answer within the deadline."
	case errors.Is(err, context.Canceled):
		return Interrupted, "This attempt was interrupted on our side."
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNABORTED):
		return Reset, "The receiver broke the connection off (reset)."
	case isClosed(err):
		return Closed, "The receiver closed the connection before it had answered."
	}
	return ProtocolError, "What the receiver sent is not an HTTP/1.1 answer."
}

func isUnreachable(err error) bool {
	for _, target := range []error{
		errRefused, errUnreachable, syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.EADDRNOTAVAIL,
		syscall.EACCES, syscall.EPERM, syscall.EINVAL, syscall.ENETDOWN, syscall.EHOSTDOWN,
	} {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

// isDialError reports an error from before there was a connection: it says more
// than the deadline that may have passed at the same moment.
func isDialError(err error) bool {
	_, shaking := errors.AsType[*tlsFailure](err)
	_, resolving := errors.AsType[*net.DNSError](err)
	return shaking || resolving || isUnreachable(err)
}

// isClosed recognises the ways in which net/http says that the other side hung up.
func isClosed(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		strings.Contains(err.Error(), "server closed idle connection") || strings.HasSuffix(err.Error(), "EOF")
}

// tlsReason says what is wrong with a handshake, in words that name no address.
func tlsReason(err error) string {
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		if invalid.Reason == x509.Expired {
			return "TLS: the certificate has expired or is not valid yet."
		}
		return "TLS: the certificate is not valid for a server."
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return "TLS: the certificate is for another host name."
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "TLS: the certificate is signed by an unknown authority: self-signed, or the chain is incomplete."
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return "TLS: the receiver does not speak TLS at this port."
	}
	switch {
	case strings.Contains(err.Error(), "remote error"):
		return "TLS: the receiver refused the handshake."
	case isTimeout(err), errors.Is(err, context.Canceled):
		return "TLS: the handshake did not end in time."
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return "TLS: the receiver broke the handshake off."
	case strings.Contains(err.Error(), "protocol version"):
		return "TLS: the receiver offers only versions older than 1.2."
	}
	return "TLS: the handshake failed."
}

// kept is what a Result holds of an answer's headers: by name, until the bound.
func kept(h http.Header) http.Header {
	out, size := make(http.Header, len(h)), 0
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, v := range h[name] {
			if size += len(name) + len(v); size > MaxKeptHeader {
				return out
			}
			out[name] = append(out[name], v)
		}
	}
	return out
}

func first(s string, n int) string { return s[:min(len(s), n)] }
