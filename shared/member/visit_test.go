package member

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

func TestItIsNotedWhenMembersWereHere(t *testing.T) {
	d, ctx := open(t), t.Context()
	tom := d.hire("tom@example.com", Admin)
	for _, at := range []time.Time{start, start.Add(time.Hour)} {
		if err := d.Seen(ctx, "wsp_1", tom.ID, at); err != nil {
			t.Fatal(err)
		}
	}
	seen := must(d.LastSeen(ctx, "wsp_1"))(t)
	if len(seen) != 1 || !seen[tom.ID].Equal(start.Add(time.Hour)) {
		t.Errorf("got %v", seen)
	}
	if other := must(d.LastSeen(ctx, "wsp_2"))(t); len(other) != 0 {
		t.Errorf("another workspace: %v", other)
	}
}

// issues are assigned work, as a noun would answer.
type issues map[string][]audit.Object

func (i issues) Assigned(_ context.Context, actor access.Actor, user string) ([]audit.Object, error) {
	return i[actor.Workspace+user], nil
}

func TestWhatIsAssignedToSomebodyIsListed(t *testing.T) {
	d, ctx := open(t), t.Context()
	role := d.roleOf("Desk", access.ViewUsers)
	tom, zoe := d.hire("tom@example.com", role, here), d.hire("zoe@example.com", role, there)
	brakes := audit.Object{Type: "issue", ID: "iss_1", Name: "Brakes"}
	d.Work = []Work{issues{"wsp_1" + tom.ID: {brakes}}, issues{}}
	if got := must(d.Assigned(ctx, d.mia, tom.ID))(t); !slices.Equal(got, []audit.Object{brakes}) {
		t.Errorf("got %v", got)
	}
	_, err := d.Assigned(ctx, zoe, tom.ID)
	refused(t, "by who works elsewhere", err, "user.not_found")
}

func TestHoldersAreCountedByRole(t *testing.T) {
	d, ctx := open(t), t.Context()
	role := d.roleOf("Desk", access.ViewUsers)
	d.hire("tom@example.com", role)
	d.hire("zoe@example.com", role)
	if held := must(d.Held(ctx, "wsp_1"))(t); held[role] != 2 || held[Admin] != 1 {
		t.Errorf("got %v", held)
	}
}

// places answer as location.Service does: those that are there can be referred to
// by who works there.
type places []string

func (p places) Refer(_ context.Context, actor access.Actor, id string) (table.Op, error) {
	if !slices.Contains(p, id) || !actor.At(id) {
		return table.Op{}, fault.New(fault.NotFound, "location.not_found", "There is no such location.")
	}
	return table.Check(table.Key{PK: "WS#w#LOC", SK: id}, 0), nil
}

func TestAMembersLocationsAreThere(t *testing.T) {
	d, ctx := open(t), t.Context()
	role := d.roleOf("Desk", access.ViewUsers)
	d.Locations = places{here}
	_, err := d.Invite(ctx, d.mia, "x@example.com", Details{Name: "X", Role: role, Locations: []string{here, there}}, d.at)
	refused(t, "one that is not there", err, "user.location")
	_, err = d.Invite(ctx, d.mia, "x@example.com", Details{Name: "X", Role: role, DefaultLocation: there}, d.at)
	refused(t, "as usual", err, "user.location")
	must(d.Invite(ctx, d.mia, "x@example.com", Details{Name: "X", Role: role, Locations: []string{here}, DefaultLocation: here}, d.at))(t)
}

// TestAnAdminIsAlwaysLeft does what people can do to Admins, several at the same
// moment, again and again, and looks after each round.
func TestAnAdminIsAlwaysLeft(t *testing.T) {
	d, ctx := open(t), t.Context()
	role := d.roleOf("Desk", access.ViewUsers)
	ids := []string{d.mia.ID}
	for i := range 3 {
		ids = append(ids, d.hire(fmt.Sprintf("admin%d@example.com", i), Admin).ID)
	}
	system := access.System("wsp_1")
	verbs := map[string]func(id string) error{
		"disable": func(id string) error { _, err := d.Disable(ctx, system, id, 0, d.at); return err },
		"enable":  func(id string) error { _, err := d.Enable(ctx, system, id, 0, d.at); return err },
		"demote":  func(id string) error { _, err := d.Edit(ctx, system, id, setRole(role), 0, d.at); return err },
		"promote": func(id string) error { _, err := d.Edit(ctx, system, id, setRole(Admin), 0, d.at); return err },
		"describe": func(id string) error {
			_, err := d.Edit(ctx, system, id, func(e *Details) error { e.Name += "x"; return nil }, 0, d.at)
			return err
		},
	}
	names := []string{"demote", "describe", "disable", "enable", "promote"}
	rapid.Check(t, func(r *rapid.T) {
		var wg sync.WaitGroup
		for range rapid.IntRange(1, 5).Draw(r, "at once") {
			verb, id := rapid.SampledFrom(names).Draw(r, "verb"), rapid.SampledFrom(ids).Draw(r, "who")
			wg.Go(func() {
				if err := verbs[verb](id); err != nil && fault.KindOf(err) != fault.Conflict && fault.KindOf(err) != fault.Invalid {
					r.Errorf("%s %s: %v", verb, id, err)
				}
			})
		}
		wg.Wait()
		var left []string
		for _, id := range ids {
			if m, err := d.load(ctx, "wsp_1", id); err != nil {
				r.Fatal(err)
			} else if m.isAdmin() {
				left = append(left, id)
			}
		}
		slices.Sort(left)
		if listed, _, err := d.list(ctx, adminsKey("wsp_1")); err != nil || len(left) == 0 || !slices.Equal(left, listed) {
			r.Fatalf("Admins: %v, listed: %v, %v", left, listed, err)
		}
	})
}
