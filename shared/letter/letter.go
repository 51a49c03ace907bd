// Package letter keeps the e-mails that the product wants to be written, brings
// them to the mail server, and remembers what became of each.
//
// What holds at all times:
//
//   - a letter is asked for in the transaction that makes it needed, so there is
//     none for what did not happen and none is forgotten;
//   - it is handed to the mail server at least once, or ends as failed and says
//     why; whatever happens between, all copies have one Message-ID;
//   - a link that lets somebody in is stored sealed, and is in no list;
//   - nothing that people call themselves or their things becomes a header or
//     markup of an e-mail.
//
// Who wants a letter is for those who ask to know, how it travels is mail's.
package letter

import (
	"time"

	"motorpool/shared/mail"
)

// Kind says what a letter is about, and so in which words it is written.
type Kind string

// The kinds there are.
const (
	Invitation       Kind = "invitation"        // come and work here; Link accepts
	Joined           Kind = "joined"            // you work here now, too; Link signs in as usual
	NewLink          Kind = "sign_in"           // Link signs in, once
	Reset            Kind = "reset"             // Link leads to a new password, once
	EndpointDisabled Kind = "endpoint_disabled" // nothing is sent to the webhook endpoint About any more, because of Text
	NewPapers        Kind = "new_papers"        // Lines say which papers expire; Link takes new ones
	Expiring         Kind = "expiring"          // Lines say whose papers expire; Link shows them
	Notice           Kind = "notice"            // what Title, Text and Lines say; Button leads to Link or Page
)

// State says what has become of a letter.
type State string

// The states: a letter waits until it is sent or has failed, which are final.
const (
	Waiting State = "waiting"
	Sent    State = "sent"
	Failed  State = "failed"
)

// Letter is one e-mail to one person.
type Letter struct {
	ID       string    `json:"id"` // ltr_…, given by Write
	Kind     Kind      `json:"kind"`
	Email    string    `json:"email"`
	Name     string    `json:"name,omitempty"`
	Customer bool      `json:"customer,omitempty"`  // it is to somebody who rents: found and forgotten by their address
	By       string    `json:"by,omitempty"`        // who asked for it, as people call them
	Asked    time.Time `json:"asked_at"`            // when
	Expires  time.Time `json:"expires_at,omitzero"` // when Link stops working; zero: never
	Link     string    `json:"-"`                   // a path of the console that lets somebody in: "/sign-in/…"
	Page     string    `json:"page,omitempty"`      // a path of the console that lets nobody in, where there is no Link
	About    string    `json:"about,omitempty"`     // what it is about, as people call it
	Title    string    `json:"title,omitempty"`     // a Notice's subject
	Text     []string  `json:"text,omitempty"`      // paragraphs
	Lines    []string  `json:"lines,omitempty"`     // what it is about, one by one
	Button   string    `json:"button,omitempty"`    // what a Notice calls its link: "Open the vehicle"

	State State     `json:"state,omitempty"` // empty in letters of before there was one: waiting
	Tries int       `json:"tries,omitempty"` // how often the server was asked in vain
	Next  time.Time `json:"next,omitzero"`   // when it is asked again; zero: as soon as can be
	Done  time.Time `json:"done_at,omitzero"`
	Why   string    `json:"why,omitempty"` // why it failed, or why it still waits
}

// pauses are how long a letter waits after each try in vain. After the last one
// the server has had most of a day.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 12 * time.Hour}

// open reports whether something is still to be done for l.
func (l *Letter) open() bool { return l.State == "" || l.State == Waiting }

// stale reports whether the link of l has stopped working: nobody is served by a
// letter that comes too late.
func (l *Letter) stale(at time.Time) bool { return !l.Expires.IsZero() && !at.Before(l.Expires) }

func (l *Letter) sent(at time.Time) { l.State, l.Done, l.Next, l.Why = Sent, at, time.Time{}, "" }

func (l *Letter) fail(why string, at time.Time) {
	l.State, l.Done, l.Next, l.Why = Failed, at, time.Time{}, why
}

// putOff makes l wait for its next try, or fail if there is none that would help.
func (l *Letter) putOff(why string, at time.Time) {
	if l.Tries++; l.Tries > len(pauses) {
		l.fail(why, at)
		return
	}
	next := at.Add(pauses[l.Tries-1])
	if l.stale(next) {
		l.fail(why+" By the next try its link would no longer work.", at)
		return
	}
	l.Next, l.Why = next, why
}

// A Sender is who a workspace's letters come from.
type Sender struct {
	Place   string // what the workspace is called; empty: the letter is of none
	From    mail.Address
	ReplyTo mail.Address
	Zone    *time.Location // where the workspace is: times are written as its clocks show them; nil: UTC
	Left    bool           // the workspace has moved into another house, which writes its own letters
}
