package document

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Letters writes to people.
type Letters interface {
	// Write returns the op that stores a letter, which is sent once it is written.
	Write(ctx context.Context, workspace string, l Letter) (table.Op, error)
}

// A Letter is one digest for one reader.
type Letter struct {
	To    Addressee
	Lines []Line
	More  int  // lines that there are beside those
	Staff bool // it is to somebody who looks after the owners
	Pass  Pass // where the owner can hand in what is new; only they get one
	At    time.Time
}

// A Line of a letter is about one document.
type Line struct {
	Document string    `json:"document"` // its id
	Owner    Owner     `json:"owner"`
	Type     string    `json:"type"`
	Expires  span.Date `json:"expires"`
	Days     int       `json:"days"` // until the last day; below zero when it is over
}

// Addressee is somebody who can be written to.
type Addressee struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Addressees knows how owners of documents, and those who look after them, are reached.
type Addressees interface {
	// Of returns who is meant by customer, manager or location of an owner; nobody
	// if there is none, or none with an e-mail address.
	Of(ctx context.Context, workspace string, o Owner, who string) ([]Addressee, error)
}

// Told is one digest of one owner as the log has it. To whom it went is said by
// what they are to the owner; their addresses are with the letters.
type Told struct {
	At    time.Time `json:"at"`
	Owner Owner     `json:"owner"`
	To    []string  `json:"to,omitempty"` // customer, manager, location; nobody if none could be reached
	Lines []Line    `json:"lines"`
}

const (
	maxLetters = 10  // owners of one paper who are written to
	maxStaff   = 20  // of the staff, about one owner
	keepTold   = 400 // days
)

// letters returns the ops that tell of one owner's papers: a letter to the owner,
// with all that concerns them and a link for what is new; lines in the digests of
// those who look after them; and the log of it.
func (s *Service) letters(ctx context.Context, workspace string, o Owner, settings Settings, notices []Notice, at time.Time) (ops []table.Op, err error) {
	if len(notices) == 0 {
		return nil, nil
	}
	log := Told{At: at, Owner: o, Lines: linesFor("", o, settings, notices)}
	staff := map[Addressee][]Line{}
	for _, who := range Recipients {
		lines := linesFor(who, o, settings, notices)
		if len(lines) == 0 || s.Letters == nil {
			continue
		}
		var there []table.Op
		if who == "customer" {
			if there, err = s.stays(ctx, workspace, o); err != nil {
				return nil, err
			}
		}
		to, err := s.Addressees.Of(ctx, workspace, o, who)
		if err != nil {
			return nil, err
		}
		if len(to) > 0 {
			log.To = append(log.To, who)
		}
		if who != "customer" {
			gather(staff, to, lines)
			continue
		}
		if ops, err = s.toOwner(ctx, workspace, o, to, lines, at); err != nil {
			return nil, err
		}
		if len(ops) > 0 {
			ops = append(ops, there...)
		}
	}
	for to, lines := range staff {
		op, err := s.forStaff(workspace, o, to, lines, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	doc, err := json.Marshal(log)
	if err != nil {
		return nil, err
	}
	k := table.Key{PK: logPK(workspace), SK: at.UTC().Format(instant) + "#" + o.ID}
	return append(ops, table.Put(table.Item{Key: k, Expires: at.AddDate(0, 0, keepTold), Doc: doc})), nil
}

// stays holds an owner as they are, from before their address is read: no letter is
// left of who is anonymised meanwhile. Nobody is held who is archived or gone.
func (s *Service) stays(ctx context.Context, workspace string, o Owner) ([]table.Op, error) {
	if s.Owners == nil {
		return nil, nil
	}
	_, op, err := s.Owners.Refer(ctx, access.System(workspace), o)
	switch fault.KindOf(err) {
	case fault.NotFound, fault.Conflict:
		return nil, nil
	}
	return []table.Op{op}, err
}

// toOwner writes to the owner, wherever they are reached, with one link.
func (s *Service) toOwner(ctx context.Context, workspace string, o Owner, to []Addressee, lines []Line, at time.Time) ([]table.Op, error) {
	if len(to) == 0 {
		return nil, nil
	}
	var ids []string
	for _, l := range lines {
		ids = append(ids, l.Document)
	}
	pass, door, err := s.pass(workspace, o, ids, at)
	if err != nil {
		return nil, err
	}
	ops := []table.Op{door}
	for _, a := range to[:min(len(to), maxLetters)] {
		op, err := s.Letters.Write(ctx, workspace, Letter{To: a, Lines: lines, Pass: pass, At: at})
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// gather adds lines to what some of the staff are told, each line once.
func gather(staff map[Addressee][]Line, to []Addressee, lines []Line) {
	for _, a := range to {
		if _, has := staff[a]; !has && len(staff) == maxStaff {
			return
		}
		for _, l := range lines {
			if !slices.Contains(staff[a], l) {
				staff[a] = append(staff[a], l)
			}
		}
	}
}

// waiting is what one owner adds to the next digest of one of the staff.
type waiting struct {
	To    Addressee `json:"to"`
	Lines []Line    `json:"lines"`
}

// keepWaiting is how many days a line waits for a digest that cannot be written.
const keepWaiting = 30

func (s *Service) forStaff(workspace string, o Owner, to Addressee, lines []Line, at time.Time) (table.Op, error) {
	doc, err := json.Marshal(waiting{to, lines})
	k := table.Key{PK: staffPK(workspace), SK: ident.Hash(to.Email) + "#" + at.UTC().Format(instant) + "#" + o.ID}
	return table.Put(table.Item{Key: k, Expires: at.AddDate(0, 0, keepWaiting), Doc: doc}), err
}

// linesFor are the lines that somebody is told; all of them for nobody by name.
func linesFor(who string, o Owner, settings Settings, notices []Notice) (lines []Line) {
	for _, n := range notices {
		if who == "" || slices.Contains(settings.Rules[n.Document.Type].Recipients, who) {
			lines = append(lines, Line{n.Document.ID, o, n.Document.Type, n.Document.Paper.Expires, n.Days})
		}
	}
	return lines
}
