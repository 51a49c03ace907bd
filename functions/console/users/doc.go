// Package users is the console's pages of the workspace's users and their roles.
package users

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	UserCodes,
	UserDisable,
	UserEnable,
	UserInvite,
	UserList,
	UserNew,
	UserPage,
	UserResend,
	UserRevoke,
	UserRoleCreate,
	UserRoleDelete,
	UserRoleList,
	UserRoleNew,
	UserRolePage,
	UserRoleSave,
	UserSave,
}
