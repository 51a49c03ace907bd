package inspection

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// linkLife is how long a customer's link works.
const linkLife = 7 * 24 * time.Hour

// Pass is a customer's link as it is given away, once.
type Pass struct {
	URL   string
	Until time.Time
}

// door is a link as it rests, under the hash of its token.
type door struct {
	Workspace  string    `json:"workspace"`
	Inspection string    `json:"inspection"`
	Until      time.Time `json:"until"`
}

// Sheet is an inspection with all that is needed to show it.
type Sheet struct {
	*Inspection
	Form     *Edition
	Vehicle  Vehicle
	Operator string
	Zone     *time.Location
	Until    time.Time // how long the link works by which it was opened
}

// noLink is the one answer to every token that opens nothing, whatever the
// reason, so that nobody learns anything by asking.
func noLink() error {
	return fault.New(fault.NotFound, "link.not_found", "This link does not work, or does not work any more. Ask for a new one.")
}

// Invite makes a link at which the customer reads the report and says what they
// think of it; the one before works no more. If their address is known they get
// a letter with it.
func (s *Service) Invite(ctx context.Context, actor access.Actor, id string, at time.Time) (p Pass, err error) {
	_, err = s.change(ctx, actor, id, 0, at, func(i *Inspection) (ops []table.Op, err error) {
		if !i.Done() {
			return nil, fault.New(fault.Conflict, "inspection."+string(i.State), "This inspection is %s; there is nothing to show to the customer.", words(i.State))
		}
		p, ops, err = s.invite(ctx, i, actor.Name, at)
		return ops, err
	})
	return p, err
}

// invite gives i a new link, and returns what is written for it.
func (s *Service) invite(ctx context.Context, i *Inspection, by string, at time.Time) (p Pass, ops []table.Op, err error) {
	if i.Link != nil {
		if ops, err = s.closed(ctx, i.Link.Hash, ops); err != nil {
			return p, nil, err
		}
	}
	token := s.NewToken()
	d := door{i.Workspace, i.ID, at.Add(linkLife).UTC()}
	doc, err := json.Marshal(d)
	if err != nil {
		return p, nil, err
	}
	i.Link = &Link{ident.Hash(token), d.Until}
	ops = append(ops, table.Put(table.Item{Key: linkKey(i.Link.Hash), Expires: d.Until, Doc: doc}))
	path := "/inspection/" + token
	if i.Customer.Email != "" && s.Letters != nil {
		op, err := s.Letters.Report(ctx, i.Workspace, Letter{Email: i.Customer.Email, Name: i.Customer.Name, By: by, Link: path, Asked: at, Expires: d.Until})
		if err != nil {
			return p, nil, err
		}
		ops = append(ops, op)
	}
	return Pass{s.BaseURL + path, d.Until}, ops, nil
}

// Open returns the inspection that a link shows.
func (s *Service) Open(ctx context.Context, token string, at time.Time) (*Sheet, error) {
	it, err := s.Table.Get(ctx, linkKey(ident.Hash(token)))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noLink()
	}
	if err != nil {
		return nil, err
	}
	var d door
	if err := json.Unmarshal(it.Doc, &d); err != nil {
		return nil, fmt.Errorf("inspection: link: %w", err)
	}
	if !at.Before(d.Until) {
		return nil, noLink()
	}
	sheet, err := s.Sheet(ctx, access.System(d.Workspace), d.Inspection)
	if fault.KindOf(err) == fault.NotFound || err == nil && !sheet.Done() {
		return nil, noLink()
	}
	if err != nil {
		return nil, err
	}
	sheet.Until = d.Until
	return sheet, nil
}

// Sheet returns an inspection with all that is needed to show it.
func (s *Service) Sheet(ctx context.Context, actor access.Actor, id string) (*Sheet, error) {
	i, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	car, err := s.Vehicles.Vehicle(ctx, actor, i.Asset)
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchInspection()
	}
	if err != nil {
		return nil, err
	}
	e, err := s.Edition(ctx, i.Workspace, i.Template, i.Edition)
	if err != nil {
		return nil, err
	}
	name, zone, err := s.Operator(ctx, i.Workspace)
	return &Sheet{Inspection: i, Form: e, Vehicle: car, Operator: name, Zone: zone}, err
}

// Judge takes what the customer says over their link: Acknowledged or Disputed,
// once.
func (s *Service) Judge(ctx context.Context, token string, to State, v Verdict, at time.Time) error {
	sheet, err := s.Open(ctx, token, at)
	if err != nil {
		return err
	}
	actor := access.System(sheet.Workspace)
	actor.Name = "The customer"
	_, err = s.change(ctx, actor, sheet.ID, 0, at, func(i *Inspection) ([]table.Op, error) {
		v.At, v.By = at, ""
		return nil, i.settle(to, v)
	})
	return err
}

// Shows reports whether a file is part of what a customer may see of an
// inspection.
func (i *Inspection) Shows(file string) bool {
	for _, id := range i.files() {
		if id == file {
			return true
		}
	}
	return i.Report != nil && i.Report.File == file
}
