package events

var userListings = []Listing{
	listing("users", RoleCreated{}, "A role was added."),
	listing("users", RoleDeleted{}, "A role was deleted."),
	listing("users", RoleUpdated{}, "A role, or what it allows, was changed."),
	listing("users", UserActivated{}, "An invited user began to work here."),
	listing("users", UserDisabled{}, "A user was disabled in this workspace."),
	listing("users", UserEnabled{}, "A disabled user was enabled again."),
	listing("users", UserInvited{}, "A user was invited."),
	listing("users", UserRoleChanged{}, "A user was given another role."),
	listing("users", UserUpdated{}, "A user's name or locations were changed."),
}
