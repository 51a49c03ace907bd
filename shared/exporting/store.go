package exporting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

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
//	WS#w#XPTDUE    <when>#e      the sweep looks at e then
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

func duePK(workspace string) string { return "WS#" + workspace + "#XPTDUE" }

// dueForm is written in the order of time.
const dueForm = "2006-01-02T15:04:05Z"

// due has the sweep look at e at an instant.
func (e *Export) due(at time.Time) table.Op {
	k := table.Key{PK: duePK(e.Workspace), SK: at.UTC().Format(dueForm) + "#" + e.ID}
	return table.Put(table.Item{Key: k, Doc: []byte(`"` + e.ID + `"`), Expires: at.AddDate(0, 0, keepDays)})
}

// keepDays is for how many days it is kept that there was an export.
const keepDays = 90

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "export", PK: "WS#w#XPT#*", SK: "EXPORT", Stays: "its file stays where it was written"},
		{Name: "export to look at", PK: "WS#w#XPTDUE", SK: "*#*", Stays: "its file stays where it was written"},
	}
}

// FileKinds lists the files that rest here.
func FileKinds() []blob.Kind {
	return []blob.Kind{{Name: "file of an export", Form: "w/exports/**", Stays: "it can be had for a day where it was written"}}
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
