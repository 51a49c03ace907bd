package app

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/person"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// owners knows who has documents.
type owners struct {
	companies *company.Service
	fleet     *fleet.Service
	people    *person.Service
}

// Refer is for document.Owners.
func (o owners) Refer(ctx context.Context, actor access.Actor, owner document.Owner) (document.Owner, table.Op, error) {
	if err := o.Edits(actor, owner); err != nil {
		return owner, table.Op{}, err
	}
	var op table.Op
	var err error
	switch owner.Type {
	case "person":
		owner.ID, op, err = o.people.Refer(ctx, actor.Workspace, owner.ID)
	case "company":
		op, err = o.companies.Refer(ctx, actor.Workspace, owner.ID)
	case "asset":
		if err = o.fleet.Seen(ctx, actor, owner.ID); err == nil {
			op, err = o.fleet.Refer(ctx, actor.Workspace, owner.ID)
		}
	default:
		err = fault.New(fault.NotFound, "document.no_owner", "There is no such %s here.", owner.Type)
	}
	return owner, op, err
}

// Sees is for document.Owners.
func (o owners) Sees(ctx context.Context, actor access.Actor, owner document.Owner) (bool, error) {
	if owner.Type != "asset" {
		return actor.May(access.ViewPeople), nil
	}
	if !actor.May(access.ViewAssets) {
		return false, nil
	}
	if actor.At() { // they work everywhere
		return true, nil
	}
	err := o.fleet.Seen(ctx, actor, owner.ID)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// Edits is for document.Owners.
func (owners) Edits(actor access.Actor, owner document.Owner) error {
	need := access.EditPeople
	if owner.Type == "asset" {
		need = access.EditAssets
	}
	if actor.Kind == "system" || actor.May(need) {
		return nil
	}
	return fault.New(fault.Denied, "access.denied", "You need the permission %s for this.", need)
}

// Identifiers is for document.Owners.
func (o owners) Identifiers(ctx context.Context, workspace string, owner document.Owner) ([]string, error) {
	if owner.Type == "person" {
		ids, err := o.people.Identifiers(ctx, workspace, owner.ID)
		if fault.KindOf(err) != fault.NotFound {
			return ids, err
		}
	}
	return []string{owner.ID}, nil
}

// country reads the country of a workspace, of which phone numbers are that name
// none.
func country(spaces *workspace.Service) func(context.Context, string) (string, error) {
	return func(ctx context.Context, id string) (string, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return "", err
		}
		return w.Country, nil
	}
}

// currency reads a workspace's default currency.
func currency(spaces *workspace.Service) func(context.Context, string) (string, error) {
	return func(ctx context.Context, id string) (string, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return "", err
		}
		return w.Currency, nil
	}
}

// unit reads what a workspace shows distances in.
func unit(spaces *workspace.Service) fleet.Unit {
	return func(ctx context.Context, id string) (string, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return "", err
		}
		return w.DistanceUnit, nil
	}
}

// zone reads a workspace's time zone.
func zone(spaces *workspace.Service) func(context.Context, string) (*time.Location, error) {
	return func(ctx context.Context, id string) (*time.Location, error) {
		w, err := spaces.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		return w.Location(), nil
	}
}
