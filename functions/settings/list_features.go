package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/workspace"
)

// ListFeatures shows what can be switched on, and what is.
var ListFeatures = api.Route{
	Name:    "settings.list_features",
	Method:  http.MethodGet,
	Path:    "/v1/features",
	Summary: "List features",
	About:   "What administrators may switch on in this workspace. All are off in a new one.",
	Allow:   access.Public,
	Handle:  rest.JSON(listFeatures),
}

type featureList struct {
	Data []featureView `json:"data"`
}

type featureView struct {
	Name    workspace.Feature `json:"name" example:"bulk_price_import"`
	Title   string            `json:"title" example:"Bulk pricing of assets and packages"`
	Meaning string            `json:"meaning" doc:"What changes when it is on"`
	Enabled bool              `json:"enabled"`
	Default bool              `json:"default" doc:"What a new workspace has"`
}

func listFeatures(ctx context.Context, c *api.Call, _ api.None) (featureList, error) {
	w, err := c.Workspaces.Current(ctx, c.Actor.Workspace)
	if err != nil {
		return featureList{}, err
	}
	return featureList{viewFeatures(w)}, nil
}

func viewFeatures(w *workspace.Workspace) (all []featureView) {
	for _, f := range workspace.FeatureCatalogue {
		all = append(all, featureView{Name: f.Feature, Title: f.Name, Meaning: f.Meaning, Enabled: w.Features.Has(f.Feature)})
	}
	return all
}
