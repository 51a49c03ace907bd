// Package sequence gives the things of a workspace numbers that people can say:
// IS000123 is the 123rd issue. Each kind of thing counts for itself, from 1.
//
// A number is never given twice. One that was taken for a thing which was not
// stored in the end stays unused: who needs a sequence without gaps, as tax law
// wants of invoices, writes the counter with the thing.
package sequence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct{ Table table.Table }

// Where counters rest:
//
//	PK         SK
//	WS#w#SEQ   <kind>
func key(workspace, kind string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#SEQ", SK: kind}
}

// Next returns the next number of a kind: "issue". Of many who ask at once each
// gets another.
func (s *Service) Next(ctx context.Context, workspace, kind string) (n int64, err error) {
	for {
		it, err := s.Table.Get(ctx, key(workspace, kind))
		if fault.KindOf(err) == fault.NotFound {
			it, err = table.Item{Key: key(workspace, kind)}, nil
		} else if err == nil {
			err = json.Unmarshal(it.Doc, &n)
		}
		if err != nil {
			return 0, err
		}
		n++
		if it.Doc, err = json.Marshal(n); err != nil {
			return 0, err
		}
		err = s.Table.Write(ctx, table.Put(it))
		if _, raced := errors.AsType[*table.Conflict](err); raced {
			n = 0
			continue
		}
		return n, err
	}
}

// Format writes a number as people say it: two letters and at least six digits.
func Format(prefix string, n int64) string { return fmt.Sprintf("%s%06d", prefix, n) }

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{{Name: "counter of a kind of thing", PK: "WS#w#SEQ", SK: "*"}}
}
