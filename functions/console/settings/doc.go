// Package settings is the console's pages of the workspace itself: its settings and
// features, API keys, the outbox and the audit log.
package settings

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AuditLog,
	FeatureList,
	FeatureSwitch,
	KeyCreate,
	KeyList,
	KeyNew,
	KeyRevoke,
	OutboxLetter,
	OutboxList,
	WorkspaceChoose,
	WorkspaceEnter,
	WorkspaceLogo,
	WorkspacePage,
	WorkspaceSave,
}
