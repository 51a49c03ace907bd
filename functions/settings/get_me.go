package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetMe says who the caller is and what they may do.
var GetMe = api.Route{
	Name:    "settings.get_me",
	Method:  http.MethodGet,
	Path:    "/v1/me",
	Summary: "Find out who you are",
	About:   "Good as a first request: it shows which workspace a key belongs to, and what it may do and give to other keys.",
	Allow:   access.Public,
	Handle:  rest.JSON(getMe),
}

type getMeOutput struct {
	Actor     actorView     `json:"actor"`
	Workspace workspaceView `json:"workspace"`
	Scopes    []scopeView   `json:"scopes" doc:"What you may do, and give to a key"`
}

type scopeView struct {
	Scope       access.Grant `json:"scope" example:"assets.view"`
	Description string       `json:"description" example:"See vehicles, categories and their history"`
}

func getMe(ctx context.Context, c *api.Call, _ api.None) (getMeOutput, error) {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return getMeOutput{}, err
	}
	out := getMeOutput{Actor: viewActor(c.Actor), Workspace: viewWorkspace(w), Scopes: []scopeView{}}
	for _, p := range access.Catalogue {
		if c.Actor.May(p.Grant) {
			out.Scopes = append(out.Scopes, scopeView{p.Grant, p.Description})
		}
	}
	return out, nil
}
