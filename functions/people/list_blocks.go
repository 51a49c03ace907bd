package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/person"
)

// ListBlocks shows every block a customer was ever under, newest first.
var ListBlocks = api.Route{
	Name:    "people.list_blocks",
	Method:  http.MethodGet,
	Path:    "/v1/people/{id}/blocks",
	Summary: "List the blocks of a person",
	About:   "Those that were lifted too. A duplicate that was merged keeps its own, under its own identifier.",
	Allow:   access.ViewPeople,
	Faults:  []string{"person.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listBlocks),
}

type listBlocksInput struct {
	ID string `path:"id"`
	api.Paging
}

func listBlocks(ctx context.Context, c *api.Call, in listBlocksInput) (api.List[blockView], error) {
	page, next, err := c.People.Blocks(ctx, c.Actor.Workspace, in.ID, in.Cursor, in.Limit)
	return listOf(page, next, func(b person.Block) blockView { return blockViewOf(c, b) }), err
}
