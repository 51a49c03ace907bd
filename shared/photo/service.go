package photo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table  table.Table
	Events *outbox.Service
	Audit  *audit.Service
	Assets Assets
	Files  Files
}

// Assets knows the vehicles that photos are of. fleet.Service is one.
type Assets interface {
	// Sees returns fault.NotFound unless there is such an asset and the actor works where it is.
	Sees(ctx context.Context, actor access.Actor, asset string) error

	// Cover returns the op that gives an asset this cover, and holds it in
	// service; an archived one is fault.Conflict. Its key is the asset's.
	Cover(ctx context.Context, actor access.Actor, asset, cover string, at time.Time) (table.Op, error)
}

// Files keeps what was uploaded. attachment.Service is one.
type Files interface {
	Use(ctx context.Context, workspace, id, purpose, by string) (table.Op, error)
	Release(ctx context.Context, workspace, id, by string) (table.Op, error)
	Link(ctx context.Context, workspace, id string, rendition int) (string, error)
	Measures(ctx context.Context, workspace, id string) (width, height int, err error)
	Copy(ctx context.Context, by access.Actor, id, owner string, at time.Time) (string, table.Op, error)
}

// Where photos rest:
//
//	PK            SK
//	WS#w#AST#a    PHOTOS                     the album
//	WS#w#AST#a    EVENT#<ref>, AUDIT#<ref>   see outbox, audit
func albumKey(workspace, asset string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#AST#" + asset, SK: "PHOTOS"}
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{{Name: "asset's photos", PK: "WS#w#AST#*", SK: "PHOTOS"}}
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Album returns an asset's photos; an empty one if it has none.
func (s *Service) Album(ctx context.Context, actor access.Actor, asset string) (*Album, error) {
	if err := s.Assets.Sees(ctx, actor, asset); err != nil {
		return nil, err
	}
	return s.load(ctx, actor.Workspace, asset)
}

func (s *Service) load(ctx context.Context, workspace, asset string) (*Album, error) {
	a := &Album{Asset: asset, Workspace: workspace}
	it, err := s.Table.Get(ctx, albumKey(workspace, asset))
	if fault.KindOf(err) == fault.NotFound {
		return a, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(it.Doc, a); err != nil {
		return nil, fmt.Errorf("photo: %s: %w", it.Key.PK, err)
	}
	a.Version = it.Version
	return a, nil
}

// Add makes a ready attachment, uploaded as photo, the last of an asset's photos.
func (s *Service) Add(ctx context.Context, actor access.Actor, asset, file, alt string, ifVersion int64, at time.Time) (*Album, error) {
	return s.change(ctx, actor, asset, ifVersion, at, func(a *Album) ([]table.Op, error) {
		if a.index(file) >= 0 {
			return nil, nil
		}
		use, err := s.Files.Use(ctx, actor.Workspace, file, "photo", asset)
		if err != nil {
			return nil, at1(err, "file")
		}
		w, h, err := s.Files.Measures(ctx, actor.Workspace, file)
		if err != nil {
			return nil, err
		}
		return []table.Op{use}, a.Add(Photo{ID: file, Alt: alt, Width: w, Height: h, By: actor}, at)
	})
}

// at1 names the field that an upload's fault is about.
func at1(err error, field string) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || len(f.Fields) > 0 {
		return err
	}
	return f.At(field)
}

// Remove takes a photo from an asset. Its file goes soon after.
func (s *Service) Remove(ctx context.Context, actor access.Actor, asset, id string, ifVersion int64, at time.Time) (*Album, error) {
	return s.change(ctx, actor, asset, ifVersion, at, func(a *Album) ([]table.Op, error) {
		if err := a.Remove(id, at); err != nil {
			return nil, err
		}
		let, err := s.Files.Release(ctx, actor.Workspace, id, asset)
		return []table.Op{let}, err
	})
}

// Describe says what can be seen on a photo.
func (s *Service) Describe(ctx context.Context, actor access.Actor, asset, id, alt string, ifVersion int64, at time.Time) (*Album, error) {
	return s.change(ctx, actor, asset, ifVersion, at, func(a *Album) ([]table.Op, error) { return nil, a.Describe(id, alt, at) })
}

// Order puts an asset's photos into the order of ids.
func (s *Service) Order(ctx context.Context, actor access.Actor, asset string, ids []string, ifVersion int64, at time.Time) (*Album, error) {
	return s.change(ctx, actor, asset, ifVersion, at, func(a *Album) ([]table.Op, error) { return nil, a.Order(ids, at) })
}

// Move puts one photo so many places further back, or forward.
func (s *Service) Move(ctx context.Context, actor access.Actor, asset, id string, by int, at time.Time) (*Album, error) {
	return s.change(ctx, actor, asset, 0, at, func(a *Album) ([]table.Op, error) { return nil, a.Move(id, by, at) })
}

// change loads an album, lets verb change it, and saves it with the ops that
// verb returns and the asset's new cover.
func (s *Service) change(ctx context.Context, actor access.Actor, asset string, ifVersion int64, at time.Time, verb func(*Album) ([]table.Op, error)) (*Album, error) {
	for try := 1; ; try++ {
		a, err := s.Album(ctx, actor, asset)
		if err != nil {
			return nil, err
		}
		if ifVersion != 0 && ifVersion != a.Version {
			return nil, fault.New(fault.Stale, "photo.stale", "These photos have changed: they are at version %d, not %d. Load them again and decide anew.", a.Version, ifVersion)
		}
		was := a.Object()
		also, err := verb(a)
		if err != nil || len(a.news) == 0 {
			return a, err
		}
		cover, err := s.Assets.Cover(ctx, actor, asset, a.Cover(), at)
		if err != nil {
			return nil, err
		}
		err = s.save(ctx, actor, a, was, at, append(also, cover)...)
		clash, ok := errors.AsType[*table.Conflict](err)
		if err == nil {
			return a, nil
		}
		if !ok || try == tries || clash.Key != albumKey(actor.Workspace, asset) && clash.Key != cover.Item.Key {
			return nil, err
		}
	}
}

func (s *Service) save(ctx context.Context, actor access.Actor, a *Album, was any, at time.Time, also ...table.Op) error {
	ops, err := s.ops(ctx, actor, a, was, at)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, append(ops, also...)...)
}

