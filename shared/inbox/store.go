package inbox

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where inboxes rest:
//
//	DOOR#INBOX#<sha256 of token>  INBOX       -> {workspace, inbox}: how a sender's token finds the workspace
//	WS#w#INBOX                    inb_…       -> Inbox
//	WS#w#INBOX                    GUARD       -> {}: creations pass it one at a time, so that the count holds
//	WS#w#INBOX#inb_…              REQ#<ref>   -> Request
//
// All but the guard expire with the inbox. The token lies readable in the
// workspace's own partition, because its people must see the URL again.

type pointer struct {
	Workspace string `json:"workspace"`
	Inbox     string `json:"inbox"`
}

func shelf(workspace string) string { return "WS#" + workspace + "#INBOX" }

func doorKey(token string) table.Key {
	return table.Key{PK: "DOOR#INBOX#" + ident.Hash(token), SK: "INBOX"}
}

func requestKey(i *Inbox, ref string) table.Key {
	return table.Key{PK: shelf(i.Workspace) + "#" + i.ID, SK: "REQ#" + ref}
}

func (s *Service) add(ctx context.Context, i *Inbox, guard table.Item) error {
	door, err := json.Marshal(pointer{i.Workspace, i.ID})
	if err != nil {
		return err
	}
	put, err := putOf(i)
	if err != nil {
		return err
	}
	if err := s.Table.Write(ctx, put, table.Put(guard),
		table.Put(table.Item{Key: doorKey(i.Token), Expires: i.Expires, Doc: door})); err != nil {
		return err
	}
	i.Version++
	return nil
}

func (s *Service) save(ctx context.Context, i *Inbox) error {
	put, err := putOf(i)
	if err != nil {
		return err
	}
	if err := s.Table.Write(ctx, put); err != nil {
		return err
	}
	i.Version++
	return nil
}

// keep stores a request, its inbox as take left it, and lets the dropped one go.
func (s *Service) keep(ctx context.Context, i *Inbox, in Request, drop string) error {
	doc, err := json.Marshal(in)
	if err != nil {
		return err
	}
	put, err := putOf(i)
	if err != nil {
		return err
	}
	ops := []table.Op{put, table.Put(table.Item{Key: requestKey(i, ident.Suffix(in.ID)), Expires: i.Expires, Doc: doc})}
	if drop != "" {
		ops = append(ops, table.Delete(requestKey(i, drop), 1))
	}
	if err := s.Table.Write(ctx, ops...); err != nil {
		return err
	}
	i.Version++
	return nil
}

func putOf(i *Inbox) (table.Op, error) {
	doc, err := json.Marshal(i)
	return table.Put(table.Item{Key: table.Key{PK: shelf(i.Workspace), SK: i.ID}, Version: i.Version, Expires: i.Expires, Doc: doc}), err
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Inbox, error) {
	if !ident.Has("inb", id) {
		return nil, notFound(nil)
	}
	it, err := s.Table.Get(ctx, table.Key{PK: shelf(workspace), SK: id})
	if err != nil {
		return nil, notFound(err)
	}
	return read(it)
}

func read(it table.Item) (*Inbox, error) {
	i := &Inbox{Version: it.Version}
	return i, json.Unmarshal(it.Doc, i)
}

// list reads the whole shelf, newest first, and the guard, ready to be put again.
func (s *Service) list(ctx context.Context, workspace string) (list []*Inbox, guard table.Item, err error) {
	guard = table.Item{Key: table.Key{PK: shelf(workspace), SK: "GUARD"}, Doc: json.RawMessage(`{}`)}
	q := table.Query{PK: shelf(workspace), Reverse: true}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, guard, err
		}
		for _, it := range page.Items {
			if it.Key.SK == guard.Key.SK {
				guard.Version = it.Version
				continue
			}
			i, err := read(it)
			if err != nil {
				return nil, guard, err
			}
			list = append(list, i)
		}
		if q.After = page.Next; page.Next == "" {
			return list, guard, nil
		}
	}
}

func (s *Service) requests(ctx context.Context, i *Inbox, cursor string, limit int) ([]Request, string, error) {
	page, err := s.Table.Query(ctx, table.Query{PK: shelf(i.Workspace) + "#" + i.ID, Prefix: "REQ#", Reverse: true, Limit: limit, After: cursor})
	if err != nil {
		return nil, "", err
	}
	out := make([]Request, len(page.Items))
	for n, it := range page.Items {
		if err := json.Unmarshal(it.Doc, &out[n]); err != nil {
			return nil, "", err
		}
	}
	return out, page.Next, nil
}

// door finds whose inbox a token opens.
func (s *Service) door(ctx context.Context, token string) (workspace, id string, err error) {
	if len(token) > 100 {
		return "", "", notFound(nil)
	}
	it, err := s.Table.Get(ctx, doorKey(token))
	if err != nil {
		return "", "", notFound(err)
	}
	var p pointer
	err = json.Unmarshal(it.Doc, &p)
	return p.Workspace, p.Inbox, err
}

// notFound puts the absence of an inbox into words; other errors pass.
func notFound(err error) error {
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	return fault.New(fault.NotFound, "inbox.not_found", "There is no such test URL. It may have expired: they live for %d days.", Lifetime/(24*time.Hour))
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "test URL", PK: "WS#w#INBOX", SK: "inb_*"},
		{Name: "test URLs' guard", PK: "WS#w#INBOX", SK: "GUARD"},
		{Name: "test request", PK: "WS#w#INBOX#*", SK: "REQ#*"},
		{Name: "test URL's door", PK: "DOOR#INBOX#*", SK: "INBOX", Owner: table.Named, Last: table.LastDoors},
	}
}
