// Package smtp sends e-mail through an SMTP server, always encrypted where the
// server offers it, and only encrypted where a password is sent.
package smtp

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"

	"motorpool/shared/fault"
	"motorpool/shared/mail"
	"motorpool/shared/mail/wire"
)

// Mailer is a mail.Mailer on an SMTP server. Each message takes a connection of
// its own. It is safe for concurrent use.
type Mailer struct {
	host    string
	options []gomail.Option
	now     func() time.Time
}

var _ mail.Mailer = (*Mailer)(nil)

// New returns the mailer of a server: "smtps://user:password@smtp.example.com"
// (TLS from the start, port 465), "smtp://…" (STARTTLS, port 587), or
// "smtp://localhost:1025?tls=none", which sends in the clear and takes no password.
func New(server string, now func() time.Time) (*Mailer, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Path != "" && u.Path != "/" {
		return nil, fault.New(fault.Invalid, "mail.server", "Name the mail server like smtps://user:password@smtp.example.com.") // its text may hold the password
	}
	m := &Mailer{host: u.Hostname(), now: now, options: []gomail.Option{gomail.WithTimeout(20 * time.Second)}}
	open := u.Query().Get("tls") == "none"
	password, secret := u.User.Password()
	switch {
	case u.Scheme == "smtps" && !open:
		m.options = append(m.options, gomail.WithSSL(), gomail.WithPort(465))
	case !open:
		m.options = append(m.options, gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithPort(587))
	case secret || u.Scheme == "smtps":
		return nil, fault.New(fault.Invalid, "mail.server", "A password is sent encrypted or not at all: leave out tls=none, or the password.")
	default:
		m.options = append(m.options, gomail.WithTLSPolicy(gomail.NoTLS), gomail.WithPort(25))
	}
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil || port < 1 || port > 65535 {
			return nil, fault.New(fault.Invalid, "mail.server", "The mail server's port is a number up to 65535.")
		}
		m.options = append(m.options, gomail.WithPort(port))
	}
	if secret {
		m.options = append(m.options, gomail.WithUsername(u.User.Username()), gomail.WithPassword(password), gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover))
	}
	_, err = gomail.NewClient(m.host, m.options...)
	return m, err
}

// Send is as mail.Mailer says.
func (m *Mailer) Send(ctx context.Context, msg mail.Message) error {
	composed, err := wire.Compose(msg, m.now())
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(m.host, m.options...)
	if err != nil {
		return fmt.Errorf("smtp: %w", err)
	}
	return explain(client.DialAndSendWithContext(ctx, composed))
}

// explain puts what the server says into the port's words: 4xx is for later, 5xx
// for ever (RFC 5321, 4.2.1). Trouble before the message is always for later: a
// changed password is put right by people, and the messages wait for them.
func explain(err error) error {
	if err == nil {
		return nil
	}
	said, ok := errors.AsType[*gomail.SendError](err)
	switch {
	case !ok || said.IsTemp():
		return mail.Busy(err)
	case said.Reason == gomail.ErrSMTPRcptTo:
		return mail.NoSuchAddress(err)
	case said.ErrorCode() >= 500:
		return mail.Refused(err)
	}
	return mail.Busy(err)
}
