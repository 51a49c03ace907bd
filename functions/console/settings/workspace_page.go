package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// WorkspacePage shows who the operator is and the workspace's settings, as a form.
var WorkspacePage = api.Route{
	Name:    "console.workspace_page",
	Method:  http.MethodGet,
	Path:    "/settings/workspace",
	Summary: "Workspace settings",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(workspacePage),
}

type workspaceView struct {
	look.Frame
	Wrong    *look.Notice
	Version  int64
	Sections []formSection
	ID       string
	Mode     string
	Created  look.Moment
	Advice   advice
	Logo     logoView
}

// formSection is a part of a long form.
type formSection struct {
	Title  string
	Lead   string
	Fields []look.Field
	Boxes  []look.Option // Value is the box's name
}

var workspaceTemplate = look.Page(files, "workspace_page")

func workspacePage(ctx context.Context, c *api.Call, in workspaceFields) (api.Answer, error) {
	w, err := c.Workspaces.Current(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	f := w.Form()
	filled := workspaceFields{Version: w.Version, Did: in.Did, Uploads: in.Uploads, AutoRecover: f.Settings.AutoRecover, RequireMFA: f.Settings.RequireMFA}
	for _, p := range filled.pairs(&f) {
		p.show()
	}
	return workspaceForm(ctx, c, filled, nil)
}

func workspaceForm(ctx context.Context, c *api.Call, in workspaceFields, because error) (api.Answer, error) {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	locked, err := c.Workspaces.Locked(ctx, w.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{Title: "Workspace", Section: "workspace", Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	pairs := in.pairs(&workspace.Form{})
	fields := make([]look.Field, len(pairs))
	for i, p := range pairs {
		fields[i] = p.field(locked)
	}
	notice := page.Wrong(because, fields)
	v := workspaceView{
		Frame: f, Wrong: notice, Version: in.Version, Sections: in.sections(fields),
		ID: w.ID, Mode: string(w.Mode), Created: f.Day(w.Created), Advice: oneOrSeveral,
		Logo: logoOf(ctx, c, w.Logo, in.Uploads),
	}
	if because != nil {
		return page.Again(workspaceTemplate, v)
	}
	return page.Show(workspaceTemplate, v)
}

// sections sorts the fields, which are in the order of pairs, into parts.
func (in workspaceFields) sections(fields []look.Field) []formSection {
	parts := []formSection{
		{Title: "Who you are", Lead: "What customers read, and what invoices say."},
		{Title: "Registered address"},
		{Title: "Support and e-mail", Lead: "Where customers find help, and how letters present themselves."},
		{Title: "Looks", Lead: "On the website, in the portal and in documents."},
		{Title: "How things are written"},
		{Title: "Money and numbers"},
		{Title: "Webhooks", Boxes: []look.Option{{Value: "auto_recover", Text: "Recover by itself", Chosen: in.AutoRecover, Hint: "When an endpoint answers again after failing, send what it lost without being asked. Otherwise its page offers it."}}},
		{Title: "Signing in", Boxes: []look.Option{{Value: "require_mfa", Text: "Ask for a code of the phone", Chosen: in.RequireMFA, Hint: "Everybody who works here gives one when they sign in. Who has no app for it yet sets one up first."}}},
	}
	for i, n := range []int{6, 6, 5, 2, 5, 5, 2} {
		parts[i].Fields, fields = fields[:n], fields[n:]
	}
	return parts
}
