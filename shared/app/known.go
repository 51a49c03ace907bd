package app

import (
	"context"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/member"
)

// staff are those who may be given work.
type staff struct{ members *member.Service }

// Works is for issue.Users and reminder.Users. Who is invited may be given work;
// who was disabled may not.
func (s staff) Works(ctx context.Context, workspace, id string) error {
	m, err := s.members.Get(ctx, access.System(workspace), id)
	if err == nil && m.State == member.Disabled {
		err = fault.New(fault.NotFound, "user.not_found", "There is no such user here.")
	}
	return err
}

// related are the records of assets that other records name.
type related struct{ *App }

// AssetOf is for expense.Related, insurance.Related and maintenance.Related.
func (a related) AssetOf(ctx context.Context, workspace, id string) (string, error) {
	actor := access.System(workspace)
	switch {
	case ident.Has("clm", id):
		c, err := a.Insurance.ClaimOf(ctx, actor, id)
		if err != nil {
			return "", err
		}
		return c.Asset, nil
	case ident.Has("iss", id):
		i, err := a.Issues.Issue(ctx, actor, id)
		if err != nil {
			return "", err
		}
		return i.Asset, nil
	case ident.Has("mtw", id):
		w, err := a.Maintenance.Window(ctx, actor, id)
		if err != nil {
			return "", err
		}
		return w.Asset, nil
	case ident.Has("rem", id):
		r, err := a.Reminders.Reminder(ctx, actor, id)
		if err != nil {
			return "", err
		}
		return r.Asset, nil
	}
	return "", fault.New(fault.NotFound, "record.not_found", "There is no such record here.")
}

// wireKnown lets nouns look up what they name of each other.
func (a *App) wireKnown() {
	a.Issues.Users, a.Reminders.Users = staff{a.Members}, staff{a.Members}
	a.Expenses.Related, a.Insurance.Related, a.Maintenance.Related = related{a}, related{a}, related{a}
}
