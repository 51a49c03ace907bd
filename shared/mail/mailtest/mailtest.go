// Package mailtest is the definition of mail.Mailer, in the form of a test. An
// adapter is done when Run passes against it.
package mailtest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/mail"
)

// Now is when all messages of the suite are sent.
var Now = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)

// A Place is a mailer, and what has arrived through it so far: the messages as
// they travelled, in any order.
type Place struct {
	mail.Mailer
	Arrived func(t *testing.T) [][]byte
}

// Run tests the places that open returns. Each call gives an empty one whose
// clock stands at Now.
func Run(t *testing.T, open func(t *testing.T) Place) {
	for _, tt := range []struct {
		name string
		test func(*testing.T, Place)
	}{
		{"delivers what was written", testWhole},
		{"delivers to everybody", testEverybody},
		{"delivers words of all languages", testLanguages},
		{"sends nothing that is not whole", testRefusals},
		{"lets nobody smuggle a header in", testInjection},
		{"serves many at once", testConcurrent},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.test(t, open(t))
		})
	}
}

// Message returns one that every adapter sends.
func Message(id string) mail.Message {
	return mail.Message{
		ID: id, From: mail.Address{Name: "Harbour City Cars", Email: "bookings@harbour.example"}, To: []mail.Address{{Name: "Ada Lovelace", Email: "ada@example.com"}},
		Subject: "Your invitation", Text: "Hello Ada,\nfollow the link.\n", HTML: "<p>Hello Ada,</p>",
	}
}

func send(t *testing.T, p Place, m mail.Message) {
	t.Helper()
	if err := p.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

// only returns the one message that has arrived.
func only(t *testing.T, p Place) *letter {
	t.Helper()
	all := p.Arrived(t)
	if len(all) != 1 {
		t.Fatalf("%d messages arrived, want 1", len(all))
	}
	return read(t, all[0])
}

// A letter is a message as its reader sees it.
type letter struct {
	netmail.Header
	text, html string
	files      map[string]string
}

func read(t *testing.T, raw []byte) *letter {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%v in\n%s", err, raw)
	}
	l := &letter{Header: m.Header, files: map[string]string{}}
	l.part(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body)
	return l
}

