package insurance

import (
	"context"
	"slices"

	"motorpool/shared/access"
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

// PolicyFile returns an address at which a document of a policy can be read for
// some minutes.
func (s *Service) PolicyFile(ctx context.Context, actor access.Actor, id, attachment string) (string, error) {
	p, err := s.Policy(ctx, actor, id)
	if err != nil {
		return "", err
	}
	return s.link(ctx, p.Workspace, p.Documents, attachment)
}

// ClaimFile returns an address at which a document of a claim can be read for
// some minutes.
func (s *Service) ClaimFile(ctx context.Context, actor access.Actor, id, attachment string) (string, error) {
	c, err := s.ClaimOf(ctx, actor, id)
	if err != nil {
		return "", err
	}
	return s.link(ctx, c.Workspace, c.Documents, attachment)
}

func (s *Service) link(ctx context.Context, workspace string, documents []string, attachment string) (string, error) {
	if s.Files == nil || !slices.Contains(documents, attachment) {
		return "", fault.New(fault.NotFound, "insurance.no_document", "There is no such document here.")
	}
	return s.Files.Link(ctx, workspace, attachment, 0)
}
