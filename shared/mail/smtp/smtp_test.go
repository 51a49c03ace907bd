package smtp_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	gosasl "github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"motorpool/shared/fault"
	"motorpool/shared/mail/mailtest"
	"motorpool/shared/mail/smtp"
)

func now() time.Time { return mailtest.Now }

// A catcher is a mail server that keeps what it is sent, or refuses it.
type catcher struct {
	mu     sync.Mutex
	all    [][]byte
	from   error // what it says of a sender
	rcpt   error // of a recipient
	data   error // of a message
	logins []string
}

func (c *catcher) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return &session{catcher: c}, nil }

type session struct{ *catcher }

func (s *session) Mail(string, *gosmtp.MailOptions) error { return s.from }
func (s *session) Rcpt(string, *gosmtp.RcptOptions) error { return s.rcpt }
func (s *session) Reset()                                 {}
func (s *session) Logout() error                          { return nil }
func (s *session) AuthMechanisms() []string               { return []string{gosasl.Plain} }

func (s *session) Auth(string) (gosasl.Server, error) {
	return gosasl.NewPlainServer(func(_, user, password string) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.logins = append(s.logins, user+":"+password)
		if password != "right" {
			return errors.New("no")
		}
		return nil
	}), nil
}

func (s *session) Data(r io.Reader) error {
	all, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.data == nil {
		s.all = append(s.all, all)
	}
	return s.data
}

func (c *catcher) arrived(*testing.T) [][]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.all
}

// listen starts the server; with TLS it takes passwords.
func (c *catcher) listen(t *testing.T, secure bool) (address string) {
	t.Helper()
	server := gosmtp.NewServer(c)
	server.Domain, server.ErrorLog = "mail.example", quiet{}
	if secure {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate(t)}}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(l) //nolint:errcheck // it ends with the test
	t.Cleanup(func() { server.Close() })
	return l.Addr().String()
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func open(t *testing.T, server string) *smtp.Mailer {
	t.Helper()
	m, err := smtp.New(server, now)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMailer(t *testing.T) {
	t.Parallel()
	mailtest.Run(t, func(t *testing.T) mailtest.Place {
		c := &catcher{}
		return mailtest.Place{Mailer: open(t, "smtp://"+c.listen(t, false)+"?tls=none"), Arrived: c.arrived}
	})
}

func TestWhatTheServerSaysHasAMeaning(t *testing.T) {
	t.Parallel()
	later := &gosmtp.SMTPError{Code: 451, Message: "try again later"}
	never := &gosmtp.SMTPError{Code: 550, Message: "no such user"}
	for _, tt := range []struct {
		name string
		c    *catcher
		want string
	}{
		{"recipient for ever", &catcher{rcpt: never}, "mail.address"},
		{"recipient for now", &catcher{rcpt: later}, "mail.busy"},
		{"sender for ever", &catcher{from: never}, "mail.refused"},
		{"sender for now", &catcher{from: later}, "mail.busy"},
		{"message for ever", &catcher{data: never}, "mail.refused"},
		{"message for now", &catcher{data: later}, "mail.busy"},
	} {
		err := open(t, "smtp://"+tt.c.listen(t, false)+"?tls=none").Send(t.Context(), mailtest.Message("m"))
		if fault.CodeOf(err) != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
	err := open(t, "smtp://127.0.0.1:1?tls=none").Send(t.Context(), mailtest.Message("m"))
	if fault.CodeOf(err) != "mail.busy" {
		t.Errorf("nobody listens: got %v", err)
	}
}

// TestAPasswordIsNeverSentInTheClear: neither when the server offers no TLS, nor
// when nobody vouches for its certificate.
func TestAPasswordIsNeverSentInTheClear(t *testing.T) {
	t.Parallel()
	for name, secure := range map[string]bool{"no TLS": false, "a stranger's certificate": true} {
		c := &catcher{}
		err := open(t, "smtp://ada:right@"+c.listen(t, secure)).Send(t.Context(), mailtest.Message("m"))
		if fault.CodeOf(err) != "mail.busy" || len(c.logins) != 0 || len(c.arrived(t)) != 0 {
			t.Errorf("%s: got %v, logins %v", name, err, c.logins)
		}
	}
}

func TestServersAreNamedByAURL(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"smtps://u:p@smtp.example.com", "smtp://u:p@smtp.example.com:2525", "smtp://localhost:1025?tls=none", "smtp://smtp.example.com"} {
		open(t, good)
	}
	for _, bad := range []string{"", "smtp.example.com", "https://smtp.example.com", "smtp://", "smtp://h/path", "smtp://u:hush@h?tls=none", "smtp://h:0", "smtp://h:x", "smtps://u:hush@h:99999", "smtp://u:hush@h:%zz"} {
		if _, err := smtp.New(bad, now); fault.CodeOf(err) != "mail.server" || strings.Contains(err.Error(), "hush") {
			t.Errorf("%q: got %v, want mail.server without the password", bad, err)
		}
	}
}
