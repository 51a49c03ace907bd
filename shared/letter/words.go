package letter

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode"

	"motorpool/shared/mail"
)

// text is what a letter says: once as plain text and once as a page.
type text struct {
	Subject string
	Hello   string
	Text    []string
	Lines   []string
	Button  string
	Link    string // the whole address
	Foot    string
}

// compose writes l in words. base is where the console is: "https://…".
func (l *Letter) compose(base string, from Sender) (mail.Message, error) {
	t, err := l.words(from.Place, from.Zone)
	if err != nil {
		return mail.Message{}, err
	}
	if to := cmp.Or(l.Link, l.Page); to != "" {
		t.Link = base + to
	}
	t.Subject = clip(oneLine(t.Subject), mail.MaxSubject)
	m := mail.Message{
		ID: l.ID, From: from.From, ReplyTo: from.ReplyTo, To: []mail.Address{{Name: clip(oneLine(l.Name), 100), Email: l.Email}},
		Subject: t.Subject, Text: t.plain(), HTML: t.page(),
	}
	return m, m.Validate()
}

// Subject is what l is called in a list, in a workspace of a name.
func (l *Letter) Subject(place string) string {
	t, err := l.words(place, nil)
	if err != nil {
		return string(l.Kind)
	}
	return clip(oneLine(t.Subject), mail.MaxSubject)
}

func (l *Letter) words(place string, zone *time.Location) (text, error) {
	by, t := l.By, text{}
	if l.Name != "" {
		t.Hello = "Hello " + oneLine(l.Name) + ","
	}
	if by == "" {
		by = "An Admin"
	}
	if place != "" {
		t.Foot = "This message was sent by " + place + " with Motorpool."
	}
	switch l.Kind {
	case Invitation:
		t.Subject, t.Button = "Come and work in "+place, "Accept the invitation"
		t.Text = []string{fmt.Sprintf("%s invites you to work with %s in Motorpool.", by, place), l.until("The invitation can be accepted", zone) + " If you do not know what this is about, you need not do anything."}
	case Joined:
		t.Subject, t.Button = "You now work in "+place+", too", "Open Motorpool"
		t.Text = []string{fmt.Sprintf("%s has given you access to %s. Sign in as you always do; you can change between your workspaces in the menu.", by, place)}
	case NewLink:
		t.Subject, t.Button = "Your link to sign in", "Sign in"
		t.Text = []string{l.until("This link signs you in, once. It works", zone), "If you did not ask for it, somebody else gave your address. You need not do anything: without this message nobody can sign in with it."}
	case Reset:
		t.Subject, t.Button = "Choose a new password", "Choose a new password"
		t.Text = []string{l.until("This link lets you choose a new password, once. It works", zone), "If you did not ask for it, your password stays as it is. You need not do anything."}
	case EndpointDisabled:
		t.Subject, t.Button = "Webhooks are no longer sent to "+l.About, "Look at it, and enable it again"
		t.Text = append([]string{fmt.Sprintf("Motorpool has disabled a webhook endpoint of %s: %s", place, l.About)}, l.Text...)
		t.Text = append(t.Text, "Nothing is sent to it until somebody enables it. What it misses meanwhile can be replayed on its page.")
	case NewPapers:
		t.Subject, t.Button, t.Lines = "Papers that "+place+" needs anew", "Hand in new ones", l.Lines
		t.Text = []string{place + " needs new papers of you, because these expire:", l.until("You can send them by this link, without signing in. It works", zone)}
	case Expiring:
		t.Subject, t.Button, t.Lines = "Papers that expire", "See them", l.Lines
		t.Text = []string{"These papers of your customers and vehicles expire:"}
	case Notice:
		t.Subject, t.Text, t.Lines, t.Button = l.Title, l.Text, l.Lines, l.Button
		if t.Button == "" {
			t.Button = "Open Motorpool"
		}
	default:
		return t, fmt.Errorf("no words for a letter of kind %q", l.Kind)
	}
	return t, nil
}

// until says how long a link works, by the clocks of the workspace; in UTC where
// there is none.
func (l *Letter) until(what string, zone *time.Location) string {
	if l.Expires.IsZero() {
		return what + " until you have used it."
	}
	if zone == nil {
		zone = time.UTC
	}
	return what + " until " + l.Expires.In(zone).Format("2 January 2006, 15:04 (MST).")
}

// plain is t for those who read plain text.
func (t text) plain() string {
	var b strings.Builder
	paragraph := func(s string) {
		if s != "" {
			b.WriteString(s + "\n\n")
		}
	}
	paragraph(t.Hello)
	for _, p := range t.Text {
		paragraph(p)
	}
	for _, l := range t.Lines {
		b.WriteString("- " + l + "\n")
	}
	if len(t.Lines) > 0 {
		b.WriteString("\n")
	}
	if t.Link != "" {
		paragraph(t.Button + ":\n" + t.Link)
	}
	if t.Foot != "" {
		b.WriteString("-- \n" + t.Foot + "\n")
	}
	return b.String()
}

// oneLine puts a name on one line: what could begin another header becomes a space.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	}), " ")
}

// clip cuts s after n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
