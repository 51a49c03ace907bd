// Package ses sends e-mail through Amazon SES. The sender's address or domain
// must be verified there, and the account out of the sandbox, before strangers
// can be written to.
// https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html
package ses

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/aws/smithy-go"

	"motorpool/shared/mail"
	"motorpool/shared/mail/wire"
)

// Mailer is a mail.Mailer on SES. It is safe for concurrent use.
type Mailer struct {
	send func() sending
	now  func() time.Time
}

// sending is the one operation of SES that is used: the adapter keeps it and not
// the client, as that of queues does.
type sending = func(context.Context, *sesv2.SendEmailInput, ...func(*sesv2.Options)) (*sesv2.SendEmailOutput, error)

var _ mail.Mailer = (*Mailer)(nil)

// New returns the mailer. The client is asked for when it is needed first.
func New(client func() *sesv2.Client, now func() time.Time) *Mailer {
	return &Mailer{func() sending { return client().SendEmail }, now}
}

// Open returns the mailer of an account. It opens no connection.
func Open(cfg aws.Config, now func() time.Time) mail.Mailer {
	return New(sync.OnceValue(func() *sesv2.Client { return sesv2.NewFromConfig(cfg) }), now)
}

// Send is as mail.Mailer says. The recipients are those of the message's header.
func (m *Mailer) Send(ctx context.Context, msg mail.Message) error {
	raw, err := wire.Bytes(msg, m.now())
	if err != nil {
		return err
	}
	_, err = m.send()(ctx, &sesv2.SendEmailInput{
		FromEmailAddress: &msg.From.Email,
		Content:          &types.EmailContent{Raw: &types.RawMessage{Data: raw}},
	})
	return explain(err)
}

// explain puts what SES says into the port's words. A paused account and an
// unverified domain are put right by people: the messages wait for them.
// https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
func explain(err error) error {
	if err == nil {
		return nil
	}
	said, ok := errors.AsType[smithy.APIError](err)
	if !ok {
		return mail.Busy(err)
	}
	switch said.ErrorCode() {
	case "TooManyRequestsException", "LimitExceededException", "SendingPausedException", "AccountSuspendedException",
		"MailFromDomainNotVerifiedException", "ThrottlingException", "InternalServiceErrorException":
		return mail.Busy(err)
	case "MessageRejected", "BadRequestException":
		return mail.Refused(err)
	}
	return fmt.Errorf("ses: %w", err) // a missing permission: ours
}
