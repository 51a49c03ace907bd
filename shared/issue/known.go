package issue

import (
	"context"

	"motorpool/shared/fault"
)

// Users knows who works in a workspace.
type Users interface {
	// Works returns fault.NotFound unless the user may be given work there.
	Works(ctx context.Context, workspace, id string) error
}

// known returns fault.Invalid if an issue is newly given to who does not work in
// the workspace. Who has left since keeps what they had.
func (s *Service) known(ctx context.Context, i *Issue) error {
	if s.Users == nil || i.Assignee == "" || i.was != nil && i.was.Assignee == i.Assignee {
		return nil
	}
	err := s.Users.Works(ctx, i.Workspace, i.Assignee)
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.Invalid, "issue.assignee", "There is no such user. Give the id of somebody who works here: usr_…").At("assignee")
	}
	return err
}
