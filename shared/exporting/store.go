package exporting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"motorpool/shared/audit"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where exports rest:
//
//	PK             SK            index PK          index SK
//	WS#w#XPT#e     EXPORT        WS#w#XPT#<who>    e
//	WS#w#XPT#e     AUDIT#<ref>   see audit
//
// And beside the table, as files: w/exports/e/part-<ref> while it is written,
// and w/exports/e/list-<ref>.csv.
func exportPK(workspace, id string) string { return "WS#" + workspace + "#XPT#" + id }

func exportKey(workspace, id string) table.Key {
	return table.Key{PK: exportPK(workspace, id), SK: "EXPORT"}
}

func exportsPK(workspace, who string) string { return "WS#" + workspace + "#XPT#" + who }

func (e *Export) file(name string) blob.Key {
	return blob.Key(e.Workspace + "/exports/" + e.ID + "/" + name)
}

// keepDays is for how many days it is kept that there was an export.
const keepDays = 90

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{{Name: "export", PK: "WS#w#XPT#*", SK: "EXPORT", Stays: "its file stays where it was written"}}
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Export, error) {
	it, err := s.Table.Get(ctx, exportKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, notFound()
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func notFound() error {
	return fault.New(fault.NotFound, "export.not_found", "There is no such export of yours here.")
}

func read(it table.Item) (*Export, error) {
	e := &Export{Version: it.Version}
	if err := json.Unmarshal(it.Doc, e); err != nil {
		return nil, fmt.Errorf("exporting: %s: %w", it.Key.PK, err)
	}
	return e, nil
}

func (s *Service) save(ctx context.Context, e *Export, also ...table.Op) error {
	doc, err := json.Marshal(e)
	if err != nil {
		return err
	}
	op := table.Put(table.Item{
		Key: exportKey(e.Workspace, e.ID), Index: table.Key{PK: exportsPK(e.Workspace, e.By.ID), SK: e.ID},
		Version: e.Version, Expires: e.Created.AddDate(0, 0, keepDays), Doc: doc,
	})
	if err := s.Table.Write(ctx, append([]table.Op{op}, also...)...); err != nil {
		return err
	}
	e.Version++
	return nil
}

func overtaken(err error, e *Export) bool {
	clash, ok := errors.AsType[*table.Conflict](err)
	return ok && clash.Key == exportKey(e.Workspace, e.ID)
}

func (e *Export) about() audit.Object { return audit.Object{Type: "export", ID: e.ID, Name: e.List} }
