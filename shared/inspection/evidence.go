package inspection

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// evidence notes the hashes of photos that are new in i, and returns the ops by
// which all files that are new come to belong to it.
func (s *Service) evidence(ctx context.Context, i *Inspection) (ops []table.Op, err error) {
	had := i.was.files()
	var owned []string
	own := func(field, id, purpose string) error {
		if slices.Contains(had, id) || slices.Contains(owned, id) {
			return nil
		}
		op, err := s.use(ctx, i, field, id, purpose)
		ops, owned = append(ops, op), append(owned, id)
		return err
	}
	for key, a := range i.Answers {
		for n := range a.Photos {
			if err := own("answers."+key+".photos", a.Photos[n].File, "evidence"); err != nil {
				return nil, err
			}
			if err := s.prove(ctx, i.Workspace, &a.Photos[n]); err != nil {
				return nil, err
			}
		}
		for _, m := range a.Marks {
			for _, id := range m.Photos {
				if err := own("answers."+key+".marks", id, "evidence"); err != nil {
					return nil, err
				}
			}
		}
		for _, id := range a.Files {
			if err := own("answers."+key+".files", id, "document"); err != nil {
				return nil, err
			}
		}
	}
	if len(owned) > 60 {
		return nil, fault.New(fault.Invalid, "inspection.answers", "These are %d new files. Send at most 60 at once.", len(owned)).At("answers")
	}
	return ops, nil
}

func (s *Service) use(ctx context.Context, i *Inspection, field, id, purpose string) (table.Op, error) {
	if s.Files == nil {
		return table.Op{}, fault.New(fault.Unavailable, "inspection.files", "Files cannot be taken here at the moment. Try again later.")
	}
	op, err := s.Files.Use(ctx, i.Workspace, id, purpose, i.ID)
	return op, placed(err, field)
}

// prove adds to a photo what its file says of itself.
func (s *Service) prove(ctx context.Context, workspace string, p *Picture) error {
	if p.SHA256 != "" {
		return nil
	}
	hash, taken, err := s.Files.Facts(ctx, workspace, p.File)
	if err != nil {
		return err
	}
	if p.SHA256 = hash; !taken.IsZero() && taken.Before(p.Captured) {
		p.Captured = taken.UTC().Truncate(time.Second)
	}
	return nil
}

// placed says at which field of the inspection a fault of another noun is.
func placed(err error, field string) error {
	if k := fault.KindOf(err); err == nil || k != fault.Invalid && k != fault.Conflict {
		return err
	}
	f, _ := asFault(err)
	at := *f
	at.Fields = []fault.Field{{Name: field, Reason: f.Message}}
	return &at
}

// files lists the attachments that i has.
func (i *Inspection) files() (ids []string) {
	if i == nil {
		return nil
	}
	for _, a := range i.Answers {
		for _, p := range a.Photos {
			ids = append(ids, p.File)
		}
		for _, m := range a.Marks {
			ids = append(ids, m.Photos...)
		}
		ids = append(ids, a.Files...)
	}
	for _, a := range i.Addenda {
		for _, p := range a.Photos {
			ids = append(ids, p.File)
		}
	}
	return ids
}
