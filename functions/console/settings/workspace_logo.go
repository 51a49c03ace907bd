package settings

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/workspace"
)

// WorkspaceLogo makes an upload the operator's logo; none takes it away.
var WorkspaceLogo = api.Route{
	Name:    "console.workspace_logo",
	Method:  http.MethodPost,
	Path:    "/settings/workspace/logo",
	Summary: "Change the operator's logo",
	Allow:   access.ManageSettings,
	Door:    api.SessionDoor,
	Handle:  page.Handler(workspaceLogo),
}

type workspaceLogoInput struct {
	Ground string   `form:"ground"`
	File   []string `form:"file"`
}

func workspaceLogo(ctx context.Context, c *api.Call, in workspaceLogoInput) (api.Answer, error) {
	logo := ""
	if len(in.File) > 0 {
		logo = in.File[len(in.File)-1]
	}
	_, err := c.Workspaces.Edit(ctx, c.Actor, func(f *workspace.Form) error {
		switch in.Ground {
		case "light":
			f.Logo.Light = logo
		case "dark":
			f.Logo.Dark = logo
		default:
			return fault.New(fault.Invalid, "workspace.logo", "Say whether the logo is for light or dark ground.").At("ground")
		}
		return nil
	}, 0, c.Now)
	if err != nil {
		return page.Back(workspacePath, err)
	}
	return page.Done(workspacePath, "workspace-saved")
}
