// Package wire writes messages as they travel: what RFC 5322 and MIME make of a
// mail.Message. It is apart from the port because its library is large, and
// most who ask for a letter never send one: only adapters import it.
package wire

import (
	"bytes"
	"fmt"
	"mime"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"motorpool/shared/mail"
)

// Compose returns m as RFC 5322 and MIME have it, sent at an instant. Adapters
// that hand over bytes use it, so that one message looks alike wherever it goes.
// The sender's domain completes the Message-ID.
func Compose(m mail.Message, at time.Time) (*gomail.Msg, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP), gomail.WithNoDefaultUserAgent())
	if err := msg.From(whole(m.From)); err != nil {
		return nil, mail.Refused(err)
	}
	if m.ReplyTo != (mail.Address{}) {
		if err := msg.ReplyTo(whole(m.ReplyTo)); err != nil {
			return nil, mail.Refused(err)
		}
	}
	for _, a := range m.To {
		if err := msg.AddTo(whole(a)); err != nil {
			return nil, mail.NoSuchAddress(err)
		}
	}
	_, domain, _ := strings.Cut(m.From.Email, "@")
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	msg.SetDateWithValue(at)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office answers
	msg.Subject(m.Subject)
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, f := range m.Files {
		if err := msg.AttachReader(f.Name, bytes.NewReader(f.Bytes), gomail.WithFileContentType(gomail.ContentType(f.Type))); err != nil {
			return nil, fmt.Errorf("mail: attach: %w", err)
		}
	}
	return msg, nil
}

// whole is a as a header has it: a name with quotation marks in it stays a name.
// A backslash beside what is not ASCII is left out, because package net/mail
// writes it so that nobody, itself included, can read the header.
func whole(a mail.Address) string {
	if mime.QEncoding.Encode("utf-8", a.Name) != a.Name {
		a.Name = strings.ReplaceAll(a.Name, `\`, "")
	}
	return (&netmail.Address{Name: a.Name, Address: a.Email}).String()
}

// Bytes returns m as it travels.
func Bytes(m mail.Message, at time.Time) ([]byte, error) {
	msg, err := Compose(m, at)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = msg.WriteTo(&b)
	return b.Bytes(), err
}
