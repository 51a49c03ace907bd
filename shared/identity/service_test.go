package identity_test

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/apitest"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/secrets/keyfile"
	"motorpool/shared/table"
)

const (
	email = "Ada@Example.com"
	good  = "three blind mice"
)

// A desk is the service on a clock that the test moves.
type desk struct {
	*identity.Service
	t   *testing.T
	tab table.Table
	at  time.Time
	ada string
}

func open(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	d := &desk{t: t, at: apitest.Now}
	d.tab = apitest.Table(t, func() time.Time { return d.at })
	box, err := keyfile.Open(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	d.Service = &identity.Service{Table: d.tab, Box: box, NewID: ident.Sortable(func() time.Time { return d.at }), Secret: ident.Secret, Random: rand.Reader}
	i, err := d.Ensure(t.Context(), email, "Ada", d.at)
	if err != nil {
		t.Fatal(err)
	}
	d.ada = i.ID
	d.must(d.SetPassword(t.Context(), d.ada, good))
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// try signs in with a password and returns the code of the refusal, or nothing.
func (d *desk) try(email, plain string) string {
	d.t.Helper()
	i, err := d.Password(d.t.Context(), email, plain, d.at)
	if err != nil {
		return fault.CodeOf(err)
	}
	if i.ID != d.ada {
		d.t.Errorf("%s let in %s", email, i.ID)
	}
	return ""
}

func TestAnAddressHasOneIdentityWhateverItsCase(t *testing.T) {
	d := open(t)
	var wg sync.WaitGroup
	ids := sync.Map{}
	for i := range 12 {
		wg.Go(func() {
			email := []string{"eve@example.com", "EVE@example.com", " Eve@Example.COM "}[i%3]
			e, err := d.Ensure(t.Context(), email, "Eve", d.at)
			if err != nil {
				t.Error(err)
				return
			}
			ids.Store(e.ID, true)
		})
	}
	wg.Wait()
	n := 0
	ids.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d identities for one address", n)
	}
	if i, err := d.Find(t.Context(), "ada@example.com"); err != nil || i.ID != d.ada || i.Email != email {
		t.Errorf("got %+v %v", i, err)
	}
}

func TestAPasswordLetsIn(t *testing.T) {
	d := open(t)
	for _, tt := range []struct{ email, plain, want string }{
		{email, good, ""},
		{"ada@example.com", good, ""},
		{email, good + " ", "auth.password"},
		{"eve@example.com", good, "auth.password"},
		{email, "", "auth.password"},
		{"", "", "auth.password"},
		{email, strings.Repeat("x", 1<<20), "auth.password"},
	} {
		if got := d.try(tt.email, tt.plain); got != tt.want {
			t.Errorf("%.20q %.20q: got %q, want %q", tt.email, tt.plain, got, tt.want)
		}
	}
	if err := d.SetPassword(t.Context(), d.ada, "short"); fault.CodeOf(err) != "identity.password" || d.try(email, good) != "" {
		t.Errorf("a bad password was taken: %v", err)
	}
}

func TestWhoHasNoPasswordIsNotLetInByAnEmptyOne(t *testing.T) {
	d := open(t)
	if _, err := d.Ensure(t.Context(), "eve@example.com", "Eve", d.at); err != nil {
		t.Fatal(err)
	}
	if got := d.try("eve@example.com", ""); got != "auth.password" {
		t.Errorf("got %q", got)
	}
}

// TestFiveFailuresLockForAQuarterOfAnHour: known and unknown addresses alike.
func TestFiveFailuresLockForAQuarterOfAnHour(t *testing.T) {
	d := open(t)
	for _, address := range []string{email, "nobody@example.com"} {
		for range identity.MaxFailures {
			if got := d.try(address, "wrong wrong"); got != "auth.password" {
				t.Fatalf("%s: got %q", address, got)
			}
			d.at = d.at.Add(time.Minute)
		}
		for _, plain := range []string{good, "wrong wrong"} {
			if got := d.try(address, plain); got != "auth.locked" {
				t.Errorf("%s: got %q, want auth.locked", address, got)
			}
		}
		_, err := d.Password(t.Context(), address, good, d.at)
		if e, ok := err.(*fault.Error); !ok || e.After != identity.LockLasts-time.Minute { //nolint:errorlint // its own
			t.Errorf("%s: got %+v", address, err)
		}
	}
	d.at = d.at.Add(identity.LockLasts - time.Minute)
	if got := d.try(email, good); got != "" {
		t.Errorf("after the lock: got %q", got)
	}
}

func TestFailuresFarApartOrBeforeASuccessDoNotCount(t *testing.T) {
	d := open(t)
	for range 3 * identity.MaxFailures {
		if got := d.try(email, "wrong wrong"); got != "auth.password" {
			t.Fatalf("got %q", got)
		}
		d.at = d.at.Add(identity.Window/(identity.MaxFailures-1) + time.Second)
	}
	for range 3 {
		for range identity.MaxFailures - 1 {
			d.try(email, "wrong wrong")
		}
		d.at = d.at.Add(identity.Window)
		if got := d.try(email, good); got != "" {
			t.Fatalf("got %q", got)
		}
	}
}

// TestOfManyAttemptsAtOnceFiveAreLookedAt: the right password is among them, so
// that an attempt that was looked at and should not have been would be seen.
func TestOfManyAttemptsAtOnceFiveAreLookedAt(t *testing.T) {
	d := open(t)
	var looked atomic.Int32
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			_, err := d.Password(t.Context(), email, fmt.Sprintf("guess number %d", i), d.at)
			if fault.CodeOf(err) == "auth.password" {
				looked.Add(1)
			} else if fault.CodeOf(err) != "auth.locked" {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := looked.Load(); n != identity.MaxFailures {
		t.Errorf("%d were looked at", n)
	}
}

func TestALinkWorksOnceForItsPurposeInItsTime(t *testing.T) {
	d := open(t)
	for p, lasts := range map[identity.Purpose]time.Duration{identity.SignIn: time.Hour, identity.Reset: time.Hour, identity.Invite: 7 * 24 * time.Hour, identity.Second: 10 * time.Minute} {
		d.at = apitest.Now
		token, err := d.NewLink(t.Context(), p, d.ada, "wsp_1", d.at)
		d.must(err)
		late, err := d.NewLink(t.Context(), p, d.ada, "", d.at)
		d.must(err)
		for _, other := range []identity.Purpose{identity.SignIn, identity.Reset, identity.Invite, identity.Second} {
			if _, err := d.Look(t.Context(), other, token, d.at); (err == nil) != (other == p) {
				t.Errorf("a link for %s looked at for %s: %v", p, other, err)
			}
		}
		d.at = d.at.Add(lasts - time.Second)
		l, err := d.Redeem(t.Context(), p, token, d.at)
		if err != nil || l.Identity != d.ada || l.Workspace != "wsp_1" {
			t.Errorf("%s: got %+v %v", p, l, err)
		}
		if _, err := d.Redeem(t.Context(), p, token, d.at); fault.CodeOf(err) != "auth.link" {
			t.Errorf("%s, again: %v", p, err)
		}
		d.at = d.at.Add(time.Second)
		if _, err := d.Redeem(t.Context(), p, late, d.at); fault.CodeOf(err) != "auth.link" {
			t.Errorf("%s, too late: %v", p, err)
		}
	}
	for _, token := range []string{"", "x", strings.Repeat("x", 5000), "\x00"} {
		if _, err := d.Redeem(t.Context(), identity.SignIn, token, d.at); fault.CodeOf(err) != "auth.link" {
			t.Errorf("%.10q: %v", token, err)
		}
	}
}

func TestOfManyWithOneLinkOneIsLetIn(t *testing.T) {
	d := open(t)
	token, err := d.NewLink(t.Context(), identity.SignIn, d.ada, "", d.at)
	d.must(err)
	var in atomic.Int32
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, err := d.Redeem(t.Context(), identity.SignIn, token, d.at); err == nil {
				in.Add(1)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("%d were let in", in.Load())
	}
}

func TestFollowingALinkProvesTheAddress(t *testing.T) {
	d := open(t)
	token, err := d.NewLink(t.Context(), identity.Second, d.ada, "", d.at)
	d.must(err)
	if _, err := d.Redeem(t.Context(), identity.Second, token, d.at); err != nil {
		t.Fatal(err)
	}
	if i, _ := d.Load(t.Context(), d.ada); !i.Proven.IsZero() {
		t.Error("a token that was not sent proves it")
	}
	token, err = d.NewLink(t.Context(), identity.SignIn, d.ada, "", d.at)
	d.must(err)
	if _, err := d.Redeem(t.Context(), identity.SignIn, token, d.at); err != nil {
		t.Fatal(err)
	}
	if i, _ := d.Load(t.Context(), d.ada); !i.Proven.Equal(d.at) {
		t.Errorf("proven at %v", i.Proven)
	}
}

func TestANewPasswordEndsTheLinksThatWereToResetTheOldOne(t *testing.T) {
	d := open(t)
	one, err := d.NewLink(t.Context(), identity.Reset, d.ada, "", d.at)
	d.must(err)
	two, err := d.NewLink(t.Context(), identity.Reset, d.ada, "", d.at)
	d.must(err)
	if _, err := d.Redeem(t.Context(), identity.Reset, one, d.at); err != nil {
		t.Fatal(err)
	}
	d.must(d.SetPassword(t.Context(), d.ada, "another good one"))
	if _, err := d.Redeem(t.Context(), identity.Reset, two, d.at); fault.CodeOf(err) != "auth.link" {
		t.Errorf("got %v", err)
	}
	if d.try(email, good) != "auth.password" || d.try(email, "another good one") != "" {
		t.Error("the password did not change")
	}
}

func TestARevokedLinkIsWorthless(t *testing.T) {
	d := open(t)
	token, err := d.NewLink(t.Context(), identity.Invite, d.ada, "wsp_1", d.at)
	d.must(err)
	for range 2 {
		d.must(d.Revoke(t.Context(), token))
	}
	if _, err := d.Look(t.Context(), identity.Invite, token, d.at); fault.CodeOf(err) != "auth.link" {
		t.Errorf("got %v", err)
	}
}

// TestNothingSecretIsKept looks into what is stored.
func TestNothingSecretIsKept(t *testing.T) {
	d := open(t)
	secret, recovery := d.enrol()
	token, err := d.NewLink(t.Context(), identity.SignIn, d.ada, "", d.at)
	d.must(err)
	for _, key := range []table.Key{{PK: "DOOR#USER#" + d.ada, SK: "IDENTITY"}, {PK: "DOOR#TICKET#" + ident.Hash(token), SK: "LINK"}} {
		it, err := d.tab.Get(t.Context(), key)
		d.must(err)
		for _, hush := range append(recovery, secret, token, good) {
			if strings.Contains(string(it.Doc), hush) {
				t.Errorf("%s keeps %s", key.PK, hush)
			}
		}
	}
}

func TestStrangersHaveNoIdentity(t *testing.T) {
	d := open(t)
	for _, id := range []string{"", "usr_1", "wsp_" + strings.Repeat("0", 26), "usr_" + strings.Repeat("0", 26)} {
		if _, err := d.Load(t.Context(), id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", id, err)
		}
		if _, err := d.NewLink(t.Context(), identity.SignIn, id, "", d.at); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a link for %q: %v", id, err)
		}
	}
}
