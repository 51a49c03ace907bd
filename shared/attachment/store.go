package attachment

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where attachments rest:
//
//	PK               SK             index PK          index SK
//	WS#w#ATT#a       ATTACHMENT     WS#w#ATT#loose    <due>#a      while nobody owns it; due is when it goes
//	WS#w#UPLOADS     <due>#a                                       what arrived has to be taken away then
//
// Where their bytes rest:
//
//	uploads/w/a              as they arrived; nothing serves it
//	w/attachments/a/file     as they were checked
//	w/attachments/a/320.jpg  and 1024.jpg, 2048.jpg
func attachmentKey(workspace, id string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#ATT#" + id, SK: "ATTACHMENT"}
}

func loosePK(workspace string) string   { return "WS#" + workspace + "#ATT#loose" }
func uploadsPK(workspace string) string { return "WS#" + workspace + "#UPLOADS" }

// dueSK sorts by time, to the second.
func dueSK(due time.Time, id string) string {
	return due.UTC().Format("2006-01-02T15:04:05Z") + "#" + id
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "attachment", PK: "WS#w#ATT#*", SK: "ATTACHMENT"},
		{Name: "upload to take away", PK: "WS#w#UPLOADS", SK: "**", Stays: "what arrived stays where it arrived"},
	}
}

// FileKinds lists the files that rest here.
func FileKinds() []blob.Kind {
	return []blob.Kind{
		{Name: "file of an attachment", Form: "w/attachments/*/*"},
		{Name: "upload that was not completed", Form: "uploads/w/*", Stays: "what arrived stays where it arrived; it has to be sent again"},
	}
}

func arrivedKey(workspace, id string) blob.Key {
	return blob.Key("uploads/" + workspace + "/" + id)
}

func fileKey(workspace, id string, rendition int) blob.Key {
	name := "file"
	if rendition != Whole {
		name = strconv.Itoa(rendition) + ".jpg"
	}
	return blob.Key(workspace + "/attachments/" + id + "/" + name)
}

// load reads an attachment that is there and stays for the time being.
func (s *Service) load(ctx context.Context, workspace, id string) (*Attachment, error) {
	a, err := s.read(ctx, workspace, id)
	if err == nil && a.State == Gone {
		return nil, noSuch()
	}
	return a, err
}

func (s *Service) read(ctx context.Context, workspace, id string) (*Attachment, error) {
	if !ident.Has("att", id) {
		return nil, noSuch()
	}
	it, err := s.Table.Get(ctx, attachmentKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuch()
	}
	if err != nil {
		return nil, err
	}
	a := &Attachment{Version: it.Version}
	if err := json.Unmarshal(it.Doc, a); err != nil {
		return nil, fmt.Errorf("attachment: %s: %w", it.Key.PK, err)
	}
	return a, nil
}

func noSuch() error {
	return fault.New(fault.NotFound, "attachment.not_found", "There is no such attachment here.")
}

// put stores a under its next version. What nobody owns goes at due.
func (a *Attachment) put(due time.Time) (table.Op, error) {
	doc, err := json.Marshal(a)
	it := table.Item{Key: attachmentKey(a.Workspace, a.ID), Version: a.Version, Doc: doc}
	if a.Owner == "" {
		it.Index = table.Key{PK: loosePK(a.Workspace), SK: dueSK(due, a.ID)}
	}
	return table.Put(it), err
}
