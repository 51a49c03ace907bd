package fleet

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Transfer is an asset's way from one location to another. It is never changed.
type Transfer struct {
	ID    string       `json:"id"`
	Asset string       `json:"asset"`
	From  string       `json:"from,omitempty"` // empty: it was nowhere
	To    string       `json:"to,omitempty"`   // empty: it is nowhere
	Actor access.Actor `json:"actor"`
	Way
}

// Way is what is said of a Transfer.
type Way struct {
	At       time.Time `json:"at,omitzero" doc:"When it arrived; now if you do not say, and never before it came to where it is"`
	Odometer *int64    `json:"odometer,omitempty" doc:"What its odometer showed, in metres" example:"48211000"`
	Reason   string    `json:"reason,omitempty" doc:"At most 500 characters" example:"Needed for the long weekend"`

	zone *time.Location // in which refusals say times; nil: UTC
}

func (w Way) zoned() *time.Location {
	if w.zone == nil {
		return time.UTC
	}
	return w.zone
}

// maxOdometer is ten million kilometres, in metres.
const maxOdometer = 10_000_000_000

// Transfer moves a to another location.
func (a *Asset) Transfer(to string, w Way, at time.Time) error {
	if err := a.inService(); err != nil {
		return err
	}
	c := about("transfer")
	if w.At.IsZero() {
		w.At = at
	}
	c.Text("reason", &w.Reason, 500)
	switch {
	case !ident.Has("loc", to):
		c.Add("to", "There is no such location. Give its id: loc_…")
	case a.HomeLocation == "":
		c.Add("to", "Give the asset a home location first.")
	case to == a.CurrentLocation:
		c.Add("to", "The asset is there already.")
	}
	switch {
	case w.At.After(at):
		c.Add("at", "Say when it arrived, not when it will.")
	case w.At.Before(a.LocatedAt):
		c.Add("at", "It came to where it is at %s; it cannot have left before.", a.LocatedAt.In(w.zoned()).Format("2 January 2006, 15:04 MST"))
	}
	if w.Odometer != nil && (*w.Odometer < 0 || *w.Odometer > maxOdometer) {
		c.Add("odometer", "Give metres from 0 to %d.", int64(maxOdometer))
	}
	if err := c.Err(); err != nil {
		return err
	}
	was := a.Object()
	w.At = w.At.UTC()
	a.CurrentLocation, a.LocatedAt, a.way = to, w.At, w
	a.tellDescribed(was, at)
	return nil
}

// transfer is what there is to tell of a's way, if it is elsewhere than before.
func (a *Asset) transfer() (Transfer, bool) {
	if a.was == nil || a.was.CurrentLocation == a.CurrentLocation {
		return Transfer{}, false
	}
	w := a.way
	if w.At.IsZero() {
		w.At = a.LocatedAt
	}
	return Transfer{Asset: a.ID, From: a.was.CurrentLocation, To: a.CurrentLocation, Way: w}, true
}

// transferred returns the ops that remember a's way: with the asset, and with
// both locations.
func (s *Service) transferred(actor access.Actor, a *Asset) ([]table.Op, error) {
	t, moved := a.transfer()
	if !moved {
		return nil, nil
	}
	t.ID, t.Actor = s.NewID("trf"), actor
	doc, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	sk := t.At.UTC().Format("2006-01-02T15:04:05.000000000Z") + "#" + t.ID
	ops := []table.Op{table.Put(table.Item{Key: table.Key{PK: assetPK(a.Workspace, a.ID), SK: transferPrefix + sk}, Doc: doc})}
	for _, id := range unique([]string{t.From, t.To}) {
		ops = append(ops, table.Put(table.Item{Key: table.Key{PK: transfersPK(a.Workspace, id), SK: sk}, Doc: doc}))
	}
	return ops, nil
}

// Object is t as the outside sees it.
func (t Transfer) Object() events.AssetTransfer {
	return events.AssetTransfer{
		ID: t.ID, Asset: t.Asset, From: t.From, To: t.To, At: t.At, Odometer: t.Odometer, Reason: t.Reason,
		By: events.Actor{Type: t.Actor.Kind, ID: t.Actor.ID, Name: t.Actor.Name},
	}
}

