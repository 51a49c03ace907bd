package session_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/apitest"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/session"
	"motorpool/shared/table"
)

var at = apitest.Now

type desk struct {
	*session.Service
	tab  table.Table
	time time.Time
}

func open(t *testing.T) *desk {
	d := &desk{time: at}
	d.tab = apitest.Table(t, func() time.Time { return d.time })
	d.Service = &session.Service{Table: d.tab, NewID: ident.Counting(), Secret: ident.Secret, Members: session.Owners{}}
	return d
}

func (d *desk) signIn(t *testing.T, user string) string {
	t.Helper()
	link, err := d.NewLink(t.Context(), "wsp_1", user, d.time)
	if err != nil {
		t.Fatal(err)
	}
	token, ses, err := d.SignIn(t.Context(), link, d.time)
	if err != nil || ses.User != user || ses.Workspace != "wsp_1" || !ses.Ends().Equal(d.time.Add(session.Idle)) {
		t.Fatalf("got %+v %v", ses, err)
	}
	return token
}

func (d *desk) signedIn(t *testing.T, token string) bool {
	t.Helper()
	_, err := d.Authenticate(t.Context(), token, d.time)
	if err != nil && fault.CodeOf(err) != "auth.session" {
		t.Errorf("got %v", err)
	}
	return err == nil
}

func TestSessionIsItsUsersInItsWorkspace(t *testing.T) {
	d := open(t)
	a, err := d.Authenticate(t.Context(), d.signIn(t, "usr_1"), at)
	if err != nil || a.Kind != "user" || a.ID != "usr_1" || a.Workspace != "wsp_1" || !a.May(access.ManageKeys) {
		t.Errorf("got %+v %v", a, err)
	}
}

