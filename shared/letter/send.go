package letter

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// An Errand is a message in the queue: try to send a letter.
type Errand struct {
	Workspace string `json:"workspace,omitempty"` // empty: none
	Letter    string `json:"letter"`
}

// ErrandOf is the Errand about the item that was newly stored at a place in the
// table, and false if it is no letter.
func ErrandOf(pk, sk string) (Errand, bool) {
	ref, ok := strings.CutPrefix(sk, prefix)
	return Errand{workspaceOf(pk), "ltr_" + ref}, ok
}

func (e Errand) message(delay time.Duration) (queue.Message, error) {
	body, err := json.Marshal(e)
	group := e.Workspace
	if group == "" {
		group = "door"
	}
	return queue.Message{Group: group, Body: body, Delay: min(max(delay, 0), queue.MaxDelay)}, err
}

// Post hands letters that were newly stored to the queue. It may be asked to do
// so again.
func (s *Service) Post(ctx context.Context, errands []Errand) error {
	var msgs []queue.Message
	for _, e := range errands {
		m, err := e.message(0)
		if err != nil {
			return err
		}
		msgs = append(msgs, m)
	}
	if len(msgs) == 0 {
		return nil
	}
	return s.Queue.Send(ctx, msgs...)
}

// patience is how long the mail server may take for one letter.
const patience = 30 * time.Second

// Send tries to send the letter of a message: the consumer of "letters". What
// is sent or has failed is left alone, and so is what waits for a later time.
func (s *Service) Send(ctx context.Context, body json.RawMessage, at time.Time) error {
	var e Errand
	if err := json.Unmarshal(body, &e); err != nil || !ident.Has("ltr", e.Letter) {
		return fault.New(fault.Invalid, "letter.errand", "This is not about a letter.").Because(err)
	}
	r, err := s.load(ctx, e.Workspace, e.Letter)
	if fault.KindOf(err) == fault.NotFound {
		return nil // it has expired
	}
	if err != nil || !r.open() {
		return err
	}
	if left, err := s.left(ctx, e.Workspace); err != nil {
		return err
	} else if at.Before(r.Next) && !left { // in a workspace that has left, nothing waits
		return s.later(ctx, e, r.Next.Sub(at))
	}
	if err := s.try(ctx, e, &r, at); err != nil {
		return err
	}
	if r.open() { // before it is stored that it waits: after it nobody would remember
		if err := s.later(ctx, e, r.Next.Sub(at)); err != nil {
			return err
		}
	}
	op, err := r.put()
	if err == nil {
		err = s.Table.Write(ctx, op)
	}
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return nil // the same message was handed out twice, and the other was faster
	}
	return err
}

func (s *Service) left(ctx context.Context, workspace string) (bool, error) {
	from, err := s.Senders(ctx, workspace)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil // which try tells
	}
	return from.Left, err
}

func (s *Service) later(ctx context.Context, e Errand, delay time.Duration) error {
	m, err := e.message(delay)
	if err != nil {
		return err
	}
	return s.Queue.Send(ctx, m)
}

// try hands r to the mail server, and notes in r what came of it. An error is
// what keeps us from trying.
func (s *Service) try(ctx context.Context, e Errand, r *record, at time.Time) error {
	if r.stale(at) {
		r.fail("Its link had stopped working before it could be sent.", at)
		return nil
	}
	from, err := s.Senders(ctx, e.Workspace)
	if fault.KindOf(err) == fault.NotFound {
		r.fail("Its workspace is gone.", at)
		return nil
	}
	if err != nil {
		return err
	}
	if from.Left {
		r.fail("The workspace has moved to another Motorpool, which writes its own letters.", at)
		return nil
	}
	if err := s.unseal(ctx, r); err != nil {
		return err
	}
	m, err := r.compose(s.BaseURL, from)
	if err != nil {
		r.fail(said(err, "Motorpool has no words for it. Tell who runs it: this is a mistake of ours."), at)
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	switch err := s.Mail.Send(ctx, m); {
	case err == nil:
		r.sent(at)
	case fault.KindOf(err) == fault.Invalid:
		r.fail(said(err, "The mail server refused it."), at)
	default:
		r.putOff(said(err, "The mail server could not be asked."), at)
	}
	return nil
}

// said is what err says to people, or else.
func said(err error, otherwise string) string {
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind != fault.Internal {
		return f.Message
	}
	return otherwise
}
