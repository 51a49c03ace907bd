package identity_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"motorpool/shared/fault"
)

// enrol gives Ada an app and returns its secret and the recovery codes.
func (d *desk) enrol() (secret string, recovery []string) {
	d.t.Helper()
	e, err := d.BeginPhone(d.t.Context(), d.ada, "Harbour City Cars")
	d.must(err)
	if !strings.HasPrefix(e.URL, "otpauth://totp/Harbour%20City%20Cars:"+email+"?") || !strings.Contains(e.URL, "secret="+e.Secret) || strings.Contains(e.URL, "+") {
		d.t.Errorf("the URL is %s", e.URL)
	}
	if i, _ := d.Load(d.t.Context(), d.ada); i.NeedsCode() {
		d.t.Error("it counts before it is confirmed")
	}
	recovery, err = d.ConfirmPhone(d.t.Context(), d.ada, d.code(e.Secret, 0), d.at)
	d.must(err)
	return e.Secret, recovery
}

// code is what the app shows, so many seconds from now.
func (d *desk) code(secret string, later time.Duration) string {
	d.t.Helper()
	c, err := totp.GenerateCode(secret, d.at.Add(later))
	d.must(err)
	return c
}

func TestACodeWorksOnce(t *testing.T) {
	d := open(t)
	secret, _ := d.enrol()
	if err := d.Code(t.Context(), d.ada, d.code(secret, 0), d.at); fault.CodeOf(err) != "auth.code" {
		t.Errorf("the code that confirmed it: got %v", err)
	}
	for _, tt := range []struct {
		pass, later time.Duration
		want        bool
	}{
		{time.Minute, 0, true},
		{0, 0, false},
		{0, -30 * time.Second, false},
		{0, 30 * time.Second, true},
		{0, 0, false},
		{2 * time.Minute, -30 * time.Second, true},
		{10 * time.Minute, time.Minute, false},
		{0, -time.Minute, false},
		{0, 0, true},
	} {
		d.at = d.at.Add(tt.pass)
		if err := d.Code(t.Context(), d.ada, d.code(secret, tt.later), d.at); (err == nil) != tt.want {
			t.Errorf("%v later: got %v", tt.later, err)
		}
	}
}

func TestOfManyWithOneCodeOneIsLetIn(t *testing.T) {
	d := open(t)
	secret, _ := d.enrol()
	d.at = d.at.Add(time.Minute)
	code := d.code(secret, 0)
	var in atomic.Int32
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if err := d.Code(t.Context(), d.ada, code, d.at); err == nil {
				in.Add(1)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("%d were let in", in.Load())
	}
}

func TestEachRecoveryCodeWorksOnce(t *testing.T) {
	d := open(t)
	_, recovery := d.enrol()
	if len(recovery) != 10 {
		t.Fatalf("%d codes", len(recovery))
	}
	for n, code := range recovery {
		typed := strings.ToUpper(code[:5] + "-" + code[5:])
		if err := d.Code(t.Context(), d.ada, typed, d.at); err != nil {
			t.Errorf("code %d: %v", n, err)
		}
		if err := d.Code(t.Context(), d.ada, typed, d.at); fault.CodeOf(err) != "auth.code" {
			t.Errorf("code %d, again: %v", n, err)
		}
	}
}

func TestWrongCodesLock(t *testing.T) {
	d := open(t)
	secret, _ := d.enrol()
	d.at = d.at.Add(time.Minute)
	for _, code := range []string{"", "000000", "12345", "abcdef", "0000000000"} {
		if err := d.Code(t.Context(), d.ada, code, d.at); fault.CodeOf(err) != "auth.code" {
			t.Errorf("%q: got %v", code, err)
		}
	}
	if err := d.Code(t.Context(), d.ada, d.code(secret, 0), d.at); fault.CodeOf(err) != "auth.locked" {
		t.Errorf("got %v", err)
	}
	if d.try(email, good) != "" {
		t.Error("the password's door is locked too")
	}
}

func TestAnAppIsRemovedAndBegunAnew(t *testing.T) {
	d := open(t)
	secret, _ := d.enrol()
	if _, err := d.BeginPhone(t.Context(), d.ada, "x"); fault.CodeOf(err) != "identity.phone" {
		t.Errorf("a second app: %v", err)
	}
	d.at = d.at.Add(time.Minute)
	if err := d.RemovePhone(t.Context(), d.ada, "000000", d.at); fault.CodeOf(err) != "auth.code" {
		t.Errorf("without a code: %v", err)
	}
	d.must(d.RemovePhone(t.Context(), d.ada, d.code(secret, 0), d.at))
	if i, _ := d.Load(t.Context(), d.ada); i.NeedsCode() {
		t.Error("codes are still needed")
	}
	if _, err := d.ConfirmPhone(t.Context(), d.ada, d.code(secret, 0), d.at); fault.CodeOf(err) != "identity.phone" {
		t.Errorf("the old app was confirmed: %v", err)
	}
	e, err := d.BeginPhone(t.Context(), d.ada, "x")
	d.must(err)
	if _, err := d.ConfirmPhone(t.Context(), d.ada, "000000", d.at); fault.CodeOf(err) != "identity.code" {
		t.Errorf("got %v", err)
	}
	if e.Secret == secret {
		t.Error("the secret is the old one")
	}
}
