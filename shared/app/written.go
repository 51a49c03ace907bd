package app

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/letter"
	"motorpool/shared/person"
)

// written are the letters that were sent to somebody who rents.
type written struct {
	letters *letter.Service
	people  *person.Service
}

// Name is for person.Holding.
func (written) Name() string { return "letters" }

// Of is for person.Holding. A link that lets somebody in is not in it.
func (w written) Of(ctx context.Context, workspace, id string) (any, error) {
	var all []letter.Letter
	err := w.each(ctx, workspace, id, func(address string) error {
		some, err := w.letters.To(ctx, workspace, address)
		all = append(all, some...)
		return err
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all, nil
}

// Erase is for person.Holding.
func (w written) Erase(ctx context.Context, actor access.Actor, id string, _ time.Time) error {
	return w.each(ctx, actor.Workspace, id, func(address string) error { return w.letters.Forget(ctx, actor.Workspace, address) })
}

func (w written) each(ctx context.Context, workspace, id string, do func(address string) error) error {
	addresses, err := w.people.Emails(ctx, workspace, id)
	for _, a := range addresses {
		if err = do(a); err != nil {
			return err
		}
	}
	return err
}
