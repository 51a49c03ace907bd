package workspace

import (
	"context"
	"encoding/json"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where workspaces rest:
//
//	PK               SK          what
//	WS#w             WORKSPACE   the workspace
//	WS#w             AUDIT#ref   who changed it
//	DOOR#WORKSPACES  w           its place in the list of all; empty
const (
	self          = "WORKSPACE"
	listPartition = "DOOR#WORKSPACES"
)

func partition(id string) string { return "WS#" + id }

func listing(id string) table.Item {
	return table.Item{Key: table.Key{PK: listPartition, SK: id}, Doc: json.RawMessage("{}")}
}

// load returns a workspace as it is now.
func (s *Service) load(ctx context.Context, id string) (*Workspace, error) {
	return read(id, func(k table.Key) (table.Item, error) { return s.Table.Get(ctx, k) })
}

// glance is load for those who need not be the last to know.
func (s *Service) glance(ctx context.Context, id string) (*Workspace, error) {
	return read(id, func(k table.Key) (table.Item, error) { return table.Glance(ctx, s.Table, k) })
}

func read(id string, get func(table.Key) (table.Item, error)) (*Workspace, error) {
	missing := fault.New(fault.NotFound, "workspace.not_found", "There is no such workspace.")
	if id == "" {
		return nil, missing
	}
	it, err := get(table.Key{PK: partition(id), SK: self})
	if fault.KindOf(err) == fault.NotFound {
		return nil, missing.Because(err)
	}
	if err != nil {
		return nil, err
	}
	w := &Workspace{Version: it.Version, Details: usual} // what it says nothing of, because it is older
	return w, json.Unmarshal(it.Doc, w)
}

func (s *Service) save(ctx context.Context, w *Workspace, also ...table.Op) error {
	doc, err := json.Marshal(w)
	if err != nil {
		return err
	}
	put := table.Put(table.Item{Key: table.Key{PK: partition(w.ID), SK: self}, Version: w.Version, Doc: doc})
	if err := s.Table.Write(ctx, append([]table.Op{put}, also...)...); err != nil {
		return err
	}
	w.Version++
	s.remember(w)
	return nil
}
