package console_test

import (
	"testing"

	"motorpool/shared/member"
)

// TestSomebodyIsInvitedAndSwitchesInTheBrowser: an invitation, a password, an app,
// the chooser, and another workspace.
func TestSomebodyIsInvitedAndSwitchesInTheBrowser(t *testing.T) {
	s := open(t)
	two := s.found("Alpine Vans", "boss@example.com")
	_, err := s.h.Members.Invite(t.Context(), s.owner, "tom@example.com", member.Details{Name: "Tom", Role: member.Admin}, s.h.Now())
	s.must(err)
	b := s.browse()
	b.expected = []string{"422"}
	b.open(s.letter(s.owner.Workspace))
	b.sees("Join Harbour City Cars")
	b.fill("#f-password", "password1234")
	b.press("Join")
	b.sees("among those that are tried first")
	b.fill("#f-password", password)
	b.press("Join")
	b.sees("Get started")

	b.press("My account")
	b.press("Set up an app")
	b.sees("Protect your account")
	b.press("Set up an app")
	b.sees("Scan this code")
	secret := eval[string](b, `document.querySelector("p.mono").textContent`)
	b.fill("#f-code", s.code(secret))
	b.press("Confirm")
	b.sees("Keep these codes")
	codes := eval[[]string](b, `[...document.querySelectorAll("ul.mono li")].map(e => e.textContent)`)
	b.press("I have kept them")
	b.sees("Get started")
	b.click(`button[aria-label="Sign out"]`)
	b.sees("You are signed out.")

	_, _, err = s.h.LetIn(t.Context(), two.ID, "tom@example.com", s.h.Now())
	s.must(err)
	b.fill("#f-email", "tom@example.com")
	b.fill("#f-password", password)
	b.press("Sign in")
	b.sees("One more thing")
	b.fill("#f-code", codes[0])
	b.press("Sign in")
	b.sees("Choose a workspace")
	b.press("Alpine Vans")
	b.until("the workspace's name", `document.querySelector(".side .brand").innerText.includes("Alpine Vans")`)
	b.press("Change workspace")
	b.press("Harbour City Cars")
	b.until("the other name", `document.querySelector(".side .brand").innerText.includes("Harbour City Cars")`)
}

// TestSomebodyIsDisabledInOneWorkspaceInTheBrowser: they are out of it at their next
// step, and in the other as before.
func TestSomebodyIsDisabledInOneWorkspaceInTheBrowser(t *testing.T) {
	s := open(t)
	_, tom := s.hire("tom@example.com", member.Admin)
	s.found("Alpine Vans", "tom@example.com")
	b := s.browse()
	b.open("/sign-in")
	b.fill("#f-email", "tom@example.com")
	b.fill("#f-password", password)
	b.press("Sign in")
	b.press("Harbour City Cars")
	b.sees("Get started")
	owner := s.elsewhere()
	owner.signIn()
	owner.post("/settings/users/"+tom.ID+"/disable", nil).want(200)
	b.open("/assets")
	b.sees("Choose a workspace")
	if eval[bool](b, `document.body.innerText.includes("Harbour City Cars")`) {
		t.Error("the chooser offers the workspace that they were disabled in")
	}
	b.press("Alpine Vans")
	b.sees("Get started")
	if got := b.location(); got != "/" {
		t.Errorf("at %s", got)
	}
}

// TestTheStaffPagesAreAccessibleAndFitAPhone looks at what everybody has in front
// of them, with somebody invited, disabled and bound to a location.
func TestTheStaffPagesAreAccessibleAndFitAPhone(t *testing.T) {
	s := open(t)
	src := axe(t)
	north, desk := s.place("North"), s.role("Desk", "assets.view", "people.view")
	_, tom := s.hire("tom@example.com", desk, north)
	ivy, err := s.h.Members.Invite(t.Context(), s.owner, "ivy@example.com", member.Details{Name: "Ivy", Role: desk}, s.h.Now())
	s.must(err)
	b := s.browse()
	b.enter(s.link())
	for _, theme := range []string{"light", "dark"} {
		b.theme(theme)
		for name, path := range map[string]string{
			"users": "/settings/users", "users-none": "/settings/users?q=zzz", "user-new": "/settings/users/new", "user": "/settings/users/" + tom.ID, "user-invited": "/settings/users/" + ivy.ID,
			"roles": "/settings/roles", "role-new": "/settings/roles/new", "role": "/settings/roles/" + desk, "role-admin": "/settings/roles/rol_admin",
			"account": "/account", "phone": "/account/phone", "chooser": "/workspaces",
		} {
			b.desk()
			b.open(path)
			b.accessible(src, path+" ("+theme+")")
			b.shoot(name + "-" + theme)
			if theme == "light" {
				b.phone()
				b.fits(path)
				b.accessible(src, path+" (phone)")
				b.shoot(name + "-phone")
			}
		}
	}
	b.desk()
	b.open("/settings/users/" + tom.ID)
	b.press("Disable")
	b.sees("Disable Tom?")
	b.accessible(src, "the dialog")
}
