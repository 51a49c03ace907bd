package session_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/member"
	"motorpool/shared/session"
	"motorpool/shared/table"
)

// counting counts what is written.
type counting struct {
	table.Table
	n atomic.Int32
}

func (c *counting) Write(ctx context.Context, ops ...table.Op) error {
	c.n.Add(int32(len(ops)))
	return c.Table.Write(ctx, ops...)
}

func TestSessionEndsWhenItIsNotUsed(t *testing.T) {
	d := open(t)
	s := d.in()
	for range 3 { // each use lengthens it
		d.at = d.at.Add(session.Idle - time.Minute)
		d.wants("used", s.Token, "wsp_1")
	}
	d.at = d.at.Add(session.Idle)
	d.wants("after 12 hours without use", s.Token, "auth.session")
}

func TestSessionEndsAfterThirtyDaysInAnyCase(t *testing.T) {
	d := open(t)
	s, began := d.in(), d.at
	for d.at.Before(began.Add(session.Longest - 6*time.Hour)) {
		d.at = d.at.Add(6 * time.Hour)
		d.wants(d.at.String(), s.Token, "wsp_1")
	}
	d.at = began.Add(session.Longest)
	d.wants("after 30 days", s.Token, "auth.session")
}

// TestUseIsWrittenDownNowAndThen counts the versions of the stored session.
func TestUseIsWrittenDownNowAndThen(t *testing.T) {
	d := open(t)
	s := d.in()
	for range 60 {
		d.at = d.at.Add(10 * time.Second)
		d.wants("used", s.Token, "wsp_1")
	}
	it, err := d.tab.Get(t.Context(), table.Key{PK: "DOOR#SESSION#" + ident.Hash(s.Token), SK: "SESSION"})
	if err != nil || it.Version != 3 {
		t.Errorf("ten minutes of use were written down %d times: %v", it.Version-1, err)
	}
}

func TestPeopleEndTheirOwnSessionsAndNoOthers(t *testing.T) {
	d := open(t)
	eve := d.found("wsp_1", "eve@example.com")
	one, two, three := d.in(), d.in(), d.in()
	if err := d.End(t.Context(), eve, one.Session.ID); fault.CodeOf(err) != "session.not_found" {
		t.Errorf("another's: %v", err)
	}
	d.wants("after that", one.Token, "wsp_1")
	d.must(d.End(t.Context(), one.Session.Identity, one.Session.ID))
	d.wants("ended", one.Token, "auth.session")
	for range 2 {
		d.must(d.SignOut(t.Context(), two.Token))
	}
	d.wants("signed out", two.Token, "auth.session")
	d.wants("the third", three.Token, "wsp_1")
	for range 60 {
		d.in()
	}
	d.must(d.EndAll(t.Context(), three.Session.Identity, three.Session.ID))
	d.wants("spared", three.Token, "wsp_1")
	if all, err := d.List(t.Context(), three.Session.Identity, d.at); err != nil || len(all) != 1 || all[0].Device != "Firefox" {
		t.Errorf("got %v %v", all, err)
	}
}

func (d *desk) code(e identity.Enrolment) string {
	d.t.Helper()
	code, err := totp.GenerateCode(e.Secret, d.at)
	d.must(err)
	return code
}