// ops store an album and tell of what is new in it.
func (s *Service) ops(ctx context.Context, actor access.Actor, a *Album, was any, at time.Time) ([]table.Op, error) {
	doc, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	key := albumKey(a.Workspace, a.Asset)
	ops := []table.Op{table.Put(table.Item{Key: key, Version: a.Version - 1, Doc: doc})}
	for _, e := range a.news {
		op, err := s.Events.Op(ctx, key.PK, actor, e, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	changes, err := audit.Diff(was, a.Object(), "version")
	if err != nil {
		return nil, err
	}
	note, err := s.Audit.Op(key.PK, actor, a.news[0].Type(), audit.Object{Type: "asset", ID: a.Asset}, changes, at)
	return append(ops, note), err
}

// Drop returns the ops that let go of all of an asset's photos, to be written
// along when the asset is deleted.
func (s *Service) Drop(ctx context.Context, workspace, asset string) ([]table.Op, error) {
	a, err := s.load(ctx, workspace, asset)
	if err != nil || a.Version == 0 {
		return nil, err
	}
	ops := []table.Op{table.Delete(albumKey(workspace, asset), a.Version)}
	for _, p := range a.Photos {
		op, err := s.Files.Release(ctx, workspace, p.ID, asset)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// Links are addresses at which a photo's renditions can be seen for some minutes.
type Links struct {
	Small  string `json:"small" doc:"320 pixels" example:"https://files.example.com/320.jpg"`
	Medium string `json:"medium" doc:"1,024 pixels" example:"https://files.example.com/1024.jpg"`
	Large  string `json:"large" doc:"2,048 pixels" example:"https://files.example.com/2048.jpg"`
}

// Links returns those of a photo or an image of a category. Nothing is read.
func (s *Service) Links(ctx context.Context, workspace, id string) (l Links, err error) {
	for size, to := range map[int]*string{320: &l.Small, 1024: &l.Medium, 2048: &l.Large} {
		if *to, err = s.Files.Link(ctx, workspace, id, size); err != nil {
			return Links{}, err
		}
	}
	return l, nil
}
