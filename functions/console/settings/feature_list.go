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

// FeatureList shows what can be switched on in the workspace.
var FeatureList = api.Route{
	Name:    "console.feature_list",
	Method:  http.MethodGet,
	Path:    featuresPath,
	Summary: "Features",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(featureList),
}

const featuresPath = "/settings/features"

type featureInput struct {
	Did string `query:"did"`
}

type featureListView struct {
	look.Frame
	Rows []featureRow
}

type featureRow struct {
	Name, Title, Meaning string
	On                   bool
}

var featureTemplate = look.Page(files, "feature_list")

func featureList(ctx context.Context, c *api.Call, in featureInput) (api.Answer, error) {
	w, err := c.Workspaces.Current(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Features", Section: "workspace", Toast: page.News(in.Did), Crumbs: []look.Link{{Text: "Workspace", To: "/settings/workspace"}},
		Lead: "What some operators want and others do not. All are off in a new workspace.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := featureListView{Frame: f}
	for _, one := range workspace.FeatureCatalogue {
		v.Rows = append(v.Rows, featureRow{string(one.Feature), one.Name, one.Meaning, w.Features.Has(one.Feature)})
	}
	return page.Show(featureTemplate, v)
}
