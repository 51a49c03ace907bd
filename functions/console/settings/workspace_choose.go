package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// WorkspaceChoose shows where its reader works, the workspace they were in last first.
var WorkspaceChoose = api.Route{
	Name:    "console.workspace_choose",
	Method:  http.MethodGet,
	Path:    "/workspaces",
	Summary: "Choose a workspace",
	Door:    api.OpenDoor,
	Handle:  page.Handler(workspaceChoose),
}

type workspaceChooseView struct {
	Title  string
	Places []look.Link // name, and the id to post
	Advice advice
}

var workspaceChoosePage = look.Alone(files, "workspace_choose")

func workspaceChoose(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	ses, err := page.Session(ctx, c)
	if fault.KindOf(err) == fault.Unauthenticated {
		return api.Redirect("/sign-in"), nil
	}
	if err != nil {
		return api.Answer{}, err
	}
	places, err := c.Sessions.Places(ctx, ses)
	if err != nil {
		return api.Answer{}, err
	}
	i, err := c.Identities.Load(ctx, ses.Identity)
	if err != nil {
		return api.Answer{}, err
	}
	v := workspaceChooseView{Title: "Choose a workspace", Advice: oneOrSeveral}
	if len(places) == 0 {
		v.Title = "No access"
	}
	for _, p := range places {
		w, err := c.Workspaces.Get(ctx, p.Workspace)
		if err != nil {
			return api.Answer{}, err
		}
		link := look.Link{Text: w.Name, To: w.ID}
		if v.Places = append(v.Places, link); w.ID == i.LastWorkspace {
			copy(v.Places[1:], v.Places)
			v.Places[0] = link
		}
	}
	return page.Show(workspaceChoosePage, v)
}
