package insurance

import (
	"context"
	"slices"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// files returns the ops by which documents come to belong to by, or no longer do.
func (s *Service) files(ctx context.Context, workspace, by string, had, has []string) (ops []table.Op, err error) {
	for _, id := range has {
		if slices.Contains(had, id) {
			continue
		}
		if s.Files == nil {
			return nil, fault.New(fault.Invalid, "insurance.documents", "Files cannot be uploaded here.").At("documents")
		}
		op, err := s.Files.Use(ctx, workspace, id, "document", by)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	for _, id := range had {
		if slices.Contains(has, id) || s.Files == nil {
			continue
		}
		op, err := s.Files.Release(ctx, workspace, id, by)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}
