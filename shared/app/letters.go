package app

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/letter"
	"motorpool/shared/mail"
	"motorpool/shared/member"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
	"motorpool/shared/webhook"
	"motorpool/shared/workspace"
)

// Feeds reports whether the item at k goes to the table's feed once it is newly
// stored, and so wakes workers.publish_events: events and letters.
func Feeds(k table.Key) bool { return outbox.IsEvent(k) || letter.Is(k) }

// senders says who letters come from: always this house's address, for no server
// may send for another's; by the workspace's name, with its address for replies.
func senders(spaces *workspace.Service, from mail.Address) func(context.Context, string) (letter.Sender, error) {
	return func(ctx context.Context, id string) (letter.Sender, error) {
		if id == "" {
			return letter.Sender{From: from}, nil
		}
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return letter.Sender{}, err
		}
		s := letter.Sender{Place: w.Name, From: mail.Address{Name: w.Sender(), Email: from.Email}, Left: !w.Left.IsZero()}
		if zone, err := time.LoadLocation(w.TimeZone); err == nil && w.TimeZone != "" {
			s.Zone = zone
		}
		if w.Email.ReplyTo != "" {
			s.ReplyTo = mail.Address{Name: w.Sender(), Email: w.Email.ReplyTo}
		}
		return s, nil
	}
}

// news writes to those who can put right what has gone wrong.
type news struct {
	members *member.Service
	letters *letter.Service
}

// maxNews is how many people are written to: there is room for them in one write.
const maxNews = 50

// EndpointDisabled is as webhook.Notifier says.
func (n news) EndpointDisabled(ctx context.Context, e *webhook.Endpoint, at time.Time) ([]table.Op, error) {
	all, err := n.members.Holding(ctx, e.Workspace, access.ManageWebhooks, maxNews)
	if err != nil {
		return nil, err
	}
	var ops []table.Op
	for _, m := range all {
		op, err := n.letters.Write(ctx, e.Workspace, letter.Letter{
			Kind: letter.EndpointDisabled, Email: m.Email, Name: m.Name, Asked: at,
			About: e.URL, Text: []string{e.Why}, Page: "/settings/webhooks/endpoints/" + e.ID,
		})
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}