func TestAPhoneIsAskedForAfterPasswordLinkAndReset(t *testing.T) {
	d := open(t)
	i := d.in().Session.Identity
	e, err := d.people.BeginPhone(t.Context(), i, "Motorpool")
	d.must(err)
	_, err = d.people.ConfirmPhone(t.Context(), i, d.code(e), d.at)
	d.must(err)
	for name, step := range map[string]func() (session.Step, error){
		"a password": func() (session.Step, error) { return d.Password(t.Context(), mia, good, firefox, d.at) },
		"a link":     func() (session.Step, error) { return d.SignIn(t.Context(), d.link(identity.SignIn), firefox, d.at) },
		"a reset": func() (session.Step, error) {
			return d.Reset(t.Context(), d.link(identity.Reset), good+good, firefox, d.at)
		},
	} {
		d.at = d.at.Add(time.Minute)
		s, err := step()
		if err != nil || s.Token != "" || s.Ticket == "" {
			t.Fatalf("%s: got %+v %v", name, s, err)
		}
		d.wants("the ticket as a session", s.Ticket, "auth.session")
		if _, err := d.Code(t.Context(), s.Ticket, "000000", firefox, d.at); fault.CodeOf(err) != "auth.code" {
			t.Errorf("%s, a wrong code: %v", name, err)
		}
		in, err := d.Code(t.Context(), s.Ticket, d.code(e), firefox, d.at)
		d.must(err)
		d.wants(name, in.Token, "wsp_1")
		if _, err := d.Code(t.Context(), s.Ticket, d.code(e), firefox, d.at); fault.CodeOf(err) != "auth.link" {
			t.Errorf("%s, the ticket again: %v", name, err)
		}
		if name == "a reset" {
			d.must(d.people.SetPassword(t.Context(), i, good))
		}
	}
}

func TestAStrictWorkspaceWantsAPhone(t *testing.T) {
	d := open(t)
	s := d.in()
	d.Strict = func(context.Context, string) (bool, error) { return true, nil }
	d.wants("without a phone", s.Token, session.NeedsPhone)
	if ses, err := d.Who(t.Context(), s.Token, d.at); err != nil || ses.Workspace != "wsp_1" {
		t.Errorf("its owner cannot set one up: %v", err)
	}
	token, _, err := d.Renew(t.Context(), s.Token, true, d.at)
	d.must(err)
	d.wants("with one", token, "wsp_1")
	d.wants("the token from before", s.Token, "auth.session")
}

func TestAnInvitationLeadsInAndSetsAPassword(t *testing.T) {
	d := open(t)
	boss, err := d.Authenticate(t.Context(), d.in().Token, d.at)
	d.must(err)
	m, err := d.members.Invite(t.Context(), boss, "tom@example.com", member.Details{Name: "Tom", Role: member.Admin}, d.at)
	d.must(err)
	all, _, err := d.letters.List(t.Context(), "wsp_1", "", 1)
	d.must(err)
	l, err := d.letters.Read(t.Context(), "wsp_1", all[0].ID)
	d.must(err)
	token := l.Link[len("/invitation/"):]
	if _, err := d.Accept(t.Context(), token, "short", firefox, d.at); fault.CodeOf(err) != "identity.password" {
		t.Errorf("a short password: %v", err)
	}
	if still, err := d.members.Get(t.Context(), boss, m.ID); err != nil || still.State != member.Invited {
		t.Errorf("after that: %+v %v", still, err)
	}
	s, err := d.Accept(t.Context(), token, "toms own words", firefox, d.at)
	d.must(err)
	d.wants("Tom", s.Token, "wsp_1")
	if _, err := d.Accept(t.Context(), token, "evil own words", firefox, d.at); fault.CodeOf(err) != "auth.link" {
		t.Errorf("again: %v", err)
	}
	if _, err := d.Password(t.Context(), "tom@example.com", "toms own words", firefox, d.at); err != nil {
		t.Error(err)
	}
}

func TestBruteForceIsLockedOut(t *testing.T) {
	d := open(t)
	for n := range 5 {
		if _, err := d.Password(t.Context(), mia, fmt.Sprint("wrong ", n), firefox, d.at); fault.CodeOf(err) != "auth.password" {
			t.Errorf("try %d: %v", n, err)
		}
	}
	if _, err := d.Password(t.Context(), mia, good, firefox, d.at); fault.CodeOf(err) != "auth.locked" {
		t.Errorf("the right one, locked: %v", err)
	}
	d.at = d.at.Add(identity.LockLasts)
	d.in()
}
