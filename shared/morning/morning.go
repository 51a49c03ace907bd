// Package morning begins what a workspace does once a day. It remembers the last
// day that was begun and promises that no day is missed by an outage that ends
// before midnight; a day may be begun twice, so what it begins tells nobody
// anything twice.
package morning

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Begin calls order, unless it is not yet o'clock where the workspace is or the
// day was begun before. local is the present in the workspace's zone, key is
// where the last day that was begun is kept: a date in JSON.
func Begin(ctx context.Context, t table.Table, key table.Key, local time.Time, oclock int, order func() error) error {
	if local.Hour() < oclock {
		return nil
	}
	today := span.DateOf(local)
	it, err := t.Get(ctx, key)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		it = table.Item{Key: key}
	case err != nil:
		return err
	default:
		var last span.Date
		if err := json.Unmarshal(it.Doc, &last); err != nil || !last.Before(today) {
			return err
		}
	}
	if err := order(); err != nil {
		return err
	}
	doc, err := json.Marshal(today)
	if err != nil {
		return err
	}
	err = t.Write(ctx, table.Put(table.Item{Key: key, Version: it.Version, Doc: doc}))
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return nil // somebody else began it
	}
	return err
}
