package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/audit"
)

// AuditLog shows who changed what, when and from where.
var AuditLog = api.Route{
	Name:    "console.audit_log",
	Method:  http.MethodGet,
	Path:    "/settings/audit",
	Summary: "Audit log",
	Allow:   access.ViewAudit,
	Door:    api.SessionDoor,
	Handle:  page.Handler(auditLog),
}

type auditLogInput struct {
	Action string `query:"action"`
	Object string `query:"object"`
	Actor  string `query:"actor"`
	Cursor string `query:"cursor"`
}

type auditLogView struct {
	look.Frame
	Filters  []look.Field
	Filtered bool
	Entries  []record.Entry
	Pager    look.Pager
	Empty    look.Empty
}

var auditLogPage = look.Page(files, "audit_log")

func auditLog(ctx context.Context, c *api.Call, in auditLogInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Audit log", Section: "audit", Lead: "Who changed what, when and from where. Entries are never altered and are kept for seven years."})
	if err != nil {
		return api.Answer{}, err
	}
	entries, next, err := c.Audit.List(ctx, c.Actor.Workspace, audit.Filter{Object: page.Trim(in.Object), Action: in.Action, Actor: page.Trim(in.Actor)}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	v := auditLogView{Frame: f, Filtered: in.Action+in.Object+in.Actor != "", Filters: []look.Field{
		{Name: "action", Label: "Action", Type: "select", Options: look.Choose(in.Action, auditActions()...)},
		{Name: "object", Label: "Of", Value: in.Object, Placeholder: "Identifier: ast_…", Search: true},
		{Name: "actor", Label: "By", Value: in.Actor, Placeholder: "Identifier: usr_… or key_…"},
	}}
	for _, e := range entries {
		v.Entries = append(v.Entries, record.EntryOf(f.Clock, e))
	}
	v.Pager = page.Pager(look.Count(len(entries), "entry", "entries"), in.Cursor, next, record.AuditPath, "action", in.Action, "object", in.Object, "actor", in.Actor)
	v.Empty = look.Empty{Icon: "history", Title: "Nothing here yet", Text: "Every change that people and programs make in this workspace is noted here."}
	if v.Filtered {
		v.Empty = look.Empty{Icon: "search", Title: "Nothing matches", Text: "No entry on this page is like that.", Links: []look.Link{{Text: "Clear the filters", To: record.AuditPath}}}
	}
	return page.Show(auditLogPage, v)
}

// auditNouns are what the log speaks of: every type of an audit.Object.
var auditNouns = []string{
	"asset", "category", "odometer_reading", "location", "issue", "maintenance_window", "service_reminder", "service_reminder_template",
	"inspection", "inspection_template", "device", "tracking_rules", "expense", "expense_item", "insurance_policy", "insurance_claim",
	"person", "company", "document", "document_settings", "import", "export", "webhook_endpoint", "webhook_delivery", "api_key", "role", "user", "workspace",
}

func auditActions() []look.Option {
	out := []look.Option{{Text: "All actions"}}
	for _, noun := range auditNouns {
		out = append(out, look.Option{Value: noun + ".*", Text: page.TitleOf(noun)})
	}
	return out
}
