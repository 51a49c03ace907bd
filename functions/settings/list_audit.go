package settings

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/audit"
)

// ListAudit shows who changed what in the workspace.
var ListAudit = api.Route{
	Name:    "settings.list_audit",
	Method:  http.MethodGet,
	Path:    "/v1/audit-log",
	Summary: "Read the audit log",
	About:   "Who changed what, newest first, with what was there before. Entries are kept for seven years and never altered. A page may be short; only a null `next_cursor` means that there is no more.",
	Allow:   access.ViewAudit,
	Handle:  rest.JSON(listAudit),
}

type listAuditInput struct {
	api.Paging
	Object string    `query:"object" maxLength:"100" doc:"Only entries about this thing" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Action string    `query:"action" maxLength:"100" doc:"Only this action, or all of a kind with .* at the end" example:"asset.*"`
	Actor  string    `query:"actor" maxLength:"100" doc:"Only what this person or key did" example:"usr_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Since  time.Time `query:"since" doc:"At this instant or later" example:"2026-03-01T00:00:00Z"`
	Until  time.Time `query:"until" doc:"Before this instant" example:"2026-04-01T00:00:00Z"`
}

type auditView struct {
	ID      string         `json:"id" example:"aud_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	At      time.Time      `json:"at"`
	Actor   actorView      `json:"actor"`
	Action  string         `json:"action" example:"asset.updated"`
	Object  audit.Object   `json:"object"`
	Changes []audit.Change `json:"changes" doc:"Old and new value of each field that changed"`
	Request string         `json:"request_id,omitempty" doc:"The Request-Id of the request that did it"`
	IP      string         `json:"ip,omitempty" doc:"Where that request came from"`
}

func listAudit(ctx context.Context, c *api.Call, in listAuditInput) (api.List[auditView], error) {
	entries, next, err := c.Audit.List(ctx, c.Actor.Workspace, audit.Filter{
		Object: in.Object, Action: in.Action, Actor: in.Actor, Since: in.Since, Until: in.Until,
	}, in.Cursor, in.Limit)
	if err != nil {
		return api.List[auditView]{}, err
	}
	views := make([]auditView, len(entries))
	for i, e := range entries {
		views[i] = auditView{e.ID, e.At, viewActor(e.Actor), e.Action, e.Object, e.Changes, e.Request, e.IP}
		if e.Changes == nil {
			views[i].Changes = []audit.Change{}
		}
	}
	return api.ListOf(views, next), nil
}
