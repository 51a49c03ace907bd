package importing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where imports rest:
//
//	PK             SK                 index PK    index SK
//	WS#w#IMP#i     IMPORT             WS#w#IMP    i
//	WS#w#IMP#i     ROW#<run>#<row>    what became of a row; expires
//	WS#w#IMP#i     EVENT#<ref>, AUDIT#<ref>   see outbox, audit
//	WS#w#IMPNAMES  <kind>             what columns were the last time
//
// And beside the table, as files: w/imports/i/page-<n>.json, the rows as they
// were read; twice-<run>.json, which rows say what another one says;
// errors-<run>.csv, what was refused.
func importPK(workspace, id string) string { return "WS#" + workspace + "#IMP#" + id }

func importKey(workspace, id string) table.Key {
	return table.Key{PK: importPK(workspace, id), SK: "IMPORT"}
}

func importsPK(workspace string) string { return "WS#" + workspace + "#IMP" }

const rowPrefix = "ROW#"

func rowsPrefix(run int) string { return fmt.Sprintf("%s%04d#", rowPrefix, run) }

func rowKey(i *Import, row int) table.Key {
	return table.Key{PK: importPK(i.Workspace, i.ID), SK: fmt.Sprintf("%s%07d", rowsPrefix(i.Run), row)}
}

func namesKey(workspace, kind string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#IMPNAMES", SK: kind}
}

func (i *Import) file(name string) blob.Key {
	return blob.Key(i.Workspace + "/imports/" + i.ID + "/" + name)
}

func pageName(n int) string             { return fmt.Sprintf("page-%05d.json", n) }
func (i *Import) twiceName() string     { return fmt.Sprintf("twice-%d.json", i.Run) }
func (i *Import) errorsName() string    { return fmt.Sprintf("errors-%d.csv", i.Run) }
func itoa(n int) string                 { return strconv.Itoa(n) }
func (i *Import) aboutOf() audit.Object { return audit.Object{Type: "import", ID: i.ID, Name: i.Name} }

// keepRows is how long it is kept what became of each row.
const keepRows = 30 * 24 * time.Hour

// Kinds lists what rests here.
func Kinds() []table.Kind {
	const stays = "its file stays where it was uploaded"
	return []table.Kind{
		{Name: "import", PK: "WS#w#IMP#*", SK: "IMPORT", Stays: stays},
		{Name: "import's row", PK: "WS#w#IMP#*", SK: rowPrefix + "**", Stays: stays},
		{Name: "names of imported columns", PK: "WS#w#IMPNAMES", SK: "*"},
	}
}

// FileKinds lists the files that rest here.
func FileKinds() []blob.Kind {
	return []blob.Kind{{Name: "file of an import", Form: "w/imports/**", Stays: "imports stay where they were made; what they changed moves"}}
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Import, error) {
	it, err := s.Table.Get(ctx, importKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, notFound()
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func notFound() error {
	return fault.New(fault.NotFound, "import.not_found", "There is no such import here.")
}

func read(it table.Item) (*Import, error) {
	i := &Import{Version: it.Version}
	if err := json.Unmarshal(it.Doc, i); err != nil {
		return nil, fmt.Errorf("importing: %s: %w", it.Key.PK, err)
	}
	return i, nil
}

// save stores i, with other ops that must hold for it to be true.
func (s *Service) save(ctx context.Context, i *Import, also ...table.Op) error {
	doc, err := json.Marshal(i)
	if err != nil {
		return err
	}
	op := table.Put(table.Item{
		Key: importKey(i.Workspace, i.ID), Index: table.Key{PK: importsPK(i.Workspace), SK: i.ID}, Version: i.Version, Doc: doc,
	})
	if err := s.Table.Write(ctx, append([]table.Op{op}, also...)...); err != nil {
		return err
	}
	i.Version++
	return nil
}

// overtaken reports whether err says that i was changed in between.
func overtaken(err error, i *Import) bool {
	clash, ok := errors.AsType[*table.Conflict](err)
	return ok && clash.Key == importKey(i.Workspace, i.ID)
}

func (s *Service) noted(i *Import, actor access.Actor, action string, changes []audit.Change, at time.Time) (table.Op, error) {
	return s.Audit.Op(importPK(i.Workspace, i.ID), actor, action, i.aboutOf(), changes, at)
}

// told returns the ops that tell of the end of an import.
func (s *Service) told(ctx context.Context, i *Import, actor access.Actor, at time.Time) ([]table.Op, error) {
	object := i.Object()
	object.Version++ // as it will be stored
	event, err := s.Events.Op(ctx, importPK(i.Workspace, i.ID), actor, events.AssetImported{Object: object}, at)
	if err != nil {
		return nil, err
	}
	c := i.Counts
	note, err := s.noted(i, actor, "asset.imported", []audit.Change{
		{Field: "created", To: c.Created}, {Field: "updated", To: c.Updated}, {Field: "unchanged", To: c.Unchanged}, {Field: "failed", To: c.Failed},
	}, at)
	return []table.Op{event, note}, err
}

// names are what columns were the last time, by their names as compared.
func (s *Service) names(ctx context.Context, workspace, kind string) (map[string]string, int64, error) {
	known := map[string]string{}
	it, err := s.Table.Get(ctx, namesKey(workspace, kind))
	if fault.KindOf(err) == fault.NotFound {
		return known, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	return known, it.Version, json.Unmarshal(it.Doc, &known)
}

// maxNames is how many columns' names are remembered.
const maxNames = 2000

// remember keeps what columns are for the next time. Somebody else who does so
// at the same moment may win: it is a convenience.
func (s *Service) remember(ctx context.Context, i *Import) error {
	known, version, err := s.names(ctx, i.Workspace, i.Kind)
	if err != nil {
		return err
	}
	changed := false
	for n, h := range i.Header {
		if key := same(h); key != "" && len(known) < maxNames {
			was, there := known[key]
			changed = changed || !there || was != i.Mapping[n]
			known[key] = i.Mapping[n]
		}
	}
	if !changed {
		return nil
	}
	doc, err := json.Marshal(known)
	if err != nil {
		return err
	}
	err = s.Table.Write(ctx, table.Put(table.Item{Key: namesKey(i.Workspace, i.Kind), Version: version, Doc: doc}))
	if _, lost := errors.AsType[*table.Conflict](err); lost {
		return nil
	}
	return err
}

// rowOp stores what became of a row, once.
func (s *Service) rowOp(i *Import, r Row, at time.Time) (table.Op, error) {
	doc, err := json.Marshal(r)
	return table.Put(table.Item{Key: rowKey(i, r.Number), Expires: at.Add(keepRows), Doc: doc}), err
}
