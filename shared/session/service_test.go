package session_test

import (
	"crypto/rand"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/letter"
	"motorpool/shared/member"
	"motorpool/shared/outbox"
	"motorpool/shared/session"
	"motorpool/shared/table"
)

const (
	mia  = "mia@example.com"
	good = "three blind mice"
)

var firefox = session.Browser{Device: "Firefox", IP: "203.0.113.9"}

// A desk is the front desk of two workspaces: Mia works in wsp_1.
type desk struct {
	*session.Service
	t       *testing.T
	tab     table.Table
	people  *identity.Service
	members *member.Service
	letters *letter.Service
	at      time.Time
}

func open(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	d := &desk{t: t, at: apitest.Now}
	now := func() time.Time { return d.at }
	d.tab = apitest.Table(t, now)
	ids, box := ident.Sortable(now), apitest.Box(t)
	d.letters = &letter.Service{Table: d.tab, Box: box, NewID: ids}
	d.people = &identity.Service{Table: d.tab, Box: box, NewID: ids, Secret: ident.Secret, Random: rand.Reader, Letters: d.letters}
	d.members = &member.Service{
		Table: d.tab, NewID: ids, Events: &outbox.Service{Table: d.tab, NewID: ids}, Audit: &audit.Service{Table: d.tab, NewID: ids},
		People: d.people, Letters: d.letters,
	}
	d.people.Members = d.members
	d.Service = &session.Service{Table: d.tab, NewID: ids, Secret: ident.Secret, People: d.people, Members: d.members}
	i := d.found("wsp_1", mia)
	d.must(d.people.SetPassword(t.Context(), i, good))
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) found(workspace, email string) string {
	d.t.Helper()
	m, err := d.members.Found(d.t.Context(), workspace, email, "Mia", d.at)
	d.must(err)
	return m.ID
}

// in signs Mia in by her password.
func (d *desk) in() session.Step {
	d.t.Helper()
	s, err := d.Password(d.t.Context(), mia, good, firefox, d.at)
	d.must(err)
	return s
}

// is returns the workspace that a token leads into, or the code of the refusal.
func (d *desk) is(token string) string {
	a, err := d.Authenticate(d.t.Context(), token, d.at)
	if err != nil {
		return fault.CodeOf(err)
	}
	return a.Workspace
}

