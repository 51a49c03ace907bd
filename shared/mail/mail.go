// Package mail sends e-mail: invitations, sign-in links, reminders, documents.
// On AWS it goes through SES, on one machine through an SMTP server, or into an
// outbox that nobody but the console reads.
//
// A Message is whole when it comes here: who writes it, in which words and
// whether somebody wants it is for the nouns to know. The port promises that
// what Send acknowledged has been taken over by a server (or by the file), and
// that no header can be smuggled in through a name or a subject. Sending one
// message twice may deliver it twice; both have the same Message-ID, by which
// readers' programs tell that they are one.
package mail

import (
	"context"
	"time"

	"motorpool/shared/fault"
)

// Address is somebody's mailbox.
type Address struct {
	Name  string `json:"name,omitempty"` // what people call them; may be empty
	Email string `json:"email"`          // "ada@example.com"
}

// Message is one e-mail.
type Message struct {
	ID      string    `json:"id"`   // unique for ever: letters, digits, "_" and "-"; becomes the left part of the Message-ID
	From    Address   `json:"from"` // who it comes from; its domain must be one that the server may send for
	ReplyTo Address   `json:"reply_to,omitzero"`
	To      []Address `json:"to"`      // 1 to MaxTo; all see each other
	Subject string    `json:"subject"` // one line
	Text    string    `json:"text"`    // for those who read plain text: always there
	HTML    string    `json:"html,omitempty"`
	Files   []File    `json:"files,omitempty"`
}

// File is an attachment.
type File struct {
	Name  string `json:"name"` // "Invoice INV000123.pdf"
	Type  string `json:"type"` // media type: "application/pdf"
	Bytes []byte `json:"bytes"`
}

// Mailer sends messages. It is safe for concurrent use.
type Mailer interface {
	// Send hands m over. It returns fault.Invalid for a message that no server
	// will ever take (code "mail.address" if it is because of a recipient), which
	// must not be sent again, and fault.Unavailable, code "mail.busy", when it can
	// be tried again later.
	Send(ctx context.Context, m Message) error
}

// Kept is a message that a mailer kept instead of sending it.
type Kept struct {
	Sent    time.Time `json:"sent"`
	Message Message   `json:"message"`
}

// Outbox shows what a mailer kept. Where e-mail leaves the house there is none.
type Outbox interface {
	// Latest returns the messages, the latest first, at most n of them.
	Latest(n int) ([]Kept, error)
}

// Refused is what a mailer says of a message that will never be taken.
func Refused(cause error) error {
	return fault.New(fault.Invalid, "mail.refused", "The mail server does not take this message. Check the sender's address and the message.").Because(cause)
}

// NoSuchAddress is what a mailer says of a recipient whom the server refuses.
func NoSuchAddress(cause error) error {
	return fault.New(fault.Invalid, "mail.address", "The mail server knows no such recipient. Check the address.").Because(cause)
}

// Busy is what a mailer says while its server is out of reach or asks to wait.
func Busy(cause error) error {
	return fault.New(fault.Unavailable, "mail.busy", "The mail server cannot take the message now. It will be tried again.").Because(cause)
}
