package app

import (
	"context"
	"io"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apikey"
	"motorpool/shared/attachment"
	"motorpool/shared/exporting"
	"motorpool/shared/fault"
	"motorpool/shared/importing"
	"motorpool/shared/letter"
	"motorpool/shared/member"
	"motorpool/shared/table"
)

// rights tells what somebody who asked for long work may do by the time that it
// is done.
type rights struct {
	members *member.Service
	keys    *apikey.Service
}

// Now returns by with the grants and locations they have at an instant.
func (r rights) Now(ctx context.Context, workspace string, by access.Actor, at time.Time) (access.Actor, error) {
	switch by.Kind {
	case "user":
		return r.members.Member(ctx, workspace, by.ID, at)
	case "api_key":
		return r.keys.Holder(ctx, workspace, by.ID, at)
	}
	return access.Actor{}, fault.New(fault.Denied, "access.unknown", "Nobody knows who asked for this.")
}

// wireLists wires what takes lists in and gives them out.
func (a *App) wireLists(p Ports) {
	assets, now := assetRows{a.Fleet, a.Locations}, rights{a.Members, a.Keys}
	a.Imports = &importing.Service{
		Table: p.Table, Jobs: p.Jobs, Blobs: p.Files, NewID: p.NewID, Events: a.Events, Audit: a.Audit, Rights: now,
		Targets: map[string]importing.Target{"assets": assets},
	}
	a.People.Jobs, a.People.Rights = p.Jobs, now
	if p.Files != nil {
		a.Imports.Files = importFiles{a.Attachments}
	}
	a.Exports = &exporting.Service{
		Table: p.Table, Jobs: p.Jobs, Blobs: p.Files, NewID: p.NewID, Audit: a.Audit, Rights: now, Letters: exported{a.Members, a.Letters},
		Lists: a.lists(assets, p.Now),
	}
}

// exported writes to those who wait for a file.
type exported struct {
	members *member.Service
	letters *letter.Service
}

// ExportReady is for exporting.Letters.
func (e exported) ExportReady(ctx context.Context, workspace string, to access.Actor, _ string, at time.Time) (table.Op, error) {
	m, err := e.members.Get(ctx, access.System(workspace), to.ID)
	if err != nil {
		return table.Op{}, err
	}
	return e.letters.Write(ctx, workspace, letter.Letter{
		Kind: letter.Notice, Email: m.Email, Name: m.Name, Asked: at, Title: "Your export is ready",
		Text: []string{"The file that you asked for is ready. It is kept for 24 hours."}, Page: "/exports", Button: "Open the exports",
	})
}

// importFiles is what imports need of attachments.
type importFiles struct{ *attachment.Service }

// Use makes an upload the import's.
func (f importFiles) Use(ctx context.Context, workspace, id, by string) (table.Op, error) {
	return f.Service.Use(ctx, workspace, id, string(attachment.Import), by)
}

// Open returns an upload's bytes and name.
func (f importFiles) Open(ctx context.Context, workspace, id string) (io.ReadCloser, string, error) {
	r, a, err := f.Service.Open(ctx, workspace, id)
	if err != nil {
		return nil, "", err
	}
	return r, a.Name, nil
}
