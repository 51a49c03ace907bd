package app

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/exporting"
	"motorpool/shared/fleet"
)

// assetList is the list of assets as an export has it: what an import takes, and
// what follows from the rest.
type assetList struct {
	assetRows
	now func() time.Time
}

// Grant is what it takes to see assets.
func (assetList) Grant() access.Grant { return access.ViewAssets }

// derived are columns that nobody can import.
var derived = []struct {
	name, label string
	of          func(a *fleet.Asset) string
}{
	{"custom_fields", "Fields of your own", func(a *fleet.Asset) string {
		var all []string
		for _, name := range slices.Sorted(maps.Keys(a.CustomFields)) {
			all = append(all, name+"="+a.CustomFields[name])
		}
		return strings.Join(all, "; ")
	}},
	{"id", "Id", func(a *fleet.Asset) string { return a.ID }},
	{"status", "Status", nil}, // as its calendar has it
	{"booking_enabled", "Booking enabled", func(a *fleet.Asset) string {
		if a.BookingEnabled {
			return "yes"
		}
		return "no"
	}},
	{"created_at", "Created", func(a *fleet.Asset) string { return a.Created.UTC().Format(time.RFC3339) }},
	{"updated_at", "Updated", func(a *fleet.Asset) string { return a.Updated.UTC().Format(time.RFC3339) }},
}

// Columns lists what a row can have.
func (assetList) Columns() (all []exporting.Column) {
	for _, f := range assetFields() {
		if !f.Open {
			all = append(all, exporting.Column{Name: f.Name, Label: f.Label})
		}
	}
	for _, d := range derived {
		all = append(all, exporting.Column{Name: d.name, Label: d.label})
	}
	return all
}

// Filters lists the filters of GET /v1/assets.
func (assetList) Filters() []exporting.Filter {
	return slices.Concat(oneOf("booking_enabled", "true", "false"), anything("category", "location", "make", "q"), oneOf("sort", "newest", "number"),
		oneOf("status", "available", "unavailable", "archived", "reserved", "on_booking", "overdue_return", "in_maintenance"), anything("tag", "type"))
}

// Rows returns a page of the assets that the actor may see.
func (r assetList) Rows(ctx context.Context, actor access.Actor, filters map[string]string, columns []string, cursor string, limit int) ([][]string, string, error) {
	f := fleet.AssetFilter{
		Status: fleet.Status(filters["status"]), Category: filters["category"], Type: filters["type"], Make: filters["make"],
		Tag: filters["tag"], Q: filters["q"], Location: filters["location"], ByNumber: filters["sort"] == "number",
		Booking: yesOrNo(filters["booking_enabled"]), At: r.now(),
	}
	n, err := r.names(ctx, actor)
	if err != nil {
		return nil, "", err
	}
	page, next, err := r.fleet.Assets(ctx, actor, f, cursor, limit)
	if err != nil {
		return nil, "", err
	}
	of := map[string]func(*fleet.Asset) string{}
	for _, field := range assetFields() {
		if !field.Open {
			of[field.Name] = func(a *fleet.Asset) string { return field.get(a, n) }
		}
	}
	for _, d := range derived {
		of[d.name] = d.of
	}
	list, status := make([][]string, len(page)), r.fleet.Statuses(actor.Workspace, f.At)
	for i, a := range page {
		is, err := status(ctx, a)
		if err != nil {
			return nil, "", err
		}
		of["status"] = func(*fleet.Asset) string { return string(is) }
		list[i] = make([]string, len(columns))
		for c, name := range columns {
			list[i][c] = of[name](a)
		}
	}
	return list, next, nil
}
