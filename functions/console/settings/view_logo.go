package settings

import (
	"context"

	"motorpool/functions/console/look"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/workspace"
)

const (
	workspacePath = "/settings/workspace"
	logoForm      = "logo"
)

// logoView is the part of the settings where the logo is changed.
type logoView struct {
	Action, Form string
	Grounds      []look.Option // Value is light or dark, Hint the picture's address
	Ready        []string      // files that were uploaded without a script
	Files        look.Files
}

func logoOf(ctx context.Context, c *api.Call, is workspace.Logo, sent record.Uploads) logoView {
	v := logoView{Action: workspacePath + "/logo", Form: logoForm, Ready: sent.Ready(), Files: sent.Control(attachment.Logo, workspacePath, logoForm, "Upload a logo")}
	v.Files.Send = true
	v.Grounds = []look.Option{
		{Value: "light", Text: "On light ground", Chosen: is.Light == "" || is.Dark != "", Hint: record.CoverOf(ctx, c, is.Light, "", attachment.Small)},
		{Value: "dark", Text: "On dark ground", Chosen: is.Light != "" && is.Dark == "", Hint: record.CoverOf(ctx, c, is.Dark, "", attachment.Small)},
	}
	return v
}
