package mail

import (
	"mime"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"motorpool/shared/fault"
)

// The limits that hold in every adapter.
const (
	MaxTo      = 50      // recipients, as SES allows them
	MaxSubject = 250     // characters
	MaxBytes   = 7 << 20 // of text, HTML and files: 10 MB once encoded, which most servers take
)

// Validate reports what is wrong with m. Adapters call it before they send
// anything, so that what one of them would refuse all refuse.
func (m Message) Validate() error {
	if !validID(m.ID) {
		return fault.New(fault.Invalid, "mail.id", "Name the message with 1 to 100 letters, digits, '_' and '-'.").At("id")
	}
	if err := m.addresses(); err != nil {
		return err
	}
	if !oneLine(m.Subject) || m.Subject == "" || utf8.RuneCountInString(m.Subject) > MaxSubject {
		return fault.New(fault.Invalid, "mail.subject", "Give the message a subject: one line of at most %d characters.", MaxSubject).At("subject")
	}
	size := len(m.Text) + len(m.HTML)
	for _, f := range m.Files {
		size += len(f.Bytes)
		kind, _, err := mime.ParseMediaType(f.Type)
		if !oneLine(f.Name) || f.Name == "" || len(f.Name) > 200 || strings.ContainsAny(f.Name, `/\`) || err != nil || !strings.Contains(kind, "/") {
			return fault.New(fault.Invalid, "mail.file", "Attach a file with a name of one line and a media type.").At("files").Because(err)
		}
	}
	switch {
	case strings.TrimSpace(m.Text) == "" || !utf8.ValidString(m.Text) || !utf8.ValidString(m.HTML):
		return fault.New(fault.Invalid, "mail.text", "Write the message as plain text too, in UTF-8.").At("text")
	case size > MaxBytes:
		return fault.New(fault.Invalid, "mail.size", "A message and its files have at most %d bytes, not %d. Send a link instead.", MaxBytes, size).At("files")
	}
	return nil
}

func (m Message) addresses() error {
	if err := m.From.Validate(); err != nil {
		return err
	}
	if m.ReplyTo != (Address{}) {
		if err := m.ReplyTo.Validate(); err != nil {
			return err
		}
	}
	if len(m.To) == 0 || len(m.To) > MaxTo {
		return fault.New(fault.Invalid, "mail.to", "Send a message to 1 to %d people, not to %d.", MaxTo, len(m.To)).At("to")
	}
	for _, a := range m.To {
		if err := a.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// Validate reports whether a is a mailbox as people have them: local@domain.tld
// with a name of one line. What RFC 5322 allows beyond that (quotes, comments,
// addresses of machines) is refused: nobody has it, and servers disagree on it.
func (a Address) Validate() error {
	wrong := fault.New(fault.Invalid, "mail.address", "Give an e-mail address like ada@example.com.")
	parsed, err := mail.ParseAddress(a.Email)
	if err != nil || parsed.Address != a.Email || parsed.Name != "" || len(a.Email) > 254 {
		return wrong.Because(err)
	}
	local, domain, _ := strings.Cut(a.Email, "@")
	if len(local) > 64 || strings.ContainsAny(local, "\"(),:;<>[\\] ") || !validDomain(domain) {
		return wrong
	}
	if !oneLine(a.Name) || utf8.RuneCountInString(a.Name) > 200 {
		return fault.New(fault.Invalid, "mail.name", "Give a name of one line, at most 200 characters.")
	}
	return nil
}

// validDomain admits host names with a dot; beyond ASCII, as people write them.
func validDomain(d string) bool {
	labels := strings.Split(d, ".")
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' ||
			strings.ContainsFunc(l, func(r rune) bool {
				return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
			}) {
			return false
		}
	}
	return len(labels) > 1
}

func validID(id string) bool {
	return id != "" && len(id) <= 100 && !strings.ContainsFunc(id, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	})
}

// oneLine refuses what could begin another header, or hides.
func oneLine(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' })
}