func (d *desk) wants(what, token, want string) {
	d.t.Helper()
	if got := d.is(token); got != want {
		d.t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

// link asks for a link and reads the letter.
func (d *desk) link(p identity.Purpose) string {
	d.t.Helper()
	d.must(d.people.Ask(d.t.Context(), p, mia, d.at))
	all, _, err := d.letters.List(d.t.Context(), "", "", 1)
	d.must(err)
	l, err := d.letters.Read(d.t.Context(), "", all[0].ID)
	d.must(err)
	return l.Link[strings.LastIndex(l.Link, "/")+1:]
}

func TestWhoWorksInOneWorkspaceIsStraightIn(t *testing.T) {
	d := open(t)
	s := d.in()
	a, err := d.Authenticate(t.Context(), s.Token, d.at)
	if err != nil || a.Kind != "user" || a.Workspace != "wsp_1" || !a.May(access.ManageUsers) || s.Session.Device != "Firefox" {
		t.Errorf("got %+v %v", a, err)
	}
}

func TestWhoWorksInSeveralChoosesAndGetsAnotherToken(t *testing.T) {
	d := open(t)
	first := d.in()
	d.found("wsp_2", mia)
	d.wants("signed in before", first.Token, "wsp_1")
	s := d.in()
	d.wants("not chosen", s.Token, session.ChooseWorkspace)
	d.at = d.at.Add(time.Minute)
	token, _, err := d.Enter(t.Context(), s.Token, "wsp_2", d.at)
	d.must(err)
	d.wants("the new token", token, "wsp_2")
	d.wants("the old token", s.Token, "auth.session")
	d.at = d.at.Add(time.Minute)
	again, _, err := d.Enter(t.Context(), token, "wsp_1", d.at)
	d.must(err)
	d.wants("switched", again, "wsp_1")
	d.wants("the token of before", token, "auth.session")
	if _, _, err := d.Enter(t.Context(), again, "wsp_3", d.at); fault.CodeOf(err) != "workspace.not_found" {
		t.Errorf("another's workspace: %v", err)
	}
	d.wants("after that", again, "wsp_1")
	if i, err := d.people.Find(t.Context(), mia); err != nil || i.LastWorkspace != "wsp_1" {
		t.Errorf("remembered: %+v %v", i, err)
	}
	list, err := d.List(t.Context(), s.Session.Identity, d.at)
	if err != nil || len(list) != 2 {
		t.Errorf("sessions: %+v %v", list, err)
	}
}

func TestDisabledInOneWorkspaceStaysInTheOthers(t *testing.T) {
	d := open(t)
	d.found("wsp_1", "boss@example.com")
	d.found("wsp_2", mia)
	s := d.in()
	one, _, err := d.Enter(t.Context(), s.Token, "wsp_1", d.at)
	d.must(err)
	d.at = d.at.Add(time.Minute)
	_, err = d.members.Disable(t.Context(), access.Actor{Kind: "system", Workspace: "wsp_1"}, s.Session.Identity, 0, d.at)
	d.must(err)
	d.wants("disabled", one, session.ChooseWorkspace)
	_, err = d.members.Enable(t.Context(), access.System("wsp_1"), s.Session.Identity, 0, d.at)
	d.must(err)
	d.at = d.at.Add(time.Minute)
	d.wants("enabled again, the session of before", one, session.ChooseWorkspace)
	two, _, err := d.Enter(t.Context(), one, "wsp_2", d.at)
	d.must(err)
	d.wants("the other workspace", two, "wsp_2")
}

func TestOfManyWithOneLinkOneIsLetIn(t *testing.T) {
	d := open(t)
	link := d.link(identity.SignIn)
	var in atomic.Int32
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, err := d.SignIn(t.Context(), link, firefox, d.at); err == nil {
				in.Add(1)
			} else if fault.CodeOf(err) != "auth.link" {
				t.Errorf("got %v", err)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("%d were let in", in.Load())
	}
	for _, link := range []string{"", "nonsense", d.in().Token, strings.Repeat("x", 5000), "\x00\xff", d.link(identity.Reset)} {
		if _, err := d.SignIn(t.Context(), link, firefox, d.at); fault.CodeOf(err) != "auth.link" {
			t.Errorf("%q: %v", link, err)
		}
	}
}

func TestAResetEndsEverySessionAndItsLink(t *testing.T) {
	d := open(t)
	before, link := d.in(), d.link(identity.Reset)
	if _, err := d.Reset(t.Context(), link, "short", firefox, d.at); fault.CodeOf(err) != "identity.password" {
		t.Errorf("a short one: %v", err)
	}
	s, err := d.Reset(t.Context(), link, "four deaf cats", firefox, d.at)
	d.must(err)
	d.wants("after the reset", s.Token, "wsp_1")
	d.wants("a session of before", before.Token, "auth.session")
	if _, err := d.Reset(t.Context(), link, "five deaf cats", firefox, d.at); fault.CodeOf(err) != "auth.link" {
		t.Errorf("again: %v", err)
	}
	if _, err := d.Password(t.Context(), mia, good, firefox, d.at); fault.CodeOf(err) != "auth.password" {
		t.Errorf("the old password: %v", err)
	}
}

// TestAnAddressTellsNothing asks for links to a known and an unknown address.
func TestAnAddressTellsNothing(t *testing.T) {
	d := open(t)
	count := func(do func() error) (n int, code string) {
		counted := &counting{Table: d.tab}
		people, letters := *d.people, *d.letters
		letters.Table, people.Table, people.Letters = counted, counted, &letters
		d.people, d.Service.People = &people, &people
		if err := do(); err != nil {
			code = fault.CodeOf(err)
		}
		return int(counted.n.Load()), code
	}
	for range 6 {
		known, said := count(func() error { return d.people.Ask(t.Context(), identity.SignIn, mia, d.at) })
		unknown, says := count(func() error { return d.people.Ask(t.Context(), identity.SignIn, "nobody@example.com", d.at) })
		if known != unknown || said != says {
			t.Errorf("a known address: %d ops, %q; an unknown one: %d ops, %q", known, said, unknown, says)
		}
	}
}
