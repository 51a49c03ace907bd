package member

import (
	"strings"
	"testing"
	"time"

	"motorpool/shared/access"
)

func TestMoves(t *testing.T) {
	t.Parallel()
	all := []State{Invited, Active, Disabled}
	verbs := map[string]func(*Member, time.Time) error{"accept": (*Member).Accept, "disable": (*Member).Disable, "enable": (*Member).Enable}
	want := map[string]State{
		"invited accept": Active, "active disable": Disabled, "disabled enable": Active, "disabled accept": Active, // the service refuses the last
	}
	for _, from := range all {
		for name, verb := range verbs {
			m := &Member{State: from, Details: Details{Role: Admin}}
			err := verb(m, start)
			to, ok := want[string(from)+" "+name]
			if ok != (err == nil) || ok && (m.State != to || len(m.news) == 0) || !ok && (m.State != from || len(m.news) > 0) {
				t.Errorf("%s %s: %s, %v, %v", from, name, m.State, m.news, err)
			}
		}
	}
}

func TestNobodyGivesWhatTheyDoNotHold(t *testing.T) {
	d, ctx := open(t), t.Context()
	hr := d.roleOf("HR", access.ManageUsers, access.ViewUsers, access.ViewAssets)
	more := d.roleOf("More", access.ViewAssets, access.RevealSecrets)
	low := d.roleOf("Low", access.ViewAssets)
	boss, zoe := d.hire("boss@example.com", hr), d.hire("zoe@example.com", low)
	for name, tt := range map[string]struct {
		do   func() error
		code string
	}{
		"invites an Admin": {func() error {
			_, err := d.Invite(ctx, boss, "x@example.com", Details{Name: "X", Role: Admin}, d.at)
			return err
		}, "user.beyond"},
		"invites with more": {func() error {
			_, err := d.Invite(ctx, boss, "x@example.com", Details{Name: "X", Role: more}, d.at)
			return err
		}, "user.beyond"},
		"makes themselves Admin": {func() error { _, err := d.Edit(ctx, boss, boss.ID, setRole(Admin), 0, d.at); return err }, "user.beyond"},
		"makes another one more": {func() error { _, err := d.Edit(ctx, boss, zoe.ID, setRole(more), 0, d.at); return err }, "user.beyond"},
		"takes an Admin's role":  {func() error { _, err := d.Edit(ctx, boss, d.mia.ID, setRole(low), 0, d.at); return err }, "user.outranked"},
		"disables an Admin":      {func() error { _, err := d.Disable(ctx, boss, d.mia.ID, 0, d.at); return err }, "user.outranked"},
		"makes a role with more": {func() error {
			_, err := d.CreateRole(ctx, boss, RoleDetails{Name: "Y", Grants: access.All()}, d.at)
			return err
		}, "role.beyond"},
		"adds to their own role": {func() error {
			_, err := d.EditRole(ctx, boss, hr, setGrants(access.ManageUsers, access.ManageKeys), 0, d.at)
			return err
		}, "role.beyond"},
		"edits a role with more":   {func() error { _, err := d.EditRole(ctx, boss, more, setGrants(access.ViewAssets), 0, d.at); return err }, "role.outranked"},
		"deletes a role with more": {func() error { return d.DeleteRole(ctx, boss, more, 0, d.at) }, "role.outranked"},
		"edits Admin": {func() error {
			_, err := d.EditRole(ctx, d.mia, Admin, setGrants(access.ViewAssets), 0, d.at)
			return err
		}, "role.built_in"},
		"deletes Admin":         {func() error { return d.DeleteRole(ctx, d.mia, Admin, 0, d.at) }, "role.built_in"},
		"deletes a role in use": {func() error { return d.DeleteRole(ctx, d.mia, low, 0, d.at) }, "role.in_use"},
		"gives a role there is not": {func() error {
			_, err := d.Edit(ctx, boss, zoe.ID, setRole("rol_00000000000000000000000099"), 0, d.at)
			return err
		}, "user.role"},
	} {
		refused(t, name, tt.do(), tt.code)
	}
	must(d.Edit(ctx, boss, zoe.ID, setRole(hr), 0, d.at))(t)
	if err := d.DeleteRole(ctx, d.mia, low, 0, d.at); err != nil {
		t.Errorf("a role that nobody holds any more: %v", err)
	}
	if a := d.actor(zoe.ID); !a.May(access.ManageUsers) {
		t.Errorf("got %v", a.Grants)
	}
	must(d.EditRole(ctx, d.mia, hr, setGrants(access.ViewUsers), 0, d.at))(t)
	if a := d.actor(zoe.ID); a.May(access.ManageUsers) || !a.May(access.ViewUsers) {
		t.Errorf("an edited role holds at once: got %v", a.Grants)
	}
}

func setRole(id string) func(*Details) error {
	return func(d *Details) error { d.Role = id; return nil }
}

func setGrants(grants ...access.Grant) func(*RoleDetails) error {
	return func(d *RoleDetails) error { d.Grants = grants; return nil }
}

