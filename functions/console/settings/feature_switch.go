package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// FeatureSwitch switches something on or off in the workspace.
var FeatureSwitch = api.Route{
	Name:    "console.feature_switch",
	Method:  http.MethodPost,
	Path:    featuresPath + "/{name}",
	Summary: "Switch a feature",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(featureSwitch),
}

type featureSwitchInput struct {
	Name string `path:"name"`
	On   bool   `form:"on"`
}

func featureSwitch(ctx context.Context, c *api.Call, in featureSwitchInput) (api.Answer, error) {
	_, err := c.Workspaces.Edit(ctx, c.Actor, func(f *workspace.Form) error { return f.Features.Switch(workspace.Feature(in.Name), in.On) }, 0, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	if in.On {
		return page.Done(featuresPath, "feature-on")
	}
	return page.Done(featuresPath, "feature-off")
}
