package fleet

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Files keeps what was uploaded. attachment.Service is one.
type Files interface {
	// Use returns the op by which an attachment becomes by's; fault.Invalid or
	// fault.Conflict if it cannot.
	Use(ctx context.Context, workspace, id, purpose, by string) (table.Op, error)
	// Release returns the op by which by lets go of it.
	Release(ctx context.Context, workspace, id, by string) (table.Op, error)
}

// Photos are what customers see of assets. photo.Service is one.
type Photos interface {
	// Drop returns the ops that let go of an asset's photos, all of them.
	Drop(ctx context.Context, workspace, asset string) ([]table.Op, error)
}

// Sees returns fault.NotFound unless there is such an asset and the actor works
// where it is.
func (s *Service) Sees(ctx context.Context, actor access.Actor, id string) error {
	_, err := s.Find(ctx, actor, id)
	return err
}

// Cover returns the op that gives an asset this cover, and holds it in service
// while it is written. The events of photos tell of it.
func (s *Service) Cover(ctx context.Context, actor access.Actor, id, cover string, at time.Time) (table.Op, error) {
	a, err := s.Find(ctx, actor, id)
	if err == nil {
		err = a.inService()
	}
	if err != nil {
		return table.Op{}, err
	}
	if a.Cover == cover {
		return table.Check(assetKey(a.Workspace, a.ID), a.Version), nil
	}
	it := table.Item{Key: assetKey(a.Workspace, a.ID), Index: table.Key{PK: drawerPK(a.Workspace, a.drawer()), SK: a.ID}, Version: a.Version}
	a.Cover, a.Updated, a.Closing = cover, at, false // whoever closed it to delete it has lost
	it.Doc, err = json.Marshal(a)
	return table.Put(it), err
}

// dropped returns the ops that let go of what only an asset that is deleted had.
func (s *Service) dropped(ctx context.Context, a *Asset) ([]table.Op, error) {
	if s.Photos == nil {
		return nil, nil
	}
	return s.Photos.Drop(ctx, a.Workspace, a.ID)
}

// pictured returns the ops by which a category uses its new image, and lets go
// of the old one; from and to may be empty.
func (s *Service) pictured(ctx context.Context, c *Category, from, to string) (ops []table.Op, err error) {
	if from == to {
		return nil, nil
	}
	if s.Files == nil {
		return nil, fault.New(fault.Unavailable, "category.files", "Files cannot be uploaded here; the category cannot have an image.").At("image")
	}
	if to != "" {
		op, err := s.Files.Use(ctx, c.Workspace, to, "photo", c.ID)
		if f, ok := err.(*fault.Error); ok { //nolint:errorlint // made there, not on the way
			return nil, f.At("image")
		} else if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	if from != "" {
		op, err := s.Files.Release(ctx, c.Workspace, from, c.ID)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// checkImage looks at the form of a category's image.
func (d *CategoryDetails) checkImage(c *complaints) {
	if d.Image != "" && !ident.Has("att", d.Image) {
		c.Add("image", "There is no such attachment. Upload the image for the purpose photo, and give its id: att_…")
	}
}

// Image returns the image of an asset's primary category, or of that one's
// parent: what stands in for a photo. Empty if there is none.
func (s *Service) Image(ctx context.Context, workspace, id string) (string, error) {
	a, err := s.load(ctx, workspace, id)
	if err != nil {
		return "", err
	}
	category := a.PrimaryCategory
	if category == "" && len(a.Categories) > 0 {
		category = a.Categories[0]
	}
	for range 2 { // levels
		if category == "" {
			break
		}
		c, err := s.loadCategory(ctx, workspace, category)
		if err != nil {
			return "", err
		}
		if c.Image != "" {
			return c.Image, nil
		}
		category = c.Parent
	}
	return "", nil
}
