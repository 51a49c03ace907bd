package person

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// Copy is an export of everything that is held on a person, as ZIP files: JSON
// and what was uploaded. It is made by jobs, a file each, and can be fetched for
// a day by who ordered it and nobody else. Anonymising the person removes it.
type Copy struct {
	ID        string       `json:"id"` // pex_…
	Workspace string       `json:"workspace"`
	Person    string       `json:"person"`
	By        access.Actor `json:"by"`
	State     CopyState    `json:"state"`
	Reason    string       `json:"reason,omitempty"` // why it failed, for people
	Files     []CopyFile   `json:"files,omitempty"`
	At        int          `json:"at"`              // which of the person's identifiers is next
	After     string       `json:"after,omitempty"` // the last attachment under it that is in a file
	Created   time.Time    `json:"created"`
	Expires   time.Time    `json:"expires,omitzero"` // once it is ready: until when it can be fetched
	Version   int64        `json:"-"`
}

// CopyState says how far a Copy is.
type CopyState string

// The states. Ready becomes expired by itself.
const (
	CopyRunning CopyState = "running"
	CopyReady   CopyState = "ready"
	CopyFailed  CopyState = "failed"
	CopyExpired CopyState = "expired"
)

// CopyFile is one ZIP file of a Copy.
type CopyFile struct {
	Attachment string `json:"attachment"`
	Name       string `json:"name"`
	Size       int64  `json:"size"` // bytes
}

// Shelf keeps files: those of documents, and the exports.
type Shelf interface {
	// Open returns an attachment's bytes, its name and how many bytes they are;
	// fault.NotFound if it is gone. Whoever opens it closes it.
	Open(ctx context.Context, workspace, id string) (body io.ReadCloser, name string, size int64, err error)
	// Lend stores a ZIP file that is taken away at until, and returns its id.
	Lend(ctx context.Context, workspace, name string, size int64, body io.Reader, until, at time.Time) (string, error)
	// LinkUntil returns an address at which it can be read until then.
	LinkUntil(ctx context.Context, workspace, id string, until time.Time) (string, error)
	// Return lets it be taken away sooner; one that is gone is not missed.
	Return(ctx context.Context, workspace, id string) error
}

// Rights knows what somebody may do at this moment.
type Rights interface {
	// Now returns the actor with the grants they have now; a fault if they may no
	// longer come in.
	Now(ctx context.Context, workspace string, by access.Actor, at time.Time) (access.Actor, error)
}

// A File is something that was uploaded, and belongs to what a Holding holds.
type File struct {
	Attachment string
	Folder     string // in the export: "documents/doc_1"
}

// Filed is a Holding that has files.
type Filed interface {
	// Files returns them under one identifier of a person.
	Files(ctx context.Context, workspace, person string) ([]File, error)
}

// JobKind is the kind of the jobs that RunJob does.
const JobKind = "person_export"

// CopyLasts is for how long the files of a Copy can be fetched.
const CopyLasts = 24 * time.Hour

const (
	copyPrefix = "EXPORT#"
	afterCrash = 30 * time.Second // a job that is sent ahead of a change, in case the one after it is never sent
)

type job struct {
	Kind      string `json:"kind"`
	Workspace string `json:"workspace"`
	Person    string `json:"person"`
	Copy      string `json:"copy"`
}

func (s *Service) enqueue(ctx context.Context, c *Copy, delay time.Duration) error {
	body, err := json.Marshal(job{JobKind, c.Workspace, c.Person, c.ID})
	if err != nil {
		return err
	}
	return s.Jobs.Send(ctx, queue.Message{Group: c.Workspace, Body: body, Delay: delay})
}

// OrderCopy asks for a Copy, and notes that somebody did.
func (s *Service) OrderCopy(ctx context.Context, actor access.Actor, id string, at time.Time) (*Copy, error) {
	p, err := s.load(ctx, actor.Workspace, id)
	if err == nil {
		err = p.kept()
	}
	if err != nil {
		return nil, err
	}
	if s.Blobs == nil || s.Jobs == nil {
		return nil, fault.New(fault.Unavailable, "person.no_files", "Nothing can be exported as a file here: no store for files is set up.")
	}
	c := &Copy{ID: s.NewID("pex"), Workspace: p.Workspace, Person: p.ID, By: actor, State: CopyRunning, Created: at}
	noted, err := s.exported(ctx, actor, p, at)
	if err != nil {
		return nil, err
	}
	if err := s.enqueue(ctx, c, afterCrash); err != nil {
		return nil, err
	}
	noted = append(noted, table.Check(personKey(p.Workspace, p.ID), p.Version)) // or it would outlast them
	if err := s.saveCopy(ctx, c, noted...); err != nil {
		return nil, err
	}
	return c, s.enqueue(ctx, c, 0)
}

