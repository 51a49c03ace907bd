package documents

import (
	"context"
	"slices"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/fault"
)

var toDocuments = look.Link{Text: "Documents", To: "/documents"}

// ownerLink is who has a document, in words and with their page.
func ownerLink(ctx context.Context, c *api.Call, o document.Owner) (look.Link, error) {
	switch o.Type {
	case "person":
		name, err := record.NameOfPerson(ctx, c, o.ID)
		return look.Link{Text: name, To: record.PersonPath(o.ID)}, err
	case "company":
		co, err := c.Companies.Company(ctx, c.Actor.Workspace, o.ID)
		if fault.KindOf(err) == fault.NotFound {
			return look.Link{Text: o.ID}, nil
		}
		if err != nil {
			return look.Link{}, err
		}
		return look.Link{Text: co.TradingName, To: record.CompanyPath(o.ID)}, nil
	}
	a, err := c.Fleet.Find(ctx, c.Actor, o.ID)
	if fault.KindOf(err) == fault.NotFound {
		return look.Link{Text: o.ID}, nil
	}
	if err != nil {
		return look.Link{}, err
	}
	return look.Link{Text: a.Title(), To: record.AssetPath(o.ID)}, nil
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
			out = append(out, look.Option{Value: typ, Text: record.DocumentTitle(typ)})
		}
	}
	return look.Choose(chosen, out...)
}

// documentsTab is the address of the tab of an owner's documents.
func documentsTab(o document.Owner) string {
	switch o.Type {
	case "company":
		return record.CompanyPath(o.ID) + "?tab=documents"
	case "asset":
		return record.AssetPath(o.ID) + "?tab=documents"
	}
	return record.PersonPath(o.ID) + "?tab=documents"
}
