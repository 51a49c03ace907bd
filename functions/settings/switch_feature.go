package settings

import (
	"context"
	"net/http"
	"slices"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/workspace"
)

// SwitchFeature switches something on or off in the workspace.
var SwitchFeature = api.Route{
	Name:    "settings.switch_feature",
	Method:  http.MethodPatch,
	Path:    "/v1/features/{name}",
	Summary: "Switch a feature on or off",
	Allow:   access.ManageSettings,
	Faults:  []string{"feature.not_found"},
	Handle:  rest.JSON(switchFeature),
}

type switchFeatureInput struct {
	Name string `path:"name" example:"bulk_price_import"`
	Body struct {
		Enabled bool `json:"enabled"`
	}
}

func switchFeature(ctx context.Context, c *api.Call, in switchFeatureInput) (featureView, error) {
	name := workspace.Feature(in.Name)
	w, err := c.Workspaces.Edit(ctx, c.Actor, func(f *workspace.Form) error { return f.Features.Switch(name, in.Body.Enabled) }, 0, c.Now)
	if err != nil {
		return featureView{}, err
	}
	all := viewFeatures(w)
	return all[slices.IndexFunc(all, func(f featureView) bool { return f.Name == name })], nil
}
