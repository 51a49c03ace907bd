// Package settings is where a workspace is looked after: its name and settings,
// its API keys, and the log of who changed what.
package settings

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ChangeWorkspace,
	CreateKey,
	GetKey,
	GetMe,
	GetWorkspace,
	ListAudit,
	ListKeys,
	RevokeKey,
}
