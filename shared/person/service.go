package person

import (
	"context"
	"errors"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table      table.Table
	NewID      ident.Source
	Events     *outbox.Service
	Audit      *audit.Service
	Country    func(ctx context.Context, workspace string) (string, error) // of numbers that name none; nil: nobody knows
	References References                                                  // nil while nothing refers to people
	Documents  Documents                                                   // nil while nobody keeps documents
	Holdings   []Holding                                                   // what others keep of people
	Jobs       queue.Queue                                                 // of exports as files
	Rights     Rights                                                      // nil: whoever ordered an export may have it
	Blobs      Shelf                                                       // nil: there are no exports as files
	Followers  []Follower                                                  // who wants to know that people were merged

	volumeSize int64 // tests: bytes of one ZIP file of an export
}

// Follower keeps identifiers of people where each may be only once.
type Follower interface {
	// Follow puts the person into the place of the one who was merged into them.
	// It is asked after the merge, and again if the merge is asked for again.
	Follow(ctx context.Context, actor access.Actor, from, into string, at time.Time) error
}

// References knows what was ever said about people elsewhere.
type References interface {
	// To names what refers to the person ("bookings", "invoices"); empty if nothing ever did.
	To(ctx context.Context, workspace, person string) ([]string, error)
	// Holds returns fault.Conflict, in words, while something needs to know who
	// the person is: a booking that runs, an invoice that is open.
	Holds(ctx context.Context, workspace, person string) error
}

// Holding is something personal that is kept elsewhere: documents, messages.
// It is found under every identifier the person had.
type Holding interface {
	// Name is that of the section in an export: "documents".
	Name() string
	// Of returns everything held on the person, as it is to be exported; nil if nothing is.
	Of(ctx context.Context, workspace, person string) (any, error)
	// Erase removes what is personal. It is asked again after an interruption.
	Erase(ctx context.Context, actor access.Actor, person string, at time.Time) error
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Create adds a person.
func (s *Service) Create(ctx context.Context, actor access.Actor, d PersonDetails, at time.Time) (*Person, error) {
	country, err := s.country(ctx, actor.Workspace)
	if err != nil {
		return nil, err
	}
	p, err := create(s.NewID("per"), actor.Workspace, d, country, at)
	if err != nil {
		return nil, err
	}
	also, err := s.suspected(ctx, actor, p, at)
	if err != nil {
		return nil, err
	}
	return p, s.save(ctx, actor, p, also...)
}

func (s *Service) country(ctx context.Context, workspace string) (string, error) {
	if s.Country == nil {
		return "", nil
	}
	return s.Country(ctx, workspace)
}

// Person returns the person to whom this id leads, archived or not.
func (s *Service) Person(ctx context.Context, workspace, id string) (*Person, error) {
	return s.load(ctx, workspace, id)
}

// Identifiers returns every identifier that leads to a person, the present one
// last.
func (s *Service) Identifiers(ctx context.Context, workspace, id string) ([]string, error) {
	p, err := s.load(ctx, workspace, id)
	if err != nil {
		return nil, err
	}
	return p.ids(), nil
}

// Edit changes what is said of a person. The function is given what is said now
// and may be called again if somebody else changes the person meanwhile, unless
// ifVersion names the version that the change is meant for; zero means any.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*PersonDetails) error, ifVersion int64, at time.Time) (*Person, error) {
	country, err := s.country(ctx, actor.Workspace)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) {
		d := p.PersonDetails
		d.Tags = slices.Clone(d.Tags)
		if err := edit(&d); err != nil {
			return nil, err
		}
		if err := p.Describe(d, country, at); err != nil {
			return nil, err
		}
		return s.suspected(ctx, actor, p, at)
	})
}

// Archive puts a person away.
func (s *Service) Archive(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Person, error) {
	return s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) { return nil, p.Archive(at) })
}

// Restore brings a person back from the archive.
func (s *Service) Restore(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Person, error) {
	return s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) { return nil, p.Restore(at) })
}

// Block blocks a person in this workspace.
func (s *Service) Block(ctx context.Context, actor access.Actor, id, reason, note string, ifVersion int64, at time.Time) (*Person, error) {
	return s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) {
		if err := p.block(reason, note, actor, ident.Suffix(s.NewID("blk")), at); err != nil {
			return nil, err
		}
		op, err := blockOp(p, p.Block, 0)
		return []table.Op{op}, err
	})
}

