package outbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/pattern"
	"motorpool/shared/table"
)

// Custom is an event of the operator's own, to be published like ours.
type Custom struct {
	ID   string          // optional; what the operator calls it: [A-Za-z0-9_-]{1,64}
	Type string          // "custom.something"
	Data json.RawMessage // a JSON object, kept byte for byte
}

const maxType = 100

var (
	customID   = pattern.New(`^[A-Za-z0-9_-]{1,64}$`)
	customType = pattern.New(`^custom(\.[a-z][a-z0-9_]*)+$`)
)

func (c Custom) check() error {
	switch {
	case c.ID != "" && !customID(c.ID):
		return fault.New(fault.Invalid, "event.id", "An id has 1 to 64 letters, digits, underscores and hyphens.").At("id")
	case len(c.Type) > maxType || !customType(c.Type):
		return fault.New(fault.Invalid, "event.type", "Begin the type with \"custom.\" and go on with lower-case words separated by dots, at most %d characters: custom.key_returned.", maxType).At("type")
	case !utf8.Valid(c.Data) || !json.Valid(c.Data) || !bytes.HasPrefix(bytes.TrimLeft(c.Data, " \t\r\n"), []byte("{")):
		return fault.New(fault.Invalid, "event.data", "Give data as a JSON object in UTF-8.").At("data")
	}
	return nil
}

// Publish stores a custom event for everyone who subscribes to its type. The
// same id with the same type and data answers with the event that is already
// there, and true; with another type or data it is fault.Conflict.
func (s *Service) Publish(ctx context.Context, actor access.Actor, c Custom, at time.Time) (e Stored, replayed bool, err error) {
	if err := c.check(); err != nil {
		return e, false, err
	}
	if c.ID != "" {
		e, replayed, err = s.replay(ctx, actor.Workspace, c)
		if replayed || err != nil {
			return e, replayed, err
		}
	}
	fresh := s.NewID("evt")
	id := c.ID
	if id == "" {
		id = fresh
	}
	ops, err := s.customOps(ctx, actor, id, c, ident.Suffix(fresh), at)
	if err != nil {
		return e, false, err
	}
	err = s.Table.Write(ctx, ops...)
	if clash, ok := errors.AsType[*table.Conflict](err); ok && clash.Op < len(ops) && c.ID != "" {
		return s.replay(ctx, actor.Workspace, c) // someone published the same id at the same moment
	}
	if err != nil {
		return e, false, err
	}
	e, err = Read(ops[0].Item.Key.PK, ops[0].Item.Key.SK, ops[0].Item.Doc)
	return e, false, err
}

func (s *Service) customOps(ctx context.Context, actor access.Actor, id string, c Custom, ref string, at time.Time) ([]table.Op, error) {
	body, err := envelope(id, c.Type, actor, c.Data, at).Encode()
	if err != nil {
		return nil, err
	}
	if over := len(body) - events.MaxEnvelopeBytes; over > 0 {
		return nil, fault.New(fault.TooLarge, "event.too_large", "An event has at most %d bytes with its envelope; this one is %d bytes over. Send less data, or a link to it.", events.MaxEnvelopeBytes, over).At("data")
	}
	ops := []table.Op{s.put(ctx, actor.Workspace, place{ownPK(actor.Workspace, id), eventPrefix, ref}, body, at)}
	if c.ID != "" {
		ops = append(ops, table.Put(table.Item{
			Key: claimKey(actor.Workspace, id), Expires: ops[0].Item.Expires, Doc: json.RawMessage(`"` + ref + `"`),
		}))
	}
	return ops, nil
}

// replay answers for an id that is already taken. An id that looks like one of
// ours can only be a repetition, because we make those.
func (s *Service) replay(ctx context.Context, workspace string, c Custom) (Stored, bool, error) {
	it, err := s.find(ctx, workspace, c.ID)
	switch {
	case fault.KindOf(err) == fault.NotFound && ident.Has("evt", c.ID):
		return Stored{}, false, fault.New(fault.Invalid, "event.id", "Ids of this form are made by Motorpool. Choose another, or leave it out.").At("id")
	case fault.KindOf(err) == fault.NotFound:
		return Stored{}, false, nil
	case err != nil:
		return Stored{}, false, err
	}
	e, err := Read(it.Key.PK, it.Key.SK, it.Doc)
	if err != nil {
		return Stored{}, false, err
	}
	was, err := e.Envelope()
	if err == nil && (was.Type != c.Type || !bytes.Equal(was.Data, c.Data)) {
		err = fault.New(fault.Conflict, "event.mismatch", "There is already an event with this id, and it says something else. Send the same type and data, or choose another id.").At("id")
	}
	return e, err == nil, err
}

func unquote(doc []byte) string { return strings.Trim(string(doc), `"`) }
