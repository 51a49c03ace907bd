package inbox

import (
	"context"
	"hash/fnv"
	"sync"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/signature"
	"motorpool/shared/table"
)

// Secrets tells which keys count at an instant for signatures sent to a URL: those of
// every endpoint of the workspace that has exactly this URL. webhook.Service is one.
type Secrets interface {
	KeysFor(ctx context.Context, workspace, url string, at time.Time) ([]signature.Key, error)
}

// Service is what the rest of the product may ask.
type Service struct {
	Table    table.Table
	NewID    ident.Source
	NewToken func() string // ident.Secret: at least 128 random bits, lower-case letters and digits
	Secrets  Secrets
	BaseURL  string // of the product, as people reach it: "https://motorpool.example"

	turns [64]sync.Mutex // see turn
}

// tries bounds how often a change is made again because somebody else was faster.
const tries = 20

// Create makes an inbox. It returns fault.Conflict with code "inbox.too_many"
// if the workspace has MaxInboxes already.
func (s *Service) Create(ctx context.Context, actor access.Actor, set Settings, at time.Time) (*Inbox, error) {
	i := &Inbox{ID: s.NewID("inb"), Workspace: actor.Workspace, Token: s.NewToken(), Status: 200, Created: at, Expires: at.Add(Lifetime)}
	if err := i.change(set); err != nil {
		return nil, err
	}
	err := table.Again(ctx, tries, func() error {
		list, guard, err := s.list(ctx, actor.Workspace)
		if err != nil {
			return err
		}
		if len(list) >= MaxInboxes {
			return fault.New(fault.Conflict, "inbox.too_many", "A workspace has at most %d test URLs. Each goes away seven days after it was made.", MaxInboxes)
		}
		return s.add(ctx, i, guard)
	})
	return s.seen(i, err)
}

// Get returns one inbox of the actor's workspace, or fault.NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, id string) (*Inbox, error) {
	i, err := s.load(ctx, actor.Workspace, id)
	return s.seen(i, err)
}

// List returns the workspace's inboxes, newest first. There are at most MaxInboxes.
func (s *Service) List(ctx context.Context, actor access.Actor) ([]*Inbox, error) {
	list, _, err := s.list(ctx, actor.Workspace)
	for _, i := range list {
		i.URL = s.url(i)
	}
	return list, err
}

// Change changes what an inbox answers. Requests that arrive meanwhile are not lost.
func (s *Service) Change(ctx context.Context, actor access.Actor, id string, set Settings) (i *Inbox, err error) {
	err = table.Again(ctx, tries, func() error {
		if i, err = s.load(ctx, actor.Workspace, id); err != nil {
			return err
		}
		if err = i.change(set); err != nil {
			return err
		}
		return s.save(ctx, i)
	})
	return s.seen(i, err)
}

// Requests returns a page of what an inbox has kept, newest first.
func (s *Service) Requests(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]Request, string, error) {
	i, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, "", err
	}
	return s.requests(ctx, i, cursor, limit)
}

// Find returns the inbox that a token opens. Every token that opens none gets
// the same fault.NotFound.
func (s *Service) Find(ctx context.Context, token string) (*Inbox, error) {
	workspace, id, err := s.door(ctx, token)
	if err != nil {
		return nil, err
	}
	i, err := s.load(ctx, workspace, id)
	return s.seen(i, err)
}

// Receive keeps a request for the inbox that token opens and returns that
// inbox: its Status is what to answer, after its Delay. It returns
// fault.NotFound for a token that opens nothing, and fault.TooMany for one that
// is sent too much; both keep nothing.
func (s *Service) Receive(ctx context.Context, token string, in Request, at time.Time) (i *Inbox, err error) {
	workspace, id, err := s.door(ctx, token)
	if err != nil {
		return nil, err
	}
	in.ID, in.At = s.NewID("req"), at
	defer s.turn(id)()
	judged := false
	err = table.Again(ctx, tries, func() error {
		if i, err = s.load(ctx, workspace, id); err != nil {
			return err
		}
		drop, err := i.take(ident.Suffix(in.ID), at)
		if err != nil {
			return err
		}
		if !judged {
			in.Signature, judged = s.judge(ctx, i, &in, at), true
		}
		in.Answered = i.Status
		return s.keep(ctx, i, in, drop)
	})
	return s.seen(i, err)
}

// turn makes senders to one inbox wait for each other in this process, until the
// function it returns is called. They change one item, so all but one would
// fail and try again; between processes that is what happens.
func (s *Service) turn(id string) func() {
	h := fnv.New32a()
	h.Write([]byte(id))
	m := &s.turns[h.Sum32()%uint32(len(s.turns))]
	m.Lock()
	return m.Unlock
}

// judge verifies in. That it cannot is no reason not to keep the request.
func (s *Service) judge(ctx context.Context, i *Inbox, in *Request, at time.Time) Signature {
	if in.Header.Get(signature.HeaderSignature) == "" {
		return in.verify(nil, at)
	}
	keys, err := s.Secrets.KeysFor(ctx, i.Workspace, s.url(i), at)
	if err != nil {
		return Signature{Unknown, "The endpoint's secrets could not be read just now."}
	}
	return in.verify(keys, at)
}

// seen fills in what is not stored, or hands on what went wrong and nothing else.
func (s *Service) seen(i *Inbox, err error) (*Inbox, error) {
	if err != nil {
		return nil, err
	}
	i.URL = s.url(i)
	return i, nil
}

func (s *Service) url(i *Inbox) string { return s.BaseURL + "/inbox/" + i.Token }