// Copy returns the actor's export of a person. Somebody else's is not found.
func (s *Service) Copy(ctx context.Context, actor access.Actor, id, export string, at time.Time) (*Copy, error) {
	p, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Backward(p.ids()) { // it may have been ordered before a merge
		c, err := s.loadCopy(ctx, actor.Workspace, id, export)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !c.seenBy(actor, at) {
			return nil, noSuchCopy()
		}
		return c, nil
	}
	return nil, noSuchCopy()
}

// Copies returns the actor's exports of a person, newest first. They are
// remembered for three days; of those before a merge Copy knows.
func (s *Service) Copies(ctx context.Context, actor access.Actor, id string, at time.Time) (mine []*Copy, err error) {
	p, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	page, err := s.Table.Query(ctx, table.Query{PK: personPK(p.Workspace, p.ID), Prefix: copyPrefix, Reverse: true, Limit: table.MaxPage})
	if err != nil {
		return nil, err
	}
	for _, it := range page.Items {
		c, err := readCopy(it)
		if err != nil {
			return nil, err
		}
		if c.seenBy(actor, at) {
			mine = append(mine, c)
		}
	}
	return mine, nil
}

// seenBy reports whether c is this actor's, and settles how far it is by now.
func (c *Copy) seenBy(actor access.Actor, at time.Time) bool {
	if c.State == CopyReady && !at.Before(c.Expires) {
		c.State, c.Files = CopyExpired, nil
	}
	return c.By.Kind == actor.Kind && c.By.ID == actor.ID
}

// CopyLinks returns where each file of a Copy can be read until it expires.
func (s *Service) CopyLinks(ctx context.Context, c *Copy) (all []string, err error) {
	if c.State != CopyReady {
		return nil, nil
	}
	for _, f := range c.Files {
		url, err := s.Blobs.LinkUntil(ctx, c.Workspace, f.Attachment, c.Expires)
		if err != nil {
			return nil, err
		}
		all = append(all, url)
	}
	return all, nil
}

func noSuchCopy() error {
	return fault.New(fault.NotFound, "person_export.not_found", "There is no such export of yours here.")
}

func copyKey(workspace, person, id string) table.Key {
	return table.Key{PK: personPK(workspace, person), SK: copyPrefix + ident.Suffix(id)}
}

func (s *Service) loadCopy(ctx context.Context, workspace, person, id string) (*Copy, error) {
	if !ident.Has("pex", id) {
		return nil, noSuchCopy()
	}
	it, err := s.Table.Get(ctx, copyKey(workspace, person, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchCopy()
	}
	if err != nil {
		return nil, err
	}
	return readCopy(it)
}

func readCopy(it table.Item) (*Copy, error) {
	c := &Copy{Version: it.Version}
	if err := json.Unmarshal(it.Doc, c); err != nil {
		return nil, fmt.Errorf("person: export at %s: %w", it.Key.PK, err)
	}
	return c, nil
}

func (s *Service) saveCopy(ctx context.Context, c *Copy, also ...table.Op) error {
	doc, err := json.Marshal(c)
	if err != nil {
		return err
	}
	op := table.Put(table.Item{Key: copyKey(c.Workspace, c.Person, c.ID), Version: c.Version, Expires: c.Created.AddDate(0, 0, 3), Doc: doc})
	if err := s.Table.Write(ctx, append([]table.Op{op}, also...)...); err != nil {
		return err
	}
	c.Version++
	return nil
}

// eraseCopies removes the exports under an id, and lets go of their files.
func (s *Service) eraseCopies(ctx context.Context, workspace, id string) error {
	items, err := all(func(cursor string) ([]table.Item, string, error) {
		page, err := s.Table.Query(ctx, table.Query{PK: personPK(workspace, id), Prefix: copyPrefix, Limit: table.MaxPage, After: cursor})
		return page.Items, page.Next, err
	})
	if err != nil {
		return err
	}
	for _, it := range items {
		err := table.Again(ctx, tries, func() error { return s.eraseCopy(ctx, it.Key) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) eraseCopy(ctx context.Context, k table.Key) error {
	it, err := s.Table.Get(ctx, k)
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	c, err := readCopy(it)
	if err != nil {
		return err
	}
	if err := s.returned(ctx, c.Workspace, c.Files); err != nil {
		return err
	}
	return s.Table.Write(ctx, table.Delete(k, it.Version))
}

func (s *Service) returned(ctx context.Context, workspace string, files []CopyFile) error {
	if s.Blobs == nil {
		return nil
	}
	for _, f := range files {
		if err := s.Blobs.Return(ctx, workspace, f.Attachment); err != nil {
			return err
		}
	}
	return nil
}
