package member

import (
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/letter"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

const (
	here  = "loc_00000000000000000000000001"
	there = "loc_00000000000000000000000002"
)

// A desk is the service, and Mia, the first Admin.
type desk struct {
	*Service
	t       *testing.T
	tab     table.Table
	people  *identity.Service
	letters *letter.Service
	at      time.Time
	mia     access.Actor
}

func open(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	d := &desk{t: t, at: start}
	now := func() time.Time { return d.at }
	tab, box := newTable(t, now)
	d.tab = tab
	ids := ident.Sortable(now)
	d.people = &identity.Service{Table: d.tab, Box: box, NewID: ids, Secret: ident.Secret, Random: rand.Reader}
	d.letters = &letter.Service{Table: d.tab, Box: box, NewID: ids}
	d.Service = &Service{
		Table: d.tab, NewID: ids, Events: &outbox.Service{Table: d.tab, NewID: ids}, Audit: &audit.Service{Table: d.tab, NewID: ids},
		People: d.people, Letters: d.letters,
	}
	m, err := d.Found(t.Context(), "wsp_1", "mia@example.com", "Mia", d.at)
	if err != nil {
		t.Fatal(err)
	}
	d.mia = d.actor(m.ID)
	return d
}

func (d *desk) actor(id string) access.Actor {
	d.t.Helper()
	a, err := d.Member(d.t.Context(), "wsp_1", id, d.at.Add(time.Hour))
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

// token is what the latest letter leads to.
func (d *desk) token() string {
	d.t.Helper()
	all, _, err := d.letters.List(d.t.Context(), "wsp_1", "", 1)
	if err != nil || len(all) == 0 {
		d.t.Fatalf("no letter: %v", err)
	}
	l, err := d.letters.Read(d.t.Context(), "wsp_1", all[0].ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return l.Link[strings.LastIndex(l.Link, "/")+1:]
}

// hire invites somebody, who accepts.
func (d *desk) hire(email, role string, locations ...string) access.Actor {
	d.t.Helper()
	m := must(d.Invite(d.t.Context(), d.mia, email, Details{Name: email, Role: role, Locations: locations}, d.at))(d.t)
	if err := d.Accept(d.t.Context(), "wsp_1", email, d.token(), d.at); err != nil {
		d.t.Fatal(err)
	}
	return d.actor(m.ID)
}

func (d *desk) roleOf(name string, grants ...access.Grant) string {
	d.t.Helper()
	return must(d.CreateRole(d.t.Context(), d.mia, RoleDetails{Name: name, Grants: grants}, d.at))(d.t).ID
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func refused(t *testing.T, what string, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
}

func TestAnInvitationIsAcceptedByItsLatestLink(t *testing.T) {
	d, ctx := open(t), t.Context()
	m := must(d.Invite(ctx, d.mia, " Tom@Example.com ", Details{Name: " Tom ", Role: Admin}, d.at))(t)
	if m.State != Invited || m.Email != "Tom@Example.com" || m.Name != "Tom" {
		t.Fatalf("got %+v", m)
	}
	first := d.token()
	_, err := d.Invite(ctx, d.mia, "TOM@example.com", Details{Name: "Tom", Role: Admin}, d.at)
	refused(t, "the same address", err, "user.exists")
	_, err = d.Resend(ctx, d.mia, m.ID, d.at)
	refused(t, "again at once", err, "user.resent")
	d.at = d.at.Add(time.Minute)
	must(d.Resend(ctx, d.mia, m.ID, d.at))(t)
	second := d.token()
	err = d.Accept(ctx, "wsp_1", m.Email, first, d.at)
	refused(t, "the first link", err, "auth.link")
	if l, err := d.people.Look(ctx, identity.Invite, second, d.at.Add(InvitationLasts-time.Second)); err != nil || l.Workspace != "wsp_1" || l.Identity != m.ID {
		t.Errorf("within 7 days: %+v %v", l, err)
	}
	_, err = d.people.Look(ctx, identity.Invite, second, d.at.Add(InvitationLasts))
	refused(t, "after 7 days", err, "auth.link")
	for range 2 {
		if err := d.Accept(ctx, "wsp_1", "tom@EXAMPLE.com", second, d.at); err != nil {
			t.Error(err)
		}
		if m := must(d.Get(ctx, d.mia, m.ID))(t); m.State != Active || m.Version != 3 {
			t.Errorf("got %+v", m)
		}
	}
	err = d.Accept(ctx, "wsp_2", m.Email, second, d.at)
	refused(t, "another workspace", err, "auth.link")
}

func TestARevokedInvitationLeavesNothing(t *testing.T) {
	d, ctx := open(t), t.Context()
	role := d.roleOf("Desk", access.ViewAssets)
	m := must(d.Invite(ctx, d.mia, "tom@example.com", Details{Name: "Tom", Role: role}, d.at))(t)
	token := d.token()
	if err := d.Revoke(ctx, d.mia, m.ID, d.at); err != nil {
		t.Fatal(err)
	}
	refused(t, "its link", d.Accept(ctx, "wsp_1", m.Email, token, d.at), "auth.link")
	if n := must(d.Holders(ctx, "wsp_1", role))(t); n != 0 {
		t.Errorf("%d still hold its role", n)
	}
	refused(t, "twice", d.Revoke(ctx, d.mia, m.ID, d.at), "user.not_found")
	refused(t, "a member", d.Revoke(ctx, d.mia, d.mia.ID, d.at), "user.active")
	if left := count(t, d.tab, findPK("wsp_1")); left != 2 {
		t.Errorf("search entries: %v", left)
	}
	must(d.Invite(ctx, d.mia, "tom@example.com", Details{Name: "Tom", Role: role}, d.at))(t)
}

func TestWhoSignsInAlreadyIsAMemberAtOnce(t *testing.T) {
	d, ctx := open(t), t.Context()
	i := must(d.people.Ensure(ctx, "eve@example.com", "Eve", d.at))(t)
	link := must(d.people.NewLink(ctx, identity.SignIn, i.ID, "", d.at))(t)
	must(d.people.Redeem(ctx, identity.SignIn, link, d.at))(t)
	m := must(d.Invite(ctx, d.mia, "eve@example.com", Details{Name: "Eve", Role: Admin}, d.at))(t)
	if m.State != Active || m.Version != 1 {
		t.Errorf("got %+v", m)
	}
	all, _, err := d.letters.List(ctx, "wsp_1", "", 1)
	if err != nil || all[0].Kind != letter.Joined || all[0].By != "Mia" {
		t.Errorf("got %+v %v", all, err)
	}
	places := must(d.Places(ctx, "EVE@example.com"))(t)
	if len(places) != 1 || places[0].Workspace != "wsp_1" || places[0].ID != i.ID || len(places[0].Grants) > 0 {
		t.Errorf("got %v", places)
	}
}

// TestTheLastAdminStays lets everybody take everybody else's rank at once.
func TestTheLastAdminStays(t *testing.T) {
	d, ctx := open(t), t.Context()
	role := d.roleOf("Desk", access.ViewAssets)
	admins := []access.Actor{d.mia}
	for i := range 5 {
		admins = append(admins, d.hire(fmt.Sprintf("a%d@example.com", i), Admin))
	}
	var wg sync.WaitGroup
	for i, a := range admins {
		other := admins[(i+1)%len(admins)]
		wg.Go(func() {
			if i%2 == 0 {
				d.Disable(ctx, a, other.ID, 0, d.at)
			} else {
				d.Edit(ctx, a, other.ID, func(e *Details) error { e.Role = role; return nil }, 0, d.at)
			}
		})
	}
	wg.Wait()
	left := 0
	for _, a := range admins {
		if m := must(d.Get(ctx, d.mia, a.ID))(t); m.isAdmin() {
			left++
		}
	}
	ids, _, err := d.list(ctx, adminsKey("wsp_1"))
	if err != nil || left == 0 || len(ids) != left {
		t.Errorf("%d Admins are left, %v are listed: %v", left, ids, err)
	}
	for _, a := range admins {
		_, err = d.Edit(ctx, access.System("wsp_1"), a.ID, func(e *Details) error { e.Role = role; return nil }, 0, d.at)
	}
	if ids, _, _ = d.list(ctx, adminsKey("wsp_1")); len(ids) != 1 {
		t.Errorf("Admins: %v, %v", ids, err)
	}
}

func TestNobodyDisablesThemselves(t *testing.T) {
	d := open(t)
	_, err := d.Disable(t.Context(), d.mia, d.mia.ID, 0, d.at)
	refused(t, "oneself", err, "user.self")
}

func TestDisabledIsAtOnceAndWhatWasBeforeStaysDead(t *testing.T) {
	d, ctx := open(t), t.Context()
	tom := d.hire("tom@example.com", Admin)
	signedIn := d.at
	d.at = d.at.Add(time.Hour)
	m := must(d.Disable(ctx, d.mia, tom.ID, 0, d.at))(t)
	if m.State != Disabled || !m.Disabled.Equal(d.at) {
		t.Errorf("got %+v", m)
	}
	_, err := d.Member(ctx, "wsp_1", tom.ID, d.at.Add(time.Hour))
	refused(t, "disabled", err, "user.disabled")
	_, err = d.Standing(ctx, "wsp_1", tom.ID, signedIn)
	refused(t, "a key", err, "user.disabled")
	d.at = d.at.Add(time.Hour)
	must(d.Enable(ctx, d.mia, tom.ID, 0, d.at))(t)
	_, err = d.Member(ctx, "wsp_1", tom.ID, signedIn)
	refused(t, "a session of before", err, "user.disabled")
	_, err = d.Standing(ctx, "wsp_1", tom.ID, signedIn)
	refused(t, "a key of before", err, "user.disabled")
	must(d.Member(ctx, "wsp_1", tom.ID, d.at))(t)
	if a := must(d.Standing(ctx, "wsp_1", tom.ID, d.at))(t); !a.May(access.ManageUsers) {
		t.Errorf("a key of after: %v", a.Grants)
	}
	inv := must(d.Invite(ctx, d.mia, "new@example.com", Details{Name: "New", Role: Admin}, d.at))(t)
	_, err = d.Enable(ctx, d.mia, inv.ID, 0, d.at)
	refused(t, "to enable an invitation", err, "user.invited")
	_, err = d.Disable(ctx, d.mia, inv.ID, 0, d.at)
	refused(t, "to disable an invitation", err, "user.invited")
}
