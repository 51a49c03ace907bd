package expense

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/pattern"
	"motorpool/shared/table"
)

// Item is what something is spent on, in a workspace's own words.
type Item struct {
	Code string `json:"code" doc:"What programs call it; never changes" example:"tyres"`
	Name string `json:"name" doc:"What people call it" example:"Tyres"`
	Off  bool   `json:"off,omitempty" doc:"It is offered no longer; what was recorded under it stays"`
}

// defaults are the items of a workspace that has said nothing else.
var defaults = []Item{
	{Code: "cleaning", Name: "Cleaning"},
	{Code: "finance", Name: "Finance and leasing"},
	{Code: "fines", Name: "Fines"},
	{Code: "fuel", Name: "Fuel and charging"},
	{Code: "insurance", Name: "Insurance"},
	{Code: "other", Name: "Other"},
	{Code: "parking", Name: "Parking"},
	{Code: "parts", Name: "Parts and accessories"},
	{Code: "registration", Name: "Registration and taxes"},
	{Code: "repair", Name: "Damage repair"},
	{Code: "roadside", Name: "Roadside help and towing"},
	{Code: "service", Name: "Service and maintenance"},
	{Code: "tolls", Name: "Tolls"},
	{Code: "transport", Name: "Transport"},
	{Code: "tyres", Name: "Tyres"},
}

const maxItems = 100

var codeForm = pattern.New(`^[a-z][a-z0-9_]{0,39}$`)

// Items returns a workspace's items by code, with the version of that list.
func (s *Service) Items(ctx context.Context, workspace string) ([]Item, int64, error) {
	it, err := s.Table.Get(ctx, itemsKey(workspace))
	if fault.KindOf(err) == fault.NotFound {
		return slices.Clone(defaults), 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	var own []Item
	if err := json.Unmarshal(it.Doc, &own); err != nil {
		return nil, 0, err
	}
	for _, d := range defaults { // one that came with a later version of the product
		if !slices.ContainsFunc(own, func(i Item) bool { return i.Code == d.Code }) {
			own = append(own, d)
		}
	}
	slices.SortFunc(own, func(a, b Item) int { return strings.Compare(a.Code, b.Code) })
	return own, it.Version, nil
}

// PutItem names an item, adds one, or switches one off. Items are not deleted:
// expenses are under them.
func (s *Service) PutItem(ctx context.Context, actor access.Actor, item Item, at time.Time) (Item, error) {
	c := &form.Complaints{Noun: "expense_item"}
	if !codeForm(item.Code) {
		c.Add("code", "Use at most 40 lower-case letters, digits and underscores, a letter first.")
	}
	c.Needed("name", &item.Name, 60)
	if err := c.Err(); err != nil {
		return Item{}, err
	}
	return item, table.Again(ctx, tries, func() error { return s.putItem(ctx, actor, item, at) })
}

func (s *Service) putItem(ctx context.Context, actor access.Actor, item Item, at time.Time) error {
	all, version, err := s.Items(ctx, actor.Workspace)
	if err != nil {
		return err
	}
	var from any
	n := slices.IndexFunc(all, func(i Item) bool { return i.Code == item.Code })
	switch {
	case slices.ContainsFunc(all, func(i Item) bool { return i.Code != item.Code && strings.EqualFold(i.Name, item.Name) }):
		return fault.New(fault.Conflict, "expense_item.name_taken", "Another item is called so. Choose a name that tells them apart.").At("name")
	case n >= 0 && all[n] == item:
		return nil
	case n >= 0:
		from, all[n] = all[n], item
	case len(all) >= maxItems:
		return fault.New(fault.Conflict, "expense_item.too_many", "There are %d items already, which is all that fits.", maxItems)
	default:
		from, all = Item{}, append(all, item)
	}
	doc, err := json.Marshal(all)
	if err != nil {
		return err
	}
	changes, err := audit.Diff(from, item)
	if err != nil {
		return err
	}
	k := itemsKey(actor.Workspace)
	told, err := s.Audit.Op(k.PK, actor, "expense_item.changed", audit.Object{Type: "expense_item", ID: item.Code, Name: item.Name}, changes, at)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, table.Put(table.Item{Key: k, Version: version, Doc: doc}), told)
}

// offered returns fault.Invalid unless something may be recorded under code. What
// is under it already stays there.
func (s *Service) offered(ctx context.Context, workspace, code, was string) error {
	if code == was {
		return nil
	}
	all, _, err := s.Items(ctx, workspace)
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.Code == code && !i.Off {
			return nil
		}
	}
	return fault.New(fault.Invalid, "expense.item", "There is no expense item %q in use. GET /v1/expense-items lists them.", code).At("item")
}
