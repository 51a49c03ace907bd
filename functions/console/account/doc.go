// Package account is how people come in and leave, and what they may change about
// themselves: signing in, invitations, passwords, the phone, sessions.
package account

import (
	"embed"

	"motorpool/shared/api"
)

//go:embed *.html
var files embed.FS

// Routes lists this folder, sorted by name.
var Routes = []api.Route{
	AccountName,
	AccountPage,
	AccountPassword,
	Forgotten,
	ForgottenSend,
	InvitationAccept,
	InvitationPage,
	PhoneBegin,
	PhoneCode,
	PhoneConfirm,
	PhonePage,
	PhoneRecovery,
	PhoneRemove,
	Reset,
	ResetPage,
	SessionEnd,
	SessionEndAll,
	SignIn,
	SignInCode,
	SignInConfirm,
	SignInEnter,
	SignInLink,
	SignInLinkSend,
	SignInPassword,
	SignOut,
}
