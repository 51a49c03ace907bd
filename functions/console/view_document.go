package console

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/fault"
	"motorpool/shared/span"
)

var toDocuments = look.Link{Text: "Documents", To: "/documents"}

func documentPath(id string) string { return "/documents/" + url.PathEscape(id) }

func documentTitle(typ string) string { return titleOf(document.Title(typ)) }

func documentBadge(s document.State) look.Badge {
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

// ownerLink is who has a document, in words and with their page.
func ownerLink(ctx context.Context, c *api.Call, o document.Owner) (look.Link, error) {
	switch o.Type {
	case "person":
		name, err := nameOfPerson(ctx, c, o.ID)
		return look.Link{Text: name, To: personPath(o.ID)}, err
	case "company":
		co, err := c.Companies.Company(ctx, c.Actor.Workspace, o.ID)
		if fault.KindOf(err) == fault.NotFound {
			return look.Link{Text: o.ID}, nil
		}
		if err != nil {
			return look.Link{}, err
		}
		return look.Link{Text: co.TradingName, To: companyPath(o.ID)}, nil
	}
	a, err := c.Fleet.Find(ctx, c.Actor, o.ID)
	if fault.KindOf(err) == fault.NotFound {
		return look.Link{Text: o.ID}, nil
	}
	if err != nil {
		return look.Link{}, err
	}
	return look.Link{Text: a.Title(), To: assetPath(o.ID)}, nil
}

// mayFile reports whether a reader may change an owner's documents.
func mayFile(f look.Frame, o document.Owner) bool {
	if o.Type == "asset" {
		return f.May(access.EditAssets)
	}
	return f.May(access.EditPeople)
}

func paperOf(f look.Frame, d *document.Document, today span.Date) look.Paper {
	p := look.Paper{
		Title: documentTitle(d.Type), To: documentPath(d.ID), State: documentBadge(d.StateOn(today)),
		Expires: dateText(d.Paper.Expires), Updated: f.Ago(d.Updated),
	}
	if d.Owner.Type == "asset" || f.May(access.ViewPII) {
		p.Number = d.Paper.Number
	}
	if !d.Paper.Expires.IsZero() {
		p.Left = untilDay(today, d.Paper.Expires)
	}
	return p
}

// untilDay is how long it is from one day to another, in words.
func untilDay(from, to span.Date) string {
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

// papersOf is the tab of an owner's documents; self is the owner's page.
func papersOf(ctx context.Context, c *api.Call, f look.Frame, o document.Owner, cursor, self string) (look.Papers, error) {
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
		Pager: pager(look.Count(len(list), "document", "documents"), cursor, next, self, "tab", "documents"),
	}
	for _, d := range list {
		v.Rows = append(v.Rows, paperOf(f, d, today))
	}
	if mayFile(f, o) {
		v.Acts = []look.Act{
			{Text: "Add document", Icon: "plus", To: with("/documents/new", "owner", o.ID), Tone: "main"},
			{Text: "Ask for one", Icon: "send", To: with("/documents/request", "owner", o.ID)},
		}
	}
	return v, nil
}

// ownerOf reads whose documents an identifier stands for.
func ownerOf(id string) document.Owner {
	for prefix, typ := range map[string]string{"per_": "person", "com_": "company", "ast_": "asset"} {
		if strings.HasPrefix(id, prefix) {
			return document.Owner{Type: typ, ID: id}
		}
	}
	return document.Owner{ID: id}
}

// typesOf are the documents that an owner can have, to choose from.
func typesOf(o document.Owner, chosen string) []look.Option {
	var out []look.Option
	for _, typ := range document.Types {
		if slices.Contains(document.OwnersOf(typ), o.Type) {
			out = append(out, look.Option{Value: typ, Text: documentTitle(typ)})
		}
	}
	return look.Choose(chosen, out...)
}

// documentsTab is the address of the tab of an owner's documents.
func documentsTab(o document.Owner) string {
	switch o.Type {
	case "company":
		return companyPath(o.ID) + "?tab=documents"
	case "asset":
		return assetPath(o.ID) + "?tab=documents"
	}
	return personPath(o.ID) + "?tab=documents"
}
