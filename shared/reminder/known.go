package reminder

import (
	"context"
	"slices"

	"motorpool/shared/fault"
)

// Users knows who works in a workspace.
type Users interface {
	// Works returns fault.NotFound unless the user may be given work there.
	Works(ctx context.Context, workspace, id string) error
}

// known returns fault.Invalid if one of those who are newly assigned does not
// work in the workspace. Who has left since keeps what they had.
func (s *Service) known(ctx context.Context, workspace string, had, has []string) error {
	if s.Users == nil {
		return nil
	}
	for _, id := range has {
		if slices.Contains(had, id) {
			continue
		}
		err := s.Users.Works(ctx, workspace, id)
		if fault.KindOf(err) == fault.NotFound {
			return fault.New(fault.Invalid, "service_reminder.assignees", "There is no user %.50q. Give the ids of people who work here: usr_…", id).At("assignees")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