// Unblock lifts the block of a person. That there was one is kept.
func (s *Service) Unblock(ctx context.Context, actor access.Actor, id, note string, ifVersion int64, at time.Time) (*Person, error) {
	return s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) {
		lifted, err := p.unblock(note, actor, at)
		if err != nil {
			return nil, err
		}
		op, err := blockOp(p, lifted, 1)
		return []table.Op{op}, err
	})
}

// change loads a person, lets verb change them, and saves them with the ops that
// verb returns.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, verb func(*Person) ([]table.Op, error)) (*Person, error) {
	for try := 1; ; try++ {
		p, err := s.load(ctx, actor.Workspace, id)
		if err != nil {
			return nil, err
		}
		if err := unchanged(p.Version, ifVersion); err != nil {
			return nil, err
		}
		also, err := verb(p)
		if err == nil {
			err = s.save(ctx, actor, p, also...)
		}
		if err == nil {
			return p, nil
		}
		if try == tries || !overtaken(err, personKey(actor.Workspace, p.ID)) {
			return nil, err
		}
	}
}

// overtaken reports whether err says that an item at one of keys was changed in between.
func overtaken(err error, keys ...table.Key) bool {
	clash, ok := errors.AsType[*table.Conflict](err)
	return ok && slices.Contains(keys, clash.Key)
}

func unchanged(version, ifVersion int64) error {
	if ifVersion != 0 && ifVersion != version {
		return fault.New(fault.Stale, "person.stale", "This person has changed: they are at version %d, not %d. Load them again and decide anew.", version, ifVersion)
	}
	return nil
}

// Delete removes a person who was added by mistake. Once anything has referred
// to them, they can only be archived or anonymised.
func (s *Service) Delete(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) error {
	for try := 1; ; try++ {
		p, err := s.load(ctx, actor.Workspace, id)
		if err != nil {
			return err
		}
		if err := unchanged(p.Version, ifVersion); err != nil {
			return err
		}
		if err := s.unreferred(ctx, p); err != nil {
			return err
		}
		if err = s.close(ctx, p); err == nil {
			if err := s.eraseCopies(ctx, p.Workspace, p.ID); err != nil {
				return err
			}
			if err := s.unreferred(ctx, p); err != nil {
				return err
			}
			err = s.remove(ctx, actor, p, at)
		}
		if err == nil || try == tries || !overtaken(err, personKey(p.Workspace, p.ID)) {
			return err
		}
	}
}

// unreferred returns fault.Conflict if something is known of p that would be lost.
func (s *Service) unreferred(ctx context.Context, p *Person) error {
	var by []string
	if s.References != nil {
		var err error
		if by, err = s.References.To(ctx, p.Workspace, p.ID); err != nil {
			return err
		}
	}
	blocks, _, err := s.Blocks(ctx, p.Workspace, p.ID, "", 1)
	if err != nil {
		return err
	}
	if len(blocks) > 0 {
		by = append(by, "a history of blocks")
	}
	if len(p.MergedFrom) > 0 {
		by = append(by, "duplicates that were merged into them")
	}
	if !p.AnonymisedAt.IsZero() {
		by = append(by, "a record that they were anonymised")
	}
	if len(by) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "person.in_use", "This person has %s, so they cannot be deleted. Archive or anonymise them instead.", list(by))
}

func list(words []string) string {
	out := words[0]
	for i, w := range words[1:] {
		if i == len(words)-2 {
			out += " and " + w
		} else {
			out += ", " + w
		}
	}
	return out
}

// remove deletes p and everything that points at them.
func (s *Service) remove(ctx context.Context, actor access.Actor, p *Person, at time.Time) error {
	p.tell(events.PersonDeleted{Object: p.Object()})
	st := p.story()
	st.at = at
	told, err := s.tellOps(ctx, actor, st)
	if err != nil {
		return err
	}
	gone := []table.Op{table.Delete(personKey(p.Workspace, p.ID), p.Version)}
	return s.Table.Write(ctx, slices.Concat(gone, repoint([]*Person{p.was}, nil), told)...)
}
