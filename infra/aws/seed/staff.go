package seed

import (
	"context"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/identity"
	"motorpool/shared/letter"
	"motorpool/shared/member"
)

// Staff is who works in the world, and who is asked to.
type Staff struct {
	Roles   map[string]*member.Role   // by name
	Users   map[string]*member.Member // by name
	Invites []string                  // tokens that accept an invitation
	Letter  string                    // that asks one of them
	Resets  []string                  // tokens that set somebody a new password
}

// staff gives the world users in every state.
func (w *World) staff(ctx context.Context, _ string) error {
	at, owner := w.clock.ago(day), access.System(w.Workspace.ID)
	w.Staff = Staff{Roles: map[string]*member.Role{}, Users: map[string]*member.Member{}}
	for _, name := range []string{"Customer success", "Night desk", "Workshop", "Car wash", "Weekend desk"} {
		r, err := w.Members.CreateRole(ctx, owner, member.RoleDetails{Name: name, Grants: []access.Grant{access.ViewAssets}}, at)
		if err != nil {
			return err
		}
		w.Staff.Roles[name] = r
	}
	for _, name := range []string{"Tom", "Ivy", "Ann", "Joe", "Zoe", "Max", "Una", "Kit", "Lou", "Ned", "Oda", "Pia", "Ray", "Sue"} {
		if err := w.hire(ctx, owner, name); err != nil {
			return err
		}
	}
	for _, name := range []string{"Ray", "Sue"} {
		token, err := w.Identities.NewLink(ctx, identity.Reset, w.Staff.Users[name].ID, "", w.clock.ago(0))
		if err != nil {
			return err
		}
		w.Staff.Resets = append(w.Staff.Resets, token)
	}
	return nil
}

// hire invites somebody. Some come; Lou and Zoe are disabled.
func (w *World) hire(ctx context.Context, owner access.Actor, name string) error {
	at, email := w.clock.ago(day), strings.ToLower(name)+"@harbourcars.example"
	d := member.Details{Name: name, Role: w.Staff.Roles["Customer success"].ID}
	m, err := w.Members.Invite(ctx, owner, email, d, at)
	if err != nil {
		return err
	}
	all, _, err := w.Letters.List(ctx, w.Workspace.ID, "", 1)
	if err != nil {
		return err
	}
	l, err := w.Letters.Read(ctx, w.Workspace.ID, all[0].ID)
	if err != nil {
		return err
	}
	token := strings.TrimPrefix(l.Link, "/invitation/")
	switch name {
	case "Joe", "Kit", "Lou", "Max", "Pia", "Ray", "Sue", "Zoe":
		if err := w.Members.Accept(ctx, w.Workspace.ID, email, token, at); err != nil {
			return err
		}
		if m, err = w.Members.Get(ctx, owner, m.ID); err == nil && (name == "Lou" || name == "Zoe") {
			m, err = w.Members.Disable(ctx, owner, m.ID, 0, at)
		}
	case "Ann", "Una":
		if err := w.Letters.Post(ctx, []letter.Errand{{Workspace: w.Workspace.ID, Letter: l.ID}}); err != nil {
			return err
		}
		w.Letter, w.Staff.Letter = w.sent.letters[0], l.ID
		w.Staff.Invites = append(w.Staff.Invites, token)
	}
	w.Staff.Users[name] = m
	return err
}
