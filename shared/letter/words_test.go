package letter

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/mail"
	"motorpool/shared/mail/wire"
)

var (
	noon   = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	sender = Sender{Place: "Harbour Rentals", From: mail.Address{Name: "Harbour Rentals", Email: "cars@motorpool.example"}, ReplyTo: mail.Address{Email: "desk@harbour.example"}}
)

func TestEachKindHasItsWordsAndItsLink(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		l       Letter
		subject string
		says    []string
	}{
		{Letter{Kind: Invitation, By: "Mia", Link: "/invitations/x", Expires: noon}, "Come and work in Harbour Rentals", []string{"Mia invites you to work with Harbour Rentals", "until 1 March 2026, 12:00 (UTC)", "https://mp.example/invitations/x"}},
		{Letter{Kind: Joined, Link: "/"}, "You now work in Harbour Rentals, too", []string{"An Admin has given you access", "https://mp.example/"}},
		{Letter{Kind: NewLink, Link: "/sign-in/x", Expires: noon}, "Your link to sign in", []string{"signs you in, once", "https://mp.example/sign-in/x"}},
		{Letter{Kind: Reset, Link: "/reset/x"}, "Choose a new password", []string{"your password stays as it is"}},
		{Letter{Kind: EndpointDisabled, About: "https://a.example/hook", Text: []string{"It answered 410 Gone."}, Page: "/settings/webhooks/whe_1"}, "Webhooks are no longer sent to https://a.example/hook", []string{"It answered 410 Gone.", "https://mp.example/settings/webhooks/whe_1"}},
		{Letter{Kind: NewPapers, Lines: []string{"Passport expired"}, Link: "/hand-in/x", Expires: noon}, "Papers that Harbour Rentals needs anew", []string{"- Passport expired", "without signing in. It works until 1 March"}},
		{Letter{Kind: Expiring, Lines: []string{"Ada: Passport expired"}, Link: "/documents"}, "Papers that expire", []string{"- Ada: Passport expired"}},
		{Letter{Kind: Notice, Title: "Two papers expire", Text: []string{"Have a look."}, Lines: []string{"Licence of Ada", "Passport of Ada"}, Button: "Hand in new ones", Link: "/hand-in/x"}, "Two papers expire", []string{"- Licence of Ada\n- Passport of Ada", "Hand in new ones:\nhttps://mp.example/hand-in/x"}},
	} {
		tt.l.ID, tt.l.Email, tt.l.Name = "ltr_1", "ada@example.com", "Ada"
		m, err := tt.l.compose("https://mp.example", sender)
		if err != nil || m.Subject != tt.subject || m.ID != "ltr_1" || m.ReplyTo.Email != "desk@harbour.example" || tt.l.Subject("Harbour Rentals") != tt.subject {
			t.Errorf("%s: got %+v, %v", tt.l.Kind, m, err)
		}
		for _, want := range append(tt.says, "Hello Ada,") {
			if !strings.Contains(m.Text, want) {
				t.Errorf("%s: %q is not in %s", tt.l.Kind, want, m.Text)
			}
		}
	}
	sydney, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		t.Fatal(err)
	}
	here := sender
	here.Zone = sydney
	m, err := (&Letter{ID: "ltr_1", Kind: Invitation, Email: "ada@example.com", Link: "/x", Expires: noon}).compose("https://mp.example", here)
	if err != nil || !strings.Contains(m.Text, "until 1 March 2026, 23:00 (AEDT).") || !strings.Contains(m.Text, "An Admin invites you") {
		t.Errorf("to a reader in Sydney it says %s, %v", m.Text, err)
	}
	if _, err := (&Letter{ID: "ltr_1", Kind: "postcard", Email: "ada@example.com"}).compose("", sender); err == nil {
		t.Error("there are words for a kind that nobody knows")
	}
}

