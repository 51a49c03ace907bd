package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/letter"
)

// OutboxList shows the letters of the workspace and what became of each.
var OutboxList = api.Route{
	Name:    "console.outbox_list",
	Method:  http.MethodGet,
	Path:    outboxPath,
	Summary: "Outbox",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(outboxList),
}

type outboxInput struct {
	Cursor string `query:"cursor"`
}

type outboxView struct {
	look.Frame
	Notice look.Notice
	Rows   []letterRow
	Door   []letterRow // letters to who signs in, where there is one workspace
	Empty  look.Empty
	Pager  look.Pager
}

var outboxTemplate = look.Page(files, "outbox_list")

func outboxList(ctx context.Context, c *api.Call, in outboxInput) (api.Answer, error) {
	f, err := adminFrame(ctx, c, look.Frame{Title: "Outbox", Section: "outbox", Lead: "Every letter that was written here in the last 90 days, and what became of it."})
	if err != nil {
		return api.Answer{}, err
	}
	all, next, err := c.Letters.List(ctx, c.Actor.Workspace, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	v := outboxView{
		Frame: f, Notice: leaves(c), Rows: letterRows(f, all, c.Outbox != nil),
		Empty: look.Empty{Icon: "send", Title: "No letter so far", Text: "Invitations, and news about what goes wrong, appear here."},
		Pager: page.Pager(look.Count(len(all), "letter", "letters"), in.Cursor, next, outboxPath),
	}
	alone, err := doorLetters(ctx, c)
	if err == nil && alone && in.Cursor == "" {
		var door []letter.Letter
		door, _, err = c.Letters.List(ctx, "", "", 20)
		v.Door = letterRows(f, door, c.Outbox != nil)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(outboxTemplate, v)
}
