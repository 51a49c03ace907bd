package calendar

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where calendars rest, beside the asset; one that was never held has none:
//
//	PK            SK         index PK   index SK
//	WS#w#AST#a    CALENDAR   WS#w#CAL   a
const sk = "CALENDAR"

func key(workspace, asset string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#AST#" + asset, SK: sk}
}

func indexPK(workspace string) string { return "WS#" + workspace + "#CAL" }

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{{Name: "asset's calendar", PK: "WS#w#AST#*", SK: sk}}
}

// Service is what the rest of the product may ask.
type Service struct{ Table table.Table }

// Of returns the calendar of an asset; an empty one if it was never held.
func (s *Service) Of(ctx context.Context, workspace, asset string) (*Calendar, error) {
	it, err := s.Table.Get(ctx, key(workspace, asset))
	if fault.KindOf(err) == fault.NotFound {
		return &Calendar{Asset: asset}, nil
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func read(it table.Item) (*Calendar, error) {
	c := &Calendar{version: it.Version}
	if err := json.Unmarshal(it.Doc, c); err != nil {
		return nil, fmt.Errorf("calendar: %s: %w", it.Key.PK, err)
	}
	return c, nil
}

// Hold returns the op that holds an asset, or moves the hold that has h.ID. It
// returns *Taken, a fault.Conflict, if something else has it then. Whoever
// writes the op and loses a race asks again.
func (s *Service) Hold(ctx context.Context, workspace, asset string, h Hold, at time.Time) (table.Op, error) {
	c, err := s.Of(ctx, workspace, asset)
	if err != nil {
		return table.Op{}, err
	}
	if err := c.Hold(h, at); err != nil {
		return table.Op{}, err
	}
	return c.put(workspace)
}

// Release returns the op that ends a hold at an instant and frees what is left.
func (s *Service) Release(ctx context.Context, workspace, asset, id string, at time.Time) (table.Op, error) {
	c, err := s.Of(ctx, workspace, asset)
	if err != nil {
		return table.Op{}, err
	}
	c.Release(id, at)
	return c.put(workspace)
}

func (c *Calendar) put(workspace string) (table.Op, error) {
	doc, err := json.Marshal(c)
	return table.Put(table.Item{
		Key: key(workspace, c.Asset), Index: table.Key{PK: indexPK(workspace), SK: c.Asset}, Version: c.version, Doc: doc,
	}), err
}

// Walk returns a function that tells the status of assets at an instant. It is
// for lists that are in descending order of id: then it reads a hundred
// calendars at a time, through the index, which may lag a moment. Out of order
// it is right as well, and reads more.
func (s *Service) Walk(workspace string, at time.Time) func(ctx context.Context, asset string) (Status, error) {
	w := s.Stroll(workspace)
	return func(ctx context.Context, asset string) (Status, error) {
		c, err := w(ctx, asset)
		if err != nil {
			return Free, err
		}
		return c.Status(at), nil
	}
}

// Held is the query of the index for the calendars there are, in descending
// order of asset, by whose id they are.
func Held(workspace string) table.Query {
	return table.Query{PK: indexPK(workspace), Index: true, Reverse: true}
}

// Stroll is Walk for whole calendars.
func (s *Service) Stroll(workspace string) func(ctx context.Context, asset string) (*Calendar, error) {
	var ahead []table.Item // calendars that were read, in descending order of asset
	from, to := "", ""     // of which assets ahead has all calendars, from highest to lowest
	return func(ctx context.Context, asset string) (*Calendar, error) {
		if from == "" || asset > from || asset < to {
			page, err := s.Table.Query(ctx, table.Query{PK: indexPK(workspace), To: asset, Index: true, Reverse: true, Limit: stride})
			if err != nil {
				return nil, err
			}
			ahead, from, to = page.Items, asset, ""
			if page.Next != "" && len(page.Items) > 0 {
				to = page.Items[len(page.Items)-1].Index.SK
			} else if page.Next != "" {
				to = asset
			}
		}
		for _, it := range ahead {
			if strings.Compare(it.Index.SK, asset) == 0 {
				return read(it)
			}
		}
		return &Calendar{Asset: asset}, nil
	}
}

// stride is how many calendars are read at a time.
const stride = 100
