// Package photo keeps the photos of an asset that customers get to see: up to
// twenty, in an order; the first is the cover. What inspections photograph is
// evidence, and not here.
//
// What holds at all times:
//
//   - each photo is an attachment that belongs to the asset, and to no other;
//   - a photo is in the list once;
//   - the asset's cover is the first of the list, and none if there is none;
//   - an archived asset's photos stay as they are.
package photo

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/form"
)

// Max is how many photos an asset has at the most.
const Max = 20

const maxAlt = 300 // characters

// Album is an asset's photos, in order.
type Album struct {
	Asset     string    `json:"asset"`
	Workspace string    `json:"workspace"`
	Photos    []Photo   `json:"photos"`
	Updated   time.Time `json:"updated"`
	Version   int64     `json:"-"` // zero while there never was a photo

	news []events.Event
}

// Photo is one picture. Its id is its attachment's.
type Photo struct {
	ID     string       `json:"id"`
	Alt    string       `json:"alt,omitempty"` // what can be seen, for who cannot see it
	Width  int          `json:"width,omitempty"`
	Height int          `json:"height,omitempty"`
	Added  time.Time    `json:"added"`
	By     access.Actor `json:"by"`
}

// Cover is the first photo's id; empty if there is none.
func (a *Album) Cover() string {
	if len(a.Photos) == 0 {
		return ""
	}
	return a.Photos[0].ID
}

func (a *Album) index(id string) int {
	return slices.IndexFunc(a.Photos, func(p Photo) bool { return p.ID == id })
}

// Add puts p at the end. The same one again changes nothing.
func (a *Album) Add(p Photo, at time.Time) (err error) {
	if a.index(p.ID) >= 0 {
		return nil
	}
	if len(a.Photos) >= Max {
		return fault.New(fault.Conflict, "photo.too_many", "An asset has at most %d photos. Remove one first.", Max)
	}
	if p.Alt, err = described(p.Alt); err != nil {
		return err
	}
	p.Added = at
	a.Photos = append(slices.Clone(a.Photos), p)
	a.changed(at)
	a.news = append(a.news, events.AssetPhotoAdded{Object: a.object(len(a.Photos) - 1)})
	return nil
}

// Remove takes a photo out.
func (a *Album) Remove(id string, at time.Time) error {
	i := a.index(id)
	if i < 0 {
		return noSuch()
	}
	gone := a.object(i)
	a.Photos = slices.Delete(slices.Clone(a.Photos), i, i+1)
	a.changed(at)
	gone.Version = a.Version
	a.news = append(a.news, events.AssetPhotoRemoved{Object: gone})
	return nil
}

// Describe says what can be seen on a photo.
func (a *Album) Describe(id, alt string, at time.Time) error {
	i := a.index(id)
	if i < 0 {
		return noSuch()
	}
	alt, err := described(alt)
	if err != nil || alt == a.Photos[i].Alt {
		return err
	}
	was := a.Object()
	a.Photos = slices.Clone(a.Photos)
	a.Photos[i].Alt = alt
	a.rearranged(was, at)
	return nil
}

// Order puts the photos into the order of ids, which names each of them once.
func (a *Album) Order(ids []string, at time.Time) error {
	sorted := make([]Photo, 0, len(ids))
	for _, id := range ids {
		i := a.index(id)
		if i < 0 || slices.ContainsFunc(sorted, func(p Photo) bool { return p.ID == id }) {
			return fault.New(fault.Invalid, "photo.order", "Name each of the photos once, in the order that you want.").At("photos")
		}
		sorted = append(sorted, a.Photos[i])
	}
	if len(sorted) != len(a.Photos) {
		return fault.New(fault.Invalid, "photo.order", "Name each of the %d photos once, in the order that you want.", len(a.Photos)).At("photos")
	}
	if slices.EqualFunc(sorted, a.Photos, func(x, y Photo) bool { return x.ID == y.ID }) {
		return nil
	}
	was := a.Object()
	a.Photos = sorted
	a.rearranged(was, at)
	return nil
}

// Move puts one photo by so many places further back, or forward if by is
// negative; at most to an end.
func (a *Album) Move(id string, by int, at time.Time) error {
	i := a.index(id)
	if i < 0 {
		return noSuch()
	}
	var ids []string
	for _, p := range a.Photos {
		if p.ID != id {
			ids = append(ids, p.ID)
		}
	}
	to := min(max(i+by, 0), len(ids))
	return a.Order(slices.Insert(ids, to, id), at)
}

func (a *Album) changed(at time.Time) { a.Version, a.Updated = a.Version+1, at }

func (a *Album) rearranged(was events.AssetPhotos, at time.Time) {
	a.changed(at)
	is := a.Object()
	a.news = append(a.news, events.AssetPhotosChanged{Object: is, Previous: events.Differences(was, is)})
}

func described(alt string) (string, error) {
	alt = strings.Join(strings.Fields(alt), " ")
	if utf8.RuneCountInString(alt) > maxAlt || !form.Line(alt) {
		return "", fault.New(fault.Invalid, "photo.alt", "Say in at most %d characters what can be seen.", maxAlt).At("alt")
	}
	return alt, nil
}

func noSuch() error {
	return fault.New(fault.NotFound, "photo.not_found", "This asset has no such photo.")
}

// Object is a as the outside sees it.
func (a *Album) Object() events.AssetPhotos {
	all := events.AssetPhotos{ID: a.Asset, Photos: []events.AssetPhoto{}, Version: a.Version}
	for i := range a.Photos {
		all.Photos = append(all.Photos, a.object(i))
	}
	return all
}

func (a *Album) object(i int) events.AssetPhoto {
	p := a.Photos[i]
	return events.AssetPhoto{
		ID: p.ID, Asset: a.Asset, Position: i + 1, Cover: i == 0, Alt: p.Alt, Width: p.Width, Height: p.Height,
		AddedAt: p.Added, Version: a.Version,
	}
}
