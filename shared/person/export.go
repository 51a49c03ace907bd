package person

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

// Held is everything that is held on a person, under all identifiers they had.
type Held struct {
	ExportedAt time.Time         `json:"exported_at"`
	Records    []Record          `json:"records" nullable:"false" doc:"The person, and before them the duplicates that were merged into them"`
	Others     map[string][]any  `json:"others,omitempty" doc:"What other parts hold: documents, bookings"`
	Events     []events.Envelope `json:"events" nullable:"false" doc:"What was told of them, as long as it is kept"`
}

// Record is what is held under one identifier.
type Record struct {
	ID         string          `json:"id"`
	Person     PersonDetails   `json:"person"`
	Contacts   []PersonContact `json:"contacts,omitempty" nullable:"false"`
	Emails     []string        `json:"earlier_emails,omitempty" nullable:"false" doc:"Addresses they had before"`
	MergedInto string          `json:"merged_into,omitempty"`
	Created    time.Time       `json:"created_at"`
	Updated    time.Time       `json:"updated_at"`
	Blocks     []Block         `json:"blocks,omitempty" nullable:"false"`
	History    []audit.Entry   `json:"history" nullable:"false" doc:"Who changed what; of what is personal, that it was changed"`
}

// maxAnswer is how many bytes of JSON are answered at once. What is larger is
// ordered as a file, and so is what is to have the documents' files in it.
const maxAnswer = 4 << 20

// Export returns everything that is held on a person, and notes that it was asked to. What
// is too large for an answer is fault.Conflict, code "person.export_large".
func (s *Service) Export(ctx context.Context, actor access.Actor, id string, at time.Time) (*Held, error) {
	p, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	noted, err := s.exported(ctx, actor, p, at)
	if err != nil {
		return nil, err
	}
	if err := s.Table.Write(ctx, noted...); err != nil { // first, so that it is in the export
		return nil, err
	}
	h := newHeld(at)
	for _, id := range p.ids() {
		if err := s.hold(ctx, h, p.Workspace, id); err != nil {
			return nil, err
		}
	}
	body, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	if len(body) > maxAnswer {
		return nil, fault.New(fault.Conflict, "person.export_large", "More is held on this person than fits into one answer. Order it as files: POST /v1/people/%s/exports.", p.ID)
	}
	return h, nil
}

func newHeld(at time.Time) *Held {
	return &Held{ExportedAt: at, Records: []Record{}, Others: map[string][]any{}, Events: []events.Envelope{}}
}

// exported notes that somebody has everything that is held on p.
func (s *Service) exported(ctx context.Context, actor access.Actor, p *Person, at time.Time) ([]table.Op, error) {
	return s.tellOps(ctx, actor, story{pk: personPK(p.Workspace, p.ID), at: at, action: "person.exported", object: audit.Object{Type: "person", ID: p.ID}})
}

// hold adds what is held under one identifier.
func (s *Service) hold(ctx context.Context, h *Held, workspace, id string) error {
	p, err := s.record(ctx, workspace, id)
	if err != nil {
		return err
	}
	r := Record{ID: p.ID, Person: p.PersonDetails, Contacts: p.Contacts, Emails: p.Past, MergedInto: p.MergedInto, Created: p.Created, Updated: p.Updated, History: []audit.Entry{}}
	if r.Blocks, err = all(func(cursor string) ([]Block, string, error) {
		return s.Blocks(ctx, workspace, id, cursor, table.MaxPage)
	}); err != nil {
		return err
	}
	if r.History, err = all(func(cursor string) ([]audit.Entry, string, error) {
		return s.History(ctx, workspace, id, cursor, table.MaxPage)
	}); err != nil {
		return err
	}
	told, err := all(func(cursor string) ([]events.Envelope, string, error) { return s.told(ctx, workspace, id, cursor) })
	if err != nil {
		return err
	}
	h.Records, h.Events = append(h.Records, r), append(h.Events, told...)
	for _, other := range s.Holdings {
		of, err := other.Of(ctx, workspace, id)
		if err != nil {
			return fmt.Errorf("%s of %s: %w", other.Name(), id, err)
		}
		if of != nil {
			h.Others[other.Name()] = append(h.Others[other.Name()], of)
		}
	}
	return nil
}

// told is a page of the events about an identifier.
func (s *Service) told(ctx context.Context, workspace, id, cursor string) ([]events.Envelope, string, error) {
	q := table.Query{PK: personPK(workspace, id), Prefix: "EVENT#", Limit: table.MaxPage, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (events.Envelope, bool, error) {
		e, err := outbox.Read(it.Key.PK, it.Key.SK, it.Doc)
		if err != nil {
			return events.Envelope{}, false, err
		}
		env, err := e.Envelope()
		env.Data = json.RawMessage(append([]byte(nil), env.Data...))
		return env, true, err
	})
}

// all reads page after page.
func all[T any](read func(cursor string) ([]T, string, error)) (whole []T, err error) {
	for cursor := ""; ; {
		page, next, err := read(cursor)
		if err != nil {
			return nil, err
		}
		if whole = append(whole, page...); next == "" {
			return whole, nil
		}
		cursor = next
	}
}
