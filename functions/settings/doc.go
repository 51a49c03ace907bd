// Package settings is where a workspace is looked after: its details and settings,
// its API keys, its users and their roles, and the log of who changed what.
package settings

import "motorpool/shared/api"

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	ChangeWorkspace,
	CreateKey,
	CreateRole,
	DeleteRole,
	DisableUser,
	EditRole,
	EditUser,
	EnableUser,
	GetKey,
	GetMe,
	GetOnboarding,
	GetRole,
	GetUser,
	GetWorkspace,
	InviteUser,
	ListAudit,
	ListFeatures,
	ListKeys,
	ListRoles,
	ListUserWork,
	ListUsers,
	ResendInvitation,
	RevokeInvitation,
	RevokeKey,
	SwitchFeature,
}
