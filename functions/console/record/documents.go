package record

import (
	"context"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/span"
)

// DocumentTitle is what people call a type of document.
func DocumentTitle(typ string) string { return page.TitleOf(document.Title(typ)) }

// DocumentBadge says whether a document holds.
func DocumentBadge(s document.State) look.Badge {
	switch s {
	case document.Verified:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Verified"}
	case document.Submitted:
		return look.Badge{Tone: "warn", Icon: "clock", Text: "To verify"}
	case document.Rejected:
		return look.Badge{Tone: "bad", Icon: "cross", Text: "Rejected"}
	case document.Expired:
		return look.Badge{Tone: "bad", Icon: "alert", Text: "Expired"}
	}
	return look.Badge{Icon: "send", Text: "Requested"}
}

// MayFile reports whether a reader may change an owner's documents.
func MayFile(f look.Frame, o document.Owner) bool {
	if o.Type == "asset" {
		return f.May(access.EditAssets)
	}
	return f.May(access.EditPeople)
}

// PaperOf is a document as a line among others of its owner.
func PaperOf(f look.Frame, d *document.Document, today span.Date) look.Paper {
	p := look.Paper{
		Title: DocumentTitle(d.Type), To: DocumentPath(d.ID), State: DocumentBadge(d.StateOn(today)),
		Expires: page.DateText(d.Paper.Expires), Updated: f.Ago(d.Updated),
	}
	if d.Owner.Type == "asset" || f.May(access.ViewPII) {
		p.Number = d.Paper.Number
	}
	if !d.Paper.Expires.IsZero() {
		p.Left = UntilDay(today, d.Paper.Expires)
	}
	return p
}

// UntilDay is how long it is from one day to another, in words.
func UntilDay(from, to span.Date) string {
	at := func(d span.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
	switch n := int(at(to).Sub(at(from)) / (24 * time.Hour)); {
	case n < -1:
		return look.Count(-n, "day", "days") + " ago"
	case n == -1:
		return "yesterday"
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	default:
		return "in " + look.Count(n, "day", "days")
	}
}

// PapersOf is the tab of an owner's documents; self is the owner's page.
func PapersOf(ctx context.Context, c *api.Call, f look.Frame, o document.Owner, cursor, self string) (look.Papers, error) {
	today, err := c.Documents.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return look.Papers{}, err
	}
	list, next, err := c.Documents.Documents(ctx, c.Actor, document.Filter{Owner: o.ID}, cursor, 50, c.Now)
	if err != nil {
		return look.Papers{}, err
	}
	v := look.Papers{
		Empty: look.Empty{Icon: "paper", Title: "No documents", Text: "Add one that was shown to you, or ask for one: whoever has the link can photograph it and send it."},
		Pager: page.Pager(look.Count(len(list), "document", "documents"), cursor, next, self, "tab", "documents"),
	}
	for _, d := range list {
		v.Rows = append(v.Rows, PaperOf(f, d, today))
	}
	if MayFile(f, o) {
		v.Acts = []look.Act{
			{Text: "Add document", Icon: "plus", To: page.With("/documents/new", "owner", o.ID), Tone: "main"},
			{Text: "Ask for one", Icon: "send", To: page.With("/documents/request", "owner", o.ID)},
		}
	}
	return v, nil
}
