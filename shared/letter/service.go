package letter

import (
	"context"

	"motorpool/shared/ident"
	"motorpool/shared/mail"
	"motorpool/shared/queue"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table table.Table
	Box   secrets.Box
	NewID ident.Source

	// What only the sending of letters needs.
	Queue   queue.Queue // "letters": one message for each letter, and one for each later try
	Mail    mail.Mailer
	Senders func(ctx context.Context, workspace string) (Sender, error) // who letters of a workspace, or of none, come from
	BaseURL string                                                      // where the console is: "https://motorpool.example"
}

// Write returns the op that asks for a letter. An empty workspace is none: who
// signs in does so before they enter one.
func (s *Service) Write(ctx context.Context, workspace string, l Letter) (table.Op, error) {
	l.ID, l.State = s.NewID("ltr"), Waiting
	r := record{Letter: l, key: key(workspace, l.ID)}
	if l.Link != "" {
		var err error
		if r.Sealed, err = s.Box.Seal(ctx, []byte(l.Link), bound(r.key)); err != nil {
			return table.Op{}, err
		}
	}
	return r.put()
}

// Read returns a letter with its link.
func (s *Service) Read(ctx context.Context, workspace, id string) (Letter, error) {
	r, err := s.load(ctx, workspace, id)
	if err == nil {
		err = s.unseal(ctx, &r)
	}
	return r.Letter, err
}

// List returns a page of the letters of a workspace, or of none, newest first
// and without their links: the log of what was sent.
func (s *Service) List(ctx context.Context, workspace, cursor string, limit int) ([]Letter, string, error) {
	q := table.Query{PK: partition(workspace), Reverse: true, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (Letter, bool, error) {
		r, err := read(it)
		return r.Letter, true, err
	})
}
