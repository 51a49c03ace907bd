package inspection

import (
	"context"
	"slices"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Occasion is when a booking asks for an inspection: before it becomes active a
// Handover, before it ends a Return.
type Occasion struct {
	Kind        Kind
	Asset       string
	Booking     string
	ProgramType string
	Required    bool // its booking rules have the requirement handover_inspection or return_inspection
}

// Need is what a booking is told.
type Need struct {
	Kind     Kind
	Asked    bool        // the operator is to be prompted
	Required bool        // it goes on only when the inspection is done
	Done     bool        // the inspection is done
	By       string      // the inspection that does it
	Offers   []*Template // by which it can be done, the best first
}

// Ask says what an occasion asks for: ending a booking prompts for an inspection
// as soon as any template is published, beginning one if a template for handovers
// applies. It is done by an inspection of that kind, asset and booking that was
// completed and counts.
func Ask(o Occasion, car Vehicle, published []*Template, had []*Inspection) Need {
	n := Need{Kind: o.Kind, Required: o.Required}
	for _, i := range had {
		if i.Done() && i.Kind == o.Kind && i.Asset == o.Asset && i.Booking == o.Booking {
			n.Done, n.By = true, i.ID
		}
	}
	applies := func(t *Template) bool {
		return meets(t.ProgramTypes, o.ProgramType) && meets(t.Categories, car.Categories...) && meets(t.Locations, car.Locations...)
	}
	var other []*Template
	for _, t := range published {
		switch {
		case t.State != Published:
		case t.Kind == o.Kind && applies(t):
			n.Offers = append(n.Offers, t)
		default:
			other = append(other, t)
		}
	}
	slices.SortStableFunc(n.Offers, func(a, b *Template) int { return b.narrow() - a.narrow() })
	n.Asked = o.Required || len(n.Offers) > 0 || o.Kind == Return && len(other) > 0
	if len(n.Offers) == 0 && n.Asked {
		n.Offers = other // none is made for this; any shows what the vehicle is like
	}
	n.Asked = n.Asked && !n.Done
	return n
}

// meets reports whether a list that is empty, or has one of these, is met.
func meets(list []string, have ...string) bool {
	return len(list) == 0 || slices.ContainsFunc(have, func(h string) bool { return slices.Contains(list, h) })
}

// narrow is in how many ways t says where it applies.
func (d *Details) narrow() (n int) {
	for _, list := range [][]string{d.ProgramTypes, d.Categories, d.Locations} {
		n += min(len(list), 1)
	}
	return n
}

// Skip reports whether a booking may go on without the inspection: it is done,
// nobody asks for it, or it is not required and there is a reason.
func (n Need) Skip(reason string) error {
	switch {
	case n.Done || !n.Asked && !n.Required:
		return nil
	case n.Required:
		return fault.New(fault.Conflict, "inspection.required", "The booking rules require a %s inspection. Complete it first.", n.Kind)
	case strings.TrimSpace(reason) == "":
		return fault.New(fault.Invalid, "inspection.skip_reason", "Inspect the vehicle, or say why you do not.").At("skip_reason")
	}
	return nil
}

// Need says what an occasion asks for.
func (s *Service) Need(ctx context.Context, actor access.Actor, o Occasion) (Need, error) {
	car, err := s.Vehicles.Vehicle(ctx, actor, o.Asset)
	if err != nil {
		return Need{}, err
	}
	published, err := whole(func(cursor string) ([]*Template, string, error) {
		return s.Templates(ctx, actor.Workspace, TemplateFilter{State: Published}, cursor, table.MaxPage)
	})
	if err != nil {
		return Need{}, err
	}
	had, err := whole(func(cursor string) ([]*Inspection, string, error) {
		return s.Inspections(ctx, actor, Filter{Booking: o.Booking, Asset: o.Asset, Kind: o.Kind}, cursor, table.MaxPage)
	})
	return Ask(o, car, published, had), err
}

// whole reads a list to its end.
func whole[T any](page func(cursor string) ([]T, string, error)) (all []T, err error) {
	for cursor := ""; ; {
		some, next, err := page(cursor)
		if all = append(all, some...); err != nil || next == "" {
			return all, err
		}
		cursor = next
	}
}
