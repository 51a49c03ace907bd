package app

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// owners knows who has documents.
type owners struct {
	companies *company.Service
	fleet     *fleet.Service
}

// Refer is for document.Owners.
func (o owners) Refer(ctx context.Context, actor access.Actor, owner document.Owner) (table.Op, error) {
	switch owner.Type {
	case "company":
		return o.companies.Refer(ctx, actor.Workspace, owner.ID)
	case "asset":
		if err := o.fleet.Seen(ctx, actor, owner.ID); err != nil {
			return table.Op{}, err
		}
		return o.fleet.Refer(ctx, actor.Workspace, owner.ID)
	}
	return table.Op{}, fault.New(fault.NotFound, "document.no_owner", "There is no such %s here.", owner.Type)
}

// Sees is for document.Owners. What is nowhere is seen by who works everywhere.
func (owners) Sees(_ context.Context, actor access.Actor, owner document.Owner) (bool, error) {
	return owner.Type != "asset" || actor.At(), nil
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