func (l *letter) part(t *testing.T, kind, encoding, disposition string, body io.Reader) {
	t.Helper()
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(media, "multipart/") {
		for parts := multipart.NewReader(body, params["boundary"]); ; {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			l.part(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-Disposition"), p)
		}
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	all, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	content := strings.ReplaceAll(string(all), "\r\n", "\n")
	if how, p, _ := mime.ParseMediaType(disposition); how == "attachment" {
		name, err := new(mime.WordDecoder).DecodeHeader(p["filename"])
		if err != nil {
			t.Fatal(err)
		}
		l.files[name] = media + ":" + string(all)
		return
	}
	switch media {
	case "text/plain":
		l.text = content
	case "text/html":
		l.html = content
	}
}

func (l *letter) decoded(t *testing.T, name string) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(l.Get(name))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func testWhole(t *testing.T, p Place) {
	m := Message("msg_1")
	m.ReplyTo = mail.Address{Email: "desk@harbour.example"}
	m.Files = []mail.File{{Name: "Invoice 7.pdf", Type: "application/pdf", Bytes: []byte("%PDF\x00\xff\r\n")}}
	send(t, p, m)
	l := only(t, p)
	for name, want := range map[string]string{
		"From": `"Harbour City Cars" <bookings@harbour.example>`, "To": `"Ada Lovelace" <ada@example.com>`, "Reply-To": "<desk@harbour.example>",
		"Subject": "Your invitation", "Message-Id": "<msg_1@harbour.example>", "Date": "Sun, 01 Mar 2026 09:30:00 +0000", "Auto-Submitted": "auto-generated",
	} {
		if got := l.decoded(t, name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if strings.TrimSpace(l.text) != strings.TrimSpace(m.Text) || strings.TrimSpace(l.html) != m.HTML {
		t.Errorf("got %q and %q", l.text, l.html)
	}
	if got := l.files["Invoice 7.pdf"]; got != "application/pdf:%PDF\x00\xff\r\n" {
		t.Errorf("the file: got %q", l.files)
	}
}

func testEverybody(t *testing.T, p Place) {
	m := Message("msg_1")
	m.To = nil
	for i := range mail.MaxTo {
		m.To = append(m.To, mail.Address{Email: fmt.Sprintf("person-%d@example.com", i)})
	}
	send(t, p, m)
	to, err := only(t, p).AddressList("To")
	if err != nil || len(to) != mail.MaxTo || to[49].Address != "person-49@example.com" {
		t.Errorf("got %d, %v", len(to), err)
	}
}

func testLanguages(t *testing.T, p Place) {
	m := Message("msg_1")
	m.From.Name, m.To[0].Name = "Zoë's Fleet, Inc.", "Ærø “Q” Łódź"
	m.Subject = "Führerschein läuft ab – 運転免許 🚗 " + strings.Repeat("ü", 100)
	m.Text = "Grüße\n.\nFrom here\n" + strings.Repeat("long line é ", 200) + "\n"
	send(t, p, m)
	l := only(t, p)
	from, err := l.AddressList("From")
	if err != nil || from[0].Name != m.From.Name {
		t.Errorf("from %v, %v", from, err)
	}
	to, err := l.AddressList("To")
	if err != nil || to[0].Name != m.To[0].Name {
		t.Errorf("to %v, %v", to, err)
	}
	if got := l.decoded(t, "Subject"); got != m.Subject {
		t.Errorf("subject %q", got)
	}
	if strings.TrimRight(l.text, "\n") != strings.TrimRight(m.Text, "\n") {
		t.Errorf("text %q", l.text)
	}
}

func testRefusals(t *testing.T, p Place) {
	for name, tt := range map[string]struct {
		code   string
		change func(*mail.Message)
	}{
		"no id":            {"mail.id", func(m *mail.Message) { m.ID = "" }},
		"id with a space":  {"mail.id", func(m *mail.Message) { m.ID = "a b" }},
		"nobody":           {"mail.to", func(m *mail.Message) { m.To = nil }},
		"too many":         {"mail.to", func(m *mail.Message) { m.To = slices.Repeat(m.To, mail.MaxTo+1) }},
		"no sender":        {"mail.address", func(m *mail.Message) { m.From = mail.Address{} }},
		"half an address":  {"mail.address", func(m *mail.Message) { m.To[0].Email = "ada" }},
		"no domain":        {"mail.address", func(m *mail.Message) { m.To[0].Email = "ada@" }},
		"a host":           {"mail.address", func(m *mail.Message) { m.To[0].Email = "ada@localhost" }},
		"an address in []": {"mail.address", func(m *mail.Message) { m.To[0].Email = "ada@[127.0.0.1]" }},
		"two addresses":    {"mail.address", func(m *mail.Message) { m.To[0].Email = "ada@example.com, eve@example.com" }},
		"with its name":    {"mail.address", func(m *mail.Message) { m.To[0].Email = "Ada <ada@example.com>" }},
		"quoted":           {"mail.address", func(m *mail.Message) { m.To[0].Email = `"ada lovelace"@example.com` }},
		"bad reply-to":     {"mail.address", func(m *mail.Message) { m.ReplyTo.Email = "x@y..z" }},
		"no subject":       {"mail.subject", func(m *mail.Message) { m.Subject = "" }},
		"long subject":     {"mail.subject", func(m *mail.Message) { m.Subject = strings.Repeat("ü", mail.MaxSubject+1) }},
		"no text":          {"mail.text", func(m *mail.Message) { m.Text = " \n" }},
		"broken text":      {"mail.text", func(m *mail.Message) { m.Text = "\xff" }},
		"broken html":      {"mail.text", func(m *mail.Message) { m.HTML = "\xff" }},
		"file of no type":  {"mail.file", func(m *mail.Message) { m.Files = []mail.File{{Name: "a"}} }},
		"file of no name":  {"mail.file", func(m *mail.Message) { m.Files = []mail.File{{Type: "a/b"}} }},
		"file in a folder": {"mail.file", func(m *mail.Message) { m.Files = []mail.File{{Name: "a/b", Type: "a/b"}} }},
		"too big": {"mail.size", func(m *mail.Message) {
			m.Files = []mail.File{{Name: "a", Type: "a/b", Bytes: make([]byte, mail.MaxBytes)}}
		}},
	} {
		m := Message("msg_1")
		tt.change(&m)
		if err := p.Send(t.Context(), m); fault.KindOf(err) != fault.Invalid || fault.CodeOf(err) != tt.code {
			t.Errorf("%s: got %v, want %s", name, err, tt.code)
		}
	}
	if n := len(p.Arrived(t)); n != 0 {
		t.Errorf("%d messages arrived all the same", n)
	}
}

// testInjection writes line ends of every kind wherever text goes into a header.
func testInjection(t *testing.T, p Place) {
	for _, end := range []string{"\r\n", "\n", "\r", "\u2028", "\x00", "\u0085"} {
		evil := "x" + end + "Bcc: eve@example.com"
		for name, change := range map[string]func(*mail.Message){
			"id": func(m *mail.Message) { m.ID = evil }, "subject": func(m *mail.Message) { m.Subject = evil },
			"sender's name": func(m *mail.Message) { m.From.Name = evil }, "recipient's name": func(m *mail.Message) { m.To[0].Name = evil },
			"recipient": func(m *mail.Message) { m.To[0].Email = "a@example.com" + end + "Bcc: eve@example.com" },
			"file":      func(m *mail.Message) { m.Files = []mail.File{{Name: evil, Type: "a/b"}} },
			"type":      func(m *mail.Message) { m.Files = []mail.File{{Name: "a", Type: "a/b" + end + "X: y"}} },
		} {
			m := Message("msg_1")
			change(&m)
			if err := p.Send(t.Context(), m); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q in the %s: got %v", end, name, err)
			}
		}
	}
	if n := len(p.Arrived(t)); n != 0 {
		t.Errorf("%d messages arrived all the same", n)
	}
}

func testConcurrent(t *testing.T, p Place) {
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			if err := p.Send(t.Context(), Message(fmt.Sprintf("msg_%d", i))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	ids := map[string]bool{}
	for _, raw := range p.Arrived(t) {
		ids[read(t, raw).Get("Message-Id")] = true
	}
	if len(ids) != 12 {
		t.Errorf("%d arrived, want 12", len(ids))
	}
}
