package document

import (
	"context"
	"slices"
	"time"

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
	Pass  Pass // where the reader can hand in what is new; only the owner gets one
}

// A Line of a letter is about one document.
type Line struct {
	Document string // its id
	Owner    Owner
	Type     string
	Expires  span.Date
	Days     int // until the last day; below zero when it is over
}

// Addressee is somebody who can be written to.
type Addressee struct {
	Name  string
	Email string
}

// Addressees knows how owners of documents, and those who look after them, are reached.
type Addressees interface {
	// Of returns who is meant by customer, manager or location of an owner; nobody
	// if there is none, or none with an e-mail address.
	Of(ctx context.Context, workspace string, o Owner, who string) ([]Addressee, error)
}

// maxLetters is how many people are written to about one owner in one day.
const maxLetters = 20

// letters returns the ops that write one letter to each who is to be told, with
// all that concerns them. The owner's has a link for what is new.
func (s *Service) letters(ctx context.Context, workspace string, o Owner, settings Settings, notices []Notice, at time.Time) (ops []table.Op, err error) {
	if s.Letters == nil {
		return nil, nil
	}
	var all []Letter
	var asked []string // documents of which the owner is told
	for _, who := range Recipients {
		lines := linesFor(who, o, settings, notices)
		if len(lines) == 0 {
			continue
		}
		to, err := s.Addressees.Of(ctx, workspace, o, who)
		if err != nil {
			return nil, err
		}
		for _, a := range to {
			all = join(all, a, lines, who == "customer")
		}
		if who == "customer" && len(to) > 0 {
			for _, l := range lines {
				asked = append(asked, l.Document)
			}
		}
	}
	var pass Pass
	if len(asked) > 0 {
		var door table.Op
		if pass, door, err = s.pass(workspace, o, asked, at); err != nil {
			return nil, err
		}
		ops = append(ops, door)
	}
	for _, l := range all[:min(len(all), maxLetters)] {
		if l.Pass.URL != "" {
			l.Pass = pass
		}
		op, err := s.Letters.Write(ctx, workspace, l)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

func linesFor(who string, o Owner, settings Settings, notices []Notice) (lines []Line) {
	for _, n := range notices {
		if slices.Contains(settings.Rules[n.Document.Type].Recipients, who) {
			lines = append(lines, Line{n.Document.ID, o, n.Document.Type, n.Document.Paper.Expires, n.Days})
		}
	}
	return lines
}

// join adds lines to the letter to one reader. A reader who is the owner is
// marked by a link that is filled in later.
func join(all []Letter, to Addressee, lines []Line, owner bool) []Letter {
	i := slices.IndexFunc(all, func(l Letter) bool { return l.To.Email == to.Email })
	if i < 0 {
		l := Letter{To: to, Lines: slices.Clone(lines)}
		if owner {
			l.Pass.URL = "/"
		}
		return append(all, l)
	}
	for _, l := range lines {
		if !slices.ContainsFunc(all[i].Lines, func(has Line) bool { return has.Document == l.Document }) {
			all[i].Lines = append(all[i].Lines, l)
		}
	}
	return all
}
