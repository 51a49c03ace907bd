package odometer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where it rests. All of an asset's is in one partition, and every change writes
// ACCOUNT, so that no two are made at once.
//
//	PK            SK                          index
//	WS#w#ODO#a    ACCOUNT                     segments, last reading, what was driven since
//	WS#w#ODO#a    READING#<instant>#<id>      what counts
//	WS#w#ODO#a    SUPERSEDED#<instant>#<id>   what once counted
//	WS#w#ODO#a    ID#<id>                     -> the sort key of the reading
//	WS#w#ODO#a    DAY#<date>                  the distances of the trips that began on it (UTC), without places
//	WS#w#ODO#a    EVENT#<ref>, AUDIT#<ref>    see outbox, audit
const (
	accountSK        = "ACCOUNT"
	readingPrefix    = "READING#"
	supersededPrefix = "SUPERSEDED#"
	idPrefix         = "ID#"
	dayPrefix        = "DAY#"
	instant          = "2006-01-02T15:04:05Z"
	date             = "2006-01-02"
	end              = "~" // sorts after everything that is in our keys
)

func pk(workspace, asset string) string { return "WS#" + workspace + "#ODO#" + asset }

func key(workspace, asset, sk string) table.Key { return table.Key{PK: pk(workspace, asset), SK: sk} }

func (r *Reading) sk() string {
	prefix := readingPrefix
	if r.State == Superseded {
		prefix = supersededPrefix
	}
	return prefix + r.ReadAt.Format(instant) + "#" + r.ID
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	const account = "WS#w#ODO#*"
	return []table.Kind{
		{Name: "odometer", PK: account, SK: accountSK},
		{Name: "odometer reading", PK: account, SK: readingPrefix + "**"},
		{Name: "superseded odometer reading", PK: account, SK: supersededPrefix + "**"},
		{Name: "odometer reading's place", PK: account, SK: idPrefix + "*"},
		{Name: "day's distances", PK: account, SK: dayPrefix + "*"},
	}
}

// account reads where an asset's odometer stands; one that was never read
// stands nowhere.
func (s *Service) account(ctx context.Context, workspace, asset string) (*Account, error) {
	it, err := s.Table.Get(ctx, key(workspace, asset, accountSK))
	if fault.KindOf(err) == fault.NotFound {
		return &Account{}, nil
	}
	if err != nil {
		return nil, err
	}
	a := &Account{Version: it.Version}
	if err := json.Unmarshal(it.Doc, a); err != nil {
		return nil, fmt.Errorf("odometer: account of %s: %w", asset, err)
	}
	return a, nil
}

func (a *Account) op(workspace, asset string) table.Op {
	doc, _ := json.Marshal(a) // numbers and texts always encode
	return table.Put(table.Item{Key: key(workspace, asset, accountSK), Version: a.Version, Doc: doc})
}

func readReading(it table.Item) (*Reading, error) {
	r := &Reading{Version: it.Version}
	if err := json.Unmarshal(it.Doc, r); err != nil {
		return nil, fmt.Errorf("odometer: reading at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	if r.State == Superseded {
		r.Version++ // it was changed when it came to this key
	}
	return r, nil
}

func (r *Reading) op() table.Op {
	doc, _ := json.Marshal(r) // numbers and texts always encode
	return table.Put(table.Item{Key: key(r.Workspace, r.Asset, r.sk()), Version: r.Version - 1, Doc: doc})
}

// reading finds a reading by its id, superseded or not.
func (s *Service) reading(ctx context.Context, workspace, asset, id string) (*Reading, table.Item, error) {
	place, err := s.Table.Get(ctx, key(workspace, asset, idPrefix+id))
	if err == nil {
		var it table.Item
		if it, err = s.Table.Get(ctx, key(workspace, asset, strings.Trim(string(place.Doc), `"`))); err == nil {
			r, err := readReading(it)
			return r, place, err
		}
	}
	if fault.KindOf(err) == fault.NotFound {
		err = fault.New(fault.NotFound, "odometer.reading_not_found", "There is no such reading of this asset.")
	}
	return nil, place, err
}

func (r *Reading) place(version int64) table.Op {
	return table.Put(table.Item{Key: key(r.Workspace, r.Asset, idPrefix+r.ID), Version: version, Doc: json.RawMessage(`"` + r.sk() + `"`)})
}

// around reads the last reading at an instant or before it, and the first after
// it. Except is left out; it is nil or the one reading that is at the instant.
func (s *Service) around(ctx context.Context, workspace, asset string, at time.Time, except *Reading) (prev, next *Reading, err error) {
	edge := readingPrefix + at.UTC().Format(instant) + "#" + end
	before, err := s.Table.Query(ctx, table.Query{PK: pk(workspace, asset), From: readingPrefix, To: edge, Reverse: true, Limit: 2})
	if err != nil {
		return nil, nil, err
	}
	after, err := s.Table.Query(ctx, table.Query{PK: pk(workspace, asset), From: edge, To: readingPrefix + end, Limit: 1})
	if err != nil {
		return nil, nil, err
	}
	if except != nil {
		before.Items = slices.DeleteFunc(before.Items, func(it table.Item) bool { return it.Key.SK == except.sk() })
	}
	if len(before.Items) > 0 {
		if prev, err = readReading(before.Items[0]); err != nil {
			return nil, nil, err
		}
	}
	if len(after.Items) > 0 {
		next, err = readReading(after.Items[0])
	}
	return prev, next, err
}

// ledger is the trips that began on one day, as the sums need them.
type ledger struct {
	Trips []Trip `json:"trips"`
}

// trips reads what was driven in a span: one page for about a year of a car that
// drives every day. Trips last a day at the most, so the day before is enough.
func (s *Service) trips(ctx context.Context, workspace, asset string, from, to time.Time) (all []Trip, err error) {
	q := table.Query{
		PK: pk(workspace, asset), From: dayPrefix + from.UTC().AddDate(0, 0, -1).Format(date),
		To: dayPrefix + to.UTC().Format(date), Limit: table.MaxPage,
	}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			var l ledger
			if err := json.Unmarshal(it.Doc, &l); err != nil {
				return nil, fmt.Errorf("odometer: day at %s / %s: %w", it.Key.PK, it.Key.SK, err)
			}
			all = append(all, l.Trips...)
		}
		if q.After = page.Next; q.After == "" {
			return all, nil
		}
	}
}

// driven adds up a span; nothing is read where nothing can have been driven.
func (s *Service) driven(ctx context.Context, workspace, asset string, a *Account, from, to time.Time) (int64, error) {
	if !a.Until.After(from) || !to.After(from) {
		return 0, nil
	}
	all, err := s.trips(ctx, workspace, asset, from, to)
	return driven(all, from, to), err
}

// overtaken reports whether err says that the account, or the asset, was changed
// in between.
func overtaken(err error, workspace, asset string) bool {
	clash, ok := errors.AsType[*table.Conflict](err)
	return ok && (clash.Key.PK == pk(workspace, asset) || clash.Key == table.Key{PK: "WS#" + workspace + "#AST#" + asset, SK: "ASSET"})
}
