package inspection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// maxPictures is how many photos a report shows. All of them are named in it,
// with their hashes.
const maxPictures = 120

// Print makes the report of a completed inspection, once: a PDF that says what
// the inspection says at that moment, with the hashes of its photos, kept for
// good. If the customer's address is known they are written to. Who asks again
// gets what there is.
func (s *Service) Print(ctx context.Context, workspace, id string, at time.Time) (i *Inspection, err error) {
	actor := access.System(workspace)
	sheet, err := s.Sheet(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if sheet.Report != nil {
		return sheet.Inspection, nil
	}
	if !sheet.Done() {
		return nil, fault.New(fault.Conflict, "inspection."+string(sheet.State), "This inspection is %s; there is no report.", words(sheet.State))
	}
	if s.Files == nil || s.Printer == nil {
		return nil, fault.New(fault.Unavailable, "inspection.files", "Reports cannot be made here at the moment. Try again later.")
	}
	body, err := s.Printer(sheet, s.pictures(ctx, sheet))
	if err != nil {
		return nil, fmt.Errorf("inspection %s: %w", id, err)
	}
	sum := sha256.Sum256(body)
	file, keep, err := s.Files.Make(ctx, workspace, sheet.Number+".pdf", body, id, at)
	if err != nil {
		return nil, err
	}
	err = table.Again(ctx, tries, func() error {
		if i, err = s.load(ctx, workspace, id); err != nil || i.Report != nil {
			return err
		}
		i.Report = &Report{file, hex.EncodeToString(sum[:]), len(body), at.UTC()}
		ops := []table.Op{keep}
		if it, err := s.Table.Get(ctx, dueKey(workspace, id)); err == nil {
			ops = append(ops, table.Delete(it.Key, it.Version))
		} else if fault.KindOf(err) != fault.NotFound {
			return err
		}
		if i.Customer.Email != "" && i.Done() {
			_, more, err := s.invite(ctx, i, i.Inspector.Name, at)
			if err != nil {
				return err
			}
			ops = append(ops, more...)
		}
		return s.save(ctx, actor, i, at, ops...)
	})
	return i, err
}

// pictures returns a function that fetches a photo for a report. One that is not
// to be had is left out of it; its hash stays.
func (s *Service) pictures(ctx context.Context, sheet *Sheet) func(file string) []byte {
	left := maxPictures
	return func(file string) []byte {
		if left--; left < 0 {
			return nil
		}
		jpeg, err := s.Files.Picture(ctx, sheet.Workspace, file)
		if err != nil {
			return nil
		}
		return jpeg
	}
}

// Catch makes the reports of a workspace that are still due: whoever completed
// those inspections could not wait, or went away.
func (s *Service) Catch(ctx context.Context, workspace string, at time.Time) error {
	due, err := s.Table.Query(ctx, table.Query{PK: dueKey(workspace, "").PK, Prefix: pointerPrefix, Limit: table.MaxPage})
	if err != nil {
		return err
	}
	var errs []error
	for _, it := range due.Items {
		var id string
		if err := json.Unmarshal(it.Doc, &id); err != nil {
			errs = append(errs, fmt.Errorf("inspection: due at %s: %w", it.Key.SK, err))
			continue
		}
		if _, err := s.Print(ctx, workspace, id, at); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