func TestLocationsBoundWhomOneSeesAndLetsWork(t *testing.T) {
	d, ctx := open(t), t.Context()
	hr := d.roleOf("HR", access.ManageUsers, access.ViewUsers)
	boss := d.hire("boss@example.com", hr, here)
	near, far := d.hire("near@example.com", hr, here), d.hire("far@example.com", hr, there)
	both, all := d.hire("both@example.com", hr, here, there), d.hire("all@example.com", hr)
	page, _, err := d.List(ctx, boss, Filter{}, "", 50)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range page {
		names = append(names, m.Name)
	}
	if got := strings.Join(names, " "); got != "boss@example.com both@example.com near@example.com" {
		t.Errorf("the list: %s", got)
	}
	for id, code := range map[string]string{near.ID: "internal", far.ID: "user.not_found", all.ID: "user.not_found", both.ID: "user.outranked", d.mia.ID: "user.not_found"} {
		_, err := d.Edit(ctx, boss, id, func(e *Details) error { e.Name = "N"; return nil }, 0, d.at)
		if err != nil || code != "internal" {
			refused(t, id, err, code)
		}
	}
	if found, _, _ := d.List(ctx, boss, Filter{Q: "far"}, "", 50); len(found) != 0 {
		t.Errorf("a search finds %v", found)
	}
	for _, locations := range [][]string{nil, {there}, {here, there}} {
		_, err := d.Invite(ctx, boss, "x@example.com", Details{Name: "X", Role: hr, Locations: locations}, d.at)
		refused(t, "to invite to "+strings.Join(locations, " "), err, "user.beyond")
		_, err = d.Edit(ctx, boss, boss.ID, func(e *Details) error { e.Locations = locations; return nil }, 0, d.at)
		refused(t, "to free oneself", err, "user.beyond")
	}
	must(d.Invite(ctx, boss, "x@example.com", Details{Name: "X", Role: hr, Locations: []string{here}, DefaultLocation: here}, d.at))(t)
}

func TestAnotherWorkspacesUsersAndRolesAreNotFound(t *testing.T) {
	d, ctx := open(t), t.Context()
	role := d.roleOf("Desk", access.ViewAssets)
	tom := d.hire("tom@example.com", role)
	eve := must(d.Found(ctx, "wsp_2", "eve@example.com", "Eve", d.at))(t)
	actor := must(d.Member(ctx, "wsp_2", eve.ID, d.at))(t)
	_, err := d.Get(ctx, actor, tom.ID)
	refused(t, "get", err, "user.not_found")
	_, err = d.Disable(ctx, actor, tom.ID, 0, d.at)
	refused(t, "disable", err, "user.not_found")
	_, err = d.Resend(ctx, actor, tom.ID, d.at)
	refused(t, "resend", err, "user.not_found")
	_, err = d.EditRole(ctx, actor, role, setGrants(access.ViewAssets), 0, d.at)
	refused(t, "edit a role", err, "role.not_found")
	_, err = d.Invite(ctx, actor, "x@example.com", Details{Name: "X", Role: role}, d.at)
	refused(t, "give a role", err, "user.role")
	_, err = d.Member(ctx, "wsp_2", tom.ID, d.at)
	refused(t, "enter", err, "user.disabled")
	for _, id := range []string{"", "usr_1", "usr_00000000000000000000000001#MEMBER", "\x00"} {
		_, err := d.Get(ctx, actor, id)
		refused(t, id, err, "user.not_found")
	}
}

func TestBadUsersAndRolesAreRefusedAndNothingIsStored(t *testing.T) {
	d, ctx := open(t), t.Context()
	d.roleOf("Desk", access.ViewAssets)
	before := count(t, d.tab, rolesPK("wsp_1"))
	for name, tt := range map[string]struct {
		email string
		d     Details
		code  string
	}{
		"no address":       {"", Details{Name: "X", Role: Admin}, "user.email"},
		"two addresses":    {"a@example.com,b@example.com", Details{Name: "X", Role: Admin}, "user.email"},
		"a header":         {"a@example.com\r\nBcc: b@example.com", Details{Name: "X", Role: Admin}, "user.email"},
		"no name":          {"a@example.com", Details{Role: Admin}, "user.invalid"},
		"a name of lines":  {"a@example.com", Details{Name: "A\nB", Role: Admin}, "user.invalid"},
		"no role":          {"a@example.com", Details{Name: "X"}, "user.invalid"},
		"a place as text":  {"a@example.com", Details{Name: "X", Role: Admin, Locations: []string{"Sydney"}}, "user.invalid"},
		"an Admin at one":  {"a@example.com", Details{Name: "X", Role: Admin, Locations: []string{here}}, "user.invalid"},
		"a default beyond": {"a@example.com", Details{Name: "X", Role: "rol_00000000000000000000000001", Locations: []string{here}, DefaultLocation: there}, "user.invalid"},
	} {
		_, err := d.Invite(ctx, d.mia, tt.email, tt.d, d.at)
		refused(t, name, err, tt.code)
	}
	for name, tt := range map[string]struct {
		d    RoleDetails
		code string
	}{
		"no name":       {RoleDetails{Grants: access.All()}, "role.invalid"},
		"Admin's name":  {RoleDetails{Name: " ADMIN ", Grants: access.All()}, "role.invalid"},
		"a taken name":  {RoleDetails{Name: "DESK", Grants: access.All()}, "role.name_taken"},
		"no grants":     {RoleDetails{Name: "X"}, "role.invalid"},
		"unknown grant": {RoleDetails{Name: "X", Grants: []access.Grant{"assets.steal"}}, "role.invalid"},
		"one twice":     {RoleDetails{Name: "X", Grants: []access.Grant{access.ViewAssets, access.ViewAssets}}, "role.invalid"},
	} {
		_, err := d.CreateRole(ctx, d.mia, tt.d, d.at)
		refused(t, name, err, tt.code)
	}
	if after := count(t, d.tab, rolesPK("wsp_1")); after != before {
		t.Errorf("%d items, want %d", after, before)
	}
}