// TestNamesAreNoMarkup: whatever people call themselves and their things is text
// in the page of a letter.
func TestNamesAreNoMarkup(t *testing.T) {
	t.Parallel()
	const evil = `<script>alert(1)</script><a href="javascript:x">`
	for _, kind := range []Kind{Invitation, EndpointDisabled, Notice} {
		l := Letter{ID: "ltr_1", Kind: kind, Email: "ada@example.com", Name: evil, By: evil, About: evil, Title: evil, Text: []string{evil}, Lines: []string{evil}, Button: evil, Link: "/x"}
		m, err := l.compose("https://mp.example", Sender{Place: evil, From: sender.From})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(m.HTML, "<script") || strings.Contains(m.HTML, `"javascript:`) || !strings.Contains(m.HTML, "&lt;script&gt;") {
			t.Errorf("%s: %s", kind, m.HTML)
		}
	}
}

// TestNoNameBecomesAHeader: a line break in a name or a subject begins no header.
// The message as it travels has the headers that we gave it, and no recipient but one.
func TestNoNameBecomesAHeader(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		evil := rapid.SampledFrom([]string{"\r\nBcc: eve@evil.example", "\nX-Evil: 1", "\r\n\r\n<html>", "\u2028Bcc: eve@evil.example", "\x00", "é\r", strings.Repeat("x", 400)})
		word := rapid.Custom(func(r *rapid.T) string { return rapid.StringN(0, 10, 40).Draw(r, "before") + evil.Draw(r, "evil") })
		l := Letter{
			ID: "ltr_1", Kind: rapid.SampledFrom([]Kind{Invitation, Joined, EndpointDisabled, Notice}).Draw(r, "kind"), Email: "ada@example.com",
			Name: word.Draw(r, "name"), By: word.Draw(r, "by"), About: word.Draw(r, "about"), Title: "News " + word.Draw(r, "title"), Text: []string{"Text."}, Link: "/x",
		}
		m, err := l.compose("https://mp.example", Sender{Place: word.Draw(r, "place"), From: sender.From})
		if err != nil {
			r.Fatalf("%+v: %v", l, err)
		}
		b, err := wire.Bytes(m, noon)
		if err != nil {
			r.Fatal(err)
		}
		head, _, _ := strings.Cut(string(b), "\r\n\r\n")
		for line := range strings.SplitSeq(head, "\r\n") {
			name, _, _ := strings.Cut(strings.ToLower(line), ":")
			if name == "bcc" || name == "x-evil" || name == "cc" {
				r.Fatalf("there is a header %q:\n%s", line, head)
			}
		}
	})
}

func TestAnAddressThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for _, email := range []string{"ada@example.com\r\nBcc: eve@evil.example", "ada@example.com, eve@evil.example", "Ada <ada@example.com>", "", "ada"} {
		l := Letter{ID: "ltr_1", Kind: Joined, Email: email, Link: "/"}
		if _, err := l.compose("https://mp.example", sender); err == nil {
			t.Errorf("%q is taken", email)
		}
	}
}

// TestALetterEnds: however often the server cannot be asked, a letter waits
// longer each time, and ends.
func TestALetterEnds(t *testing.T) {
	t.Parallel()
	l, at, before := Letter{State: Waiting}, noon, time.Duration(0)
	for n := 0; l.open(); n++ {
		if n > 10 {
			t.Fatal("it waits for ever")
		}
		l.putOff("Busy.", at)
		if pause := l.Next.Sub(at); l.open() && pause <= before {
			t.Errorf("try %d: waits for %v, after %v", n, pause, before)
		} else if l.open() {
			at, before = l.Next, pause
		}
	}
	if l.State != Failed || l.Why != "Busy." || l.Tries != 7 || at.Sub(noon) < 12*time.Hour {
		t.Errorf("got %+v", l)
	}
	soon := Letter{State: Waiting, Expires: noon.Add(30 * time.Second)}
	if soon.putOff("Busy.", noon); soon.State != Failed {
		t.Errorf("its link is dead by the next try, and it waits: %+v", soon)
	}
}
