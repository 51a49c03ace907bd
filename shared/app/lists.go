package app

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/exporting"
	"motorpool/shared/money"
)

// listed is a list as an export has it: the objects that its route answers with,
// by the same service, filters and permission. A column is a field of the object,
// named by the way to it ("owner.type"), so that nothing is in a file that the
// route does not show.
type listed[T any] struct {
	grant   access.Grant
	filters []exporting.Filter
	columns string   // the ways, parted by spaces
	private []string // columns that need people.view_pii
	page    func(ctx context.Context, actor access.Actor, f filters, cursor string, limit int) ([]T, string, error)
	show    func(ctx context.Context, actor access.Actor, page []T) ([]any, error)
}

// filters are those of one export.
type filters map[string]string

// Grant is what it takes to see the list.
func (l listed[T]) Grant() access.Grant { return l.grant }

// Filters lists the filters of the list's route.
func (l listed[T]) Filters() []exporting.Filter { return l.filters }

// Columns lists what a row can have.
func (l listed[T]) Columns() (all []exporting.Column) {
	for name := range strings.FieldsSeq(l.columns) {
		c := exporting.Column{Name: name, Label: labelOf(name)}
		if slices.Contains(l.private, name) {
			c.Needs = access.ViewPII
		}
		all = append(all, c)
	}
	return all
}

// Rows returns a page of what the actor may see.
func (l listed[T]) Rows(ctx context.Context, actor access.Actor, f map[string]string, columns []string, cursor string, limit int) ([][]string, string, error) {
	page, next, err := l.page(ctx, actor, f, cursor, limit)
	if err != nil {
		return nil, "", err
	}
	shown, err := l.show(ctx, actor, page)
	if err != nil {
		return nil, "", err
	}
	list := make([][]string, len(shown))
	for i, object := range shown {
		fields, err := fieldsOf(object)
		if err != nil {
			return nil, "", err
		}
		list[i] = make([]string, len(columns))
		for c, name := range columns {
			list[i][c] = cellOf(fields, strings.Split(name, "."))
		}
	}
	return list, next, nil
}

// each shows one object after the other.
func each[T, V any](show func(T) V) func(context.Context, access.Actor, []T) ([]any, error) {
	return func(_ context.Context, _ access.Actor, page []T) ([]any, error) {
		out := make([]any, len(page))
		for i, one := range page {
			out[i] = show(one)
		}
		return out, nil
	}
}

// fieldsOf is an object as programs read it.
func fieldsOf(object any) (fields map[string]any, err error) {
	text, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return fields, d.Decode(&fields)
}

// cellOf is what is at the end of a way, in words: several values are parted by
// semicolons, and an amount has its currency.
func cellOf(value any, way []string) string {
	switch v := value.(type) {
	case map[string]any:
		if len(way) > 0 {
			return cellOf(v[way[0]], way[1:])
		}
		return amountOf(v)
	case []any:
		all := make([]string, 0, len(v))
		for _, one := range v {
			if cell := cellOf(one, way); cell != "" {
				all = append(all, cell)
			}
		}
		return strings.Join(all, "; ")
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "yes"
		}
		return "no"
	}
	return ""
}

func amountOf(v map[string]any) string {
	currency, _ := v["currency"].(string)
	minor, _ := v["minor"].(json.Number)
	n, err := minor.Int64()
	if currency == "" || err != nil {
		return ""
	}
	return money.Amount{Minor: n, Currency: currency}.String()
}

// labelOf is the header of a column: "owner.type" is "Owner type".
func labelOf(name string) string {
	words := strings.NewReplacer("_", " ", ".", " ").Replace(name)
	return strings.ToUpper(words[:1]) + words[1:]
}

// anything are filters that take any value.
func anything(names ...string) (all []exporting.Filter) {
	for _, name := range names {
		all = append(all, exporting.Filter{Name: name})
	}
	return all
}

// oneOf is a filter that takes one of some values.
func oneOf(name string, values ...string) []exporting.Filter {
	return []exporting.Filter{{Name: name, Values: values}}
}

// lists are all that can be exported, by the names of their routes. Users are
// not among them: a role and an address say who can be attacked for what, nobody
// does accounts with them, and the audit log has who was let in and by whom.
func (a *App) lists(assets assetRows, now func() time.Time) map[string]exporting.Rows {
	return map[string]exporting.Rows{
		"assets":              assetList{assets, now},
		"companies":           a.companyList(),
		"devices":             a.deviceList(),
		"documents":           a.documentList(now),
		"expenses":            a.expenseList(),
		"inspections":         a.inspectionList(),
		"insurance-claims":    a.claimList(),
		"insurance-policies":  a.policyList(now),
		"issues":              a.issueList(),
		"locations":           a.locationList(),
		"maintenance-windows": a.windowList(),
		"odometer-readings":   a.readingList(),
		"people":              a.personList(),
		"service-reminders":   a.reminderList(),
	}
}
