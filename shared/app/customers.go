package app

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/company"
	"motorpool/shared/document"
	"motorpool/shared/person"
	"motorpool/shared/table"
)

// numbered lets people be found by the numbers of their documents, and tells
// which these are.
type numbered struct {
	documents *document.Service
	people    *person.Service
}

// Found is for document.Finder.
func (n numbered) Found(workspace, owner, typ, number, id string) table.Op {
	return n.people.Numbered(workspace, owner, typ, number, id)
}

// Lost is for document.Finder.
func (n numbered) Lost(workspace, typ, number, id string) table.Op {
	return n.people.Unnumbered(workspace, typ, number, id)
}

// Warn is for document.Finder.
func (n numbered) Warn(ctx context.Context, actor access.Actor, owner, typ, number string, at time.Time) ([]table.Op, error) {
	return n.people.Numbering(ctx, actor, owner, typ, number, at)
}

// Numbers is for person.Documents.
func (n numbered) Numbers(ctx context.Context, workspace, id string) (all []person.Number, err error) {
	ids, err := n.people.Identifiers(ctx, workspace, id)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		some, err := n.documents.Numbers(ctx, workspace, id)
		if err != nil {
			return nil, err
		}
		for _, x := range some {
			all = append(all, person.Number{Kind: x.Type, Text: x.Text, Document: x.Document})
		}
	}
	return all, nil
}

// papers are what is held of a person in documents.
type papers struct{ *document.Service }

// Name is for person.Holding.
func (papers) Name() string { return "documents" }

// Of is for person.Holding.
func (p papers) Of(ctx context.Context, workspace, id string) (any, error) {
	all, err := p.Papers(ctx, workspace, id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all, nil
}

// Files is for person.Filed.
func (p papers) Files(ctx context.Context, workspace, id string) (all []person.File, err error) {
	filed, err := p.Filed(ctx, workspace, id)
	for _, f := range filed {
		all = append(all, person.File{Attachment: f.Attachment, Folder: "documents/" + f.Document})
	}
	return all, err
}

// firmly is what people are to companies.
type firmly struct{ *company.Service }

// Name is for person.Holding.
func (firmly) Name() string { return "companies" }

// Of is for person.Holding.
func (f firmly) Of(ctx context.Context, workspace, id string) (any, error) {
	all, err := f.Links(ctx, workspace, id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all, nil
}

// Erase is for person.Holding.
func (f firmly) Erase(ctx context.Context, actor access.Actor, id string, at time.Time) error {
	return f.Forget(ctx, actor, id, at)
}

// mentions is what refers to people. Until people book, nothing needs to know
// who they are.
type mentions struct{ references }

// Holds is for person.References.
func (mentions) Holds(context.Context, string, string) error { return nil }
