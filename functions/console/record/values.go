package record

import (
	"context"
	"slices"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/audit"
	"motorpool/shared/money"
	"motorpool/shared/pattern"
	"motorpool/shared/span"
)

var (
	idForm   = pattern.New(`^[a-z]{3}_[0-9a-z]{26}$`)
	wordForm = pattern.New(`^[a-z]+(_[a-z]+)+$`)
)

// values puts a value of a field into words; nothing is none.
func (t *Teller) values(ctx context.Context, field string, v any, all []audit.Change) []look.Link {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		var out []look.Link
		for _, one := range v {
			if _, is := one.(map[string]any); is {
				return []look.Link{{Text: look.Count(len(v), "entry", "entries")}}
			}
			out = append(out, t.values(ctx, field, one, all)...)
		}
		return out
	case string:
		if idForm(v) {
			if l := t.name(ctx, v); l.Text != "" {
				return []look.Link{l}
			}
			return nil
		}
		return plainly(t.text(v))
	case float64:
		return plainly(t.number(ctx, field, v, all))
	case map[string]any:
		if amount, is := amountInWords(v); is {
			return plainly(amount)
		}
		return nil // lists and objects within objects are shown where they are
	}
	return plainly(valueInWords(t.clock, v))
}

func plainly(s string) []look.Link {
	if s == "" {
		return nil
	}
	return []look.Link{{Text: s}}
}

// text is a string as people read it: dates and times where the workspace is.
func (t *Teller) text(s string) string {
	if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t.clock.When(at).Text
	}
	if d, err := span.ParseDate(s); err == nil && !d.IsZero() {
		return t.clock.Day(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, t.clock.Zone)).Text
	}
	if wordForm(s) {
		return strings.ReplaceAll(s, "_", " ")
	}
	return s
}

// number is a number as people read it: money with its currency, metres as
// kilometres, and thousands apart, but for years.
func (t *Teller) number(ctx context.Context, field string, n float64, all []audit.Change) string {
	switch last(field) {
	case "minor":
		a := money.Amount{Minor: int64(n), Currency: t.currency(ctx, strings.TrimSuffix(field, "minor")+"currency", all)}
		return page.Money(a)
	case "odometer", "metres", "interval_distance", "warn_distance":
		return Distance(int64(n)/1000, "km")
	case "year":
		return page.Number(int(n))
	}
	if n != float64(int64(n)) {
		return ""
	}
	return look.Thousands(int(n))
}

// currency is that of an amount of which one part changed: what the other part
// became, or else the workspace's.
func (t *Teller) currency(ctx context.Context, field string, all []audit.Change) string {
	if i := slices.IndexFunc(all, func(c audit.Change) bool { return c.Field == field }); i >= 0 {
		for _, v := range []any{all[i].To, all[i].From} {
			if s, ok := v.(string); ok {
				return s
			}
		}
	}
	w, err := t.call.Workspaces.Get(ctx, t.call.Actor.Workspace)
	if err != nil {
		return ""
	}
	return w.Currency
}

// ExportBadge is how far an export is: running, ready, expired or failed.
func ExportBadge(state string) look.Badge {
	switch state {
	case "running":
		return look.Badge{Tone: "info", Icon: "clock", Text: "Being written"}
	case "ready":
		return look.Badge{Tone: "ok", Icon: "check", Text: "Ready"}
	case "expired":
		return look.Badge{Icon: "bin", Text: "Gone"}
	}
	return look.Badge{Tone: "bad", Icon: "cross", Text: "Failed"}
}