// Transfer moves an asset to another location and returns it there.
func (s *Service) Transfer(ctx context.Context, actor access.Actor, id, to string, w Way, ifVersion int64, at time.Time) (*Asset, error) {
	return s.change(ctx, actor, id, ifVersion, func(a *Asset) ([]table.Op, error) {
		wrong := a.Transfer(to, w, at)
		if wrong == nil || s.Zone == nil {
			return nil, wrong
		}
		var err error
		if w.zone, err = s.Zone(ctx, actor.Workspace); err != nil {
			return nil, wrong // it is true in UTC as well
		}
		return nil, a.Transfer(to, w, at) // once more, to be refused in the workspace's time
	})
}

// Transfers returns a page of an asset's transfers, newest first.
func (s *Service) Transfers(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]Transfer, string, error) {
	if _, err := s.Find(ctx, actor, id); err != nil {
		return nil, "", err
	}
	q := table.Query{PK: assetPK(actor.Workspace, id), Prefix: transferPrefix, Limit: limit, After: cursor, Reverse: true}
	return table.Sift(ctx, s.Table, q, readTransfer)
}

// TransfersAt returns a page of the transfers to and from a location at which
// the actor works, newest first; empty if there is no such location.
func (s *Service) TransfersAt(ctx context.Context, actor access.Actor, location, cursor string, limit int) ([]Transfer, string, error) {
	if !ident.Has("loc", location) || !actor.At(location) {
		return nil, "", nil
	}
	q := table.Query{PK: transfersPK(actor.Workspace, location), Limit: limit, After: cursor, Reverse: true}
	return table.Sift(ctx, s.Table, q, readTransfer)
}

func readTransfer(it table.Item) (t Transfer, _ bool, err error) {
	err = json.Unmarshal(it.Doc, &t)
	return t, true, err
}

// Assignment says where assets belong from now on; a nil field leaves it as it is.
type Assignment struct {
	Assets    []string
	Home      *string
	Current   *string
	Available *[]string
}

// Assigned is what became of one asset of an Assignment.
type Assigned struct {
	ID    string
	Asset *Asset       // nil if it was refused
	Fault *fault.Error // why it was refused
}

// MaxAssigned is how many assets one Assignment may name.
const MaxAssigned = 100

// Assign gives many assets their locations, one by one: what is refused for one
// does not hold up the others. It returns an error, and has perhaps done some of
// it, only if the product itself fails; to say it again does no harm.
func (s *Service) Assign(ctx context.Context, actor access.Actor, as Assignment, at time.Time) ([]Assigned, error) {
	if err := s.assignable(ctx, actor, as); err != nil {
		return nil, err
	}
	all := make([]Assigned, 0, len(as.Assets))
	for _, id := range as.Assets {
		a, err := s.Edit(ctx, actor, id, func(d *AssetDetails) error { as.on(d); return nil }, 0, at)
		why, refused := err.(*fault.Error)
		if err != nil && !refused {
			return nil, err
		}
		all = append(all, Assigned{id, a, why})
	}
	return all, nil
}

func (as Assignment) on(d *AssetDetails) {
	if as.Home != nil {
		d.HomeLocation = *as.Home
	}
	if as.Current != nil {
		d.CurrentLocation = *as.Current
	}
	if as.Available != nil {
		d.AvailableLocations = *as.Available
	}
}

// assignable checks what can be said before anything is changed.
func (s *Service) assignable(ctx context.Context, actor access.Actor, as Assignment) error {
	switch {
	case as.Home == nil && as.Current == nil && as.Available == nil:
		return fault.New(fault.Invalid, "assignment.empty", "Say at least one of home_location, current_location and available_locations.")
	case len(as.Assets) == 0 || len(as.Assets) > MaxAssigned || len(unique(as.Assets)) != len(as.Assets):
		return fault.New(fault.Invalid, "assignment.assets", "Name 1 to %d assets, each once.", MaxAssigned).At("assets")
	}
	d := AssetDetails{HomeLocation: "loc_" + strings.Repeat("0", 26)} // as if it had one
	as.on(&d)
	c := about("assignment")
	d.checkPlaces(c)
	if err := c.Err(); err != nil {
		return err
	}
	said := Asset{AssetDetails: AssetDetails{}}
	as.on(&said.AssetDetails)
	for _, id := range said.Places() {
		if _, err := s.refer(ctx, actor, id, said.placed(id)); err != nil {
			return err
		}
	}
	return nil
}
