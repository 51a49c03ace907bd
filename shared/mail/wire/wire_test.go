package wire_test

import (
	"bytes"
	netmail "net/mail"
	"testing"
	"time"

	"motorpool/shared/mail"
	"motorpool/shared/mail/wire"
)

// TestANameArrivesAsItIs: quotation marks made go-mail's own way of writing names
// unreadable, and a backslash beside an accent that of package net/mail.
func TestANameArrivesAsItIs(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Ada", `Ada "Duke" Byron`, `"`, `\ñ`, `"" <eve@evil.example>, "`, "Ådå, of Byron", "阿达", "a@b.example", "=?utf-8?q?x?="} {
		m := mail.Message{ID: "m_1", From: mail.Address{Name: name, Email: "cars@motorpool.example"}, ReplyTo: mail.Address{Name: name, Email: "desk@motorpool.example"}, To: []mail.Address{{Name: name, Email: "ada@example.com"}}, Subject: "S", Text: "T"}
		b, err := wire.Bytes(m, time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		got, err := netmail.ReadMessage(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		for header, email := range map[string]string{"From": "cars@motorpool.example", "Reply-To": "desk@motorpool.example", "To": "ada@example.com"} {
			all, err := got.Header.AddressList(header)
			if err != nil || len(all) != 1 || all[0].Address != email || name != `\ñ` && name != "=?utf-8?q?x?=" && all[0].Name != name {
				t.Errorf("%q: %s is %q: %v, %v", name, header, got.Header.Get(header), all, err)
			}
		}
	}
}
