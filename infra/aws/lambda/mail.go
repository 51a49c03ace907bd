package lambda

import (
	"context"

	"motorpool/shared/fault"
	"motorpool/shared/mail"
)

// nobody is the mailer of a deployment that was not told whom letters come from.
// They wait, as for a server that is out of reach: who deploys can say so yet.
type nobody struct{}

// noSender is whom letters come from where nobody said so: a well-formed address
// (RFC 6761), so that they wait for the mailer's answer and do not fail for good.
const noSender = "nobody@motorpool.invalid"

var _ mail.Mailer = nobody{}

func (nobody) Send(context.Context, mail.Message) error {
	return fault.New(fault.Unavailable, "mail.no_sender", "This Motorpool has no address to send e-mail from. Whoever deploys it gives the parameter MailFrom.")
}

// unsendable stands where an area has no mailer.
type unsendable struct{ absent }

func (u unsendable) Send(context.Context, mail.Message) error { return u.err() }