func TestLinkWorksOnceWithinAnHour(t *testing.T) {
	for name, tt := range map[string]struct {
		after time.Duration
		works bool
	}{"at once": {0, true}, "just in time": {time.Hour - time.Second, true}, "too late": {time.Hour, false}} {
		d := open(t)
		link, err := d.NewLink(t.Context(), "wsp_1", "usr_1", at)
		if err != nil {
			t.Fatal(err)
		}
		d.time = at.Add(tt.after)
		if _, _, err := d.SignIn(t.Context(), link, d.time); (err == nil) != tt.works {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, err := d.SignIn(t.Context(), link, d.time); fault.CodeOf(err) != "auth.link" {
			t.Errorf("%s, again: %v", name, err)
		}
	}
	d := open(t)
	for _, link := range []string{"", "nonsense", d.signIn(t, "usr_1"), strings.Repeat("x", 5000), "\x00\xff"} {
		if _, _, err := d.SignIn(t.Context(), link, at); fault.CodeOf(err) != "auth.link" {
			t.Errorf("%q: %v", link, err)
		}
	}
}

func TestOfManyWithOneLinkOneIsLetIn(t *testing.T) {
	d := open(t)
	link, err := d.NewLink(t.Context(), "wsp_1", "usr_1", at)
	if err != nil {
		t.Fatal(err)
	}
	var in atomic.Int32
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, _, err := d.SignIn(t.Context(), link, at); err == nil {
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
}

func TestSessionEndsWhenItIsNotUsed(t *testing.T) {
	d := open(t)
	token := d.signIn(t, "usr_1")
	for range 3 { // each use lengthens it
		d.time = d.time.Add(session.Idle - time.Minute)
		if !d.signedIn(t, token) {
			t.Fatalf("ended at %v", d.time)
		}
	}
	d.time = d.time.Add(session.Idle)
	if d.signedIn(t, token) {
		t.Error("goes on after 12 hours without use")
	}
}

func TestSessionEndsAfterThirtyDaysInAnyCase(t *testing.T) {
	d := open(t)
	token := d.signIn(t, "usr_1")
	for d.time.Before(at.Add(session.Longest - 6*time.Hour)) {
		d.time = d.time.Add(6 * time.Hour)
		if d.time.Before(at.Add(session.Longest)) && !d.signedIn(t, token) {
			t.Fatalf("ended at %v", d.time)
		}
	}
	d.time = at.Add(session.Longest)
	if d.signedIn(t, token) {
		t.Error("goes on after 30 days")
	}
}

// TestUseIsWrittenDownNowAndThen counts the versions of the stored session.
func TestUseIsWrittenDownNowAndThen(t *testing.T) {
	d := open(t)
	token := d.signIn(t, "usr_1")
	for range 60 {
		d.time = d.time.Add(10 * time.Second)
		if !d.signedIn(t, token) {
			t.Fatal("ended")
		}
	}
	it, err := d.tab.Get(t.Context(), table.Key{PK: "DOOR#SESSION#" + ident.Hash(token), SK: "SESSION"})
	if err != nil || it.Version != 3 {
		t.Errorf("ten minutes of use were written down %d times: %v", it.Version-1, err)
	}
	if strings.Contains(string(it.Doc), token) {
		t.Error("the token is kept")
	}
}

func TestSignOutEndsOneSession(t *testing.T) {
	d := open(t)
	mine, other := d.signIn(t, "usr_1"), d.signIn(t, "usr_1")
	for range 2 {
		if err := d.SignOut(t.Context(), mine); err != nil {
			t.Fatal(err)
		}
	}
	if d.signedIn(t, mine) || !d.signedIn(t, other) {
		t.Error("the wrong session ended")
	}
	if left := apitest.Dump(t, d.tab, "WS#wsp_1#USR#usr_1"); len(left) != 1 {
		t.Errorf("pointers: %v", left)
	}
}

func TestEndAllEndsEverySessionOfOneUser(t *testing.T) {
	d := open(t)
	var hers []string
	for range 60 {
		hers = append(hers, d.signIn(t, "usr_1"))
	}
	his := d.signIn(t, "usr_2")
	if err := d.SignOut(t.Context(), hers[7]); err != nil {
		t.Fatal(err)
	}
	if err := d.EndAll(t.Context(), "wsp_1", "usr_1"); err != nil {
		t.Fatal(err)
	}
	for _, token := range hers {
		if d.signedIn(t, token) {
			t.Fatal("one of hers goes on")
		}
	}
	if !d.signedIn(t, his) {
		t.Error("his ended too")
	}
	if left := apitest.Dump(t, d.tab, "WS#wsp_1#USR#usr_1"); len(left) != 0 {
		t.Errorf("pointers: %v", left)
	}
}

// gone is a member list from which somebody has been struck off.
type gone struct{}

func (gone) Member(context.Context, string, string) (access.Actor, error) {
	return access.Actor{}, fault.New(fault.Denied, "user.disabled", "You can no longer enter this workspace.")
}

func TestWhoMayNoLongerEnterIsSignedOut(t *testing.T) {
	d := open(t)
	token := d.signIn(t, "usr_1")
	link, err := d.NewLink(t.Context(), "wsp_1", "usr_1", at)
	if err != nil {
		t.Fatal(err)
	}
	d.Members = gone{}
	if d.signedIn(t, token) {
		t.Error("goes on")
	}
	if _, _, err := d.SignIn(t.Context(), link, at); fault.CodeOf(err) != "user.disabled" {
		t.Errorf("a link still signs in: %v", err)
	}
}

func TestLinkNeedsNamesThatCanBeKeys(t *testing.T) {
	d := open(t)
	for _, name := range []string{"", "a#b", "usr 1", "Usr", "é", strings.Repeat("x", 101)} {
		if _, err := d.NewLink(t.Context(), "wsp_1", name, at); fault.CodeOf(err) != "session.user" {
			t.Errorf("user %q: %v", name, err)
		}
		if _, err := d.NewLink(t.Context(), name, "usr_1", at); fault.CodeOf(err) != "session.user" {
			t.Errorf("workspace %q: %v", name, err)
		}
	}
}
