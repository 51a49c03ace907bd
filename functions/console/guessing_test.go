package console_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"motorpool/shared/member"
)

// TestNobodyLearnsWhoIsKnown asks by every open form for an address that is known
// and has a password, one that has none, and one that nobody has: until it is
// locked, and after that.
func TestNobodyLearnsWhoIsKnown(t *testing.T) {
	s := still(t)
	s.must(s.h.Identities.SetPassword(t.Context(), s.owner.ID, password))
	_, err := s.h.Members.Invite(t.Context(), s.owner, "tom@example.com", member.Details{Name: "Tom", Role: member.Admin}, s.h.Now())
	s.must(err)
	for round := range 7 {
		for _, path := range []string{"/sign-in", "/sign-in/link", "/forgotten"} {
			said := map[string]string{}
			for i, email := range []string{ownerEmail, "tom@example.com", "nobody@example.com"} {
				s.from = fmt.Sprintf("192.0.2.%d", i)
				v := s.elsewhere().post(path, form("email", email, "password", "wrong wrong wrong"))
				said[fmt.Sprint(v.status, v.header.Get("Set-Cookie"), v.header.Get("Retry-After"), strings.ReplaceAll(v.body, email, ""))] = email
			}
			if len(said) != 1 {
				t.Errorf("%s, round %d: the answers differ", path, round)
			}
		}
	}
}

// TestFiveWrongPasswordsLockForAQuarterOfAnHour: and whoever the password belongs
// to still comes in by a link, so that nobody can be kept out by guessing.
func TestFiveWrongPasswordsLockForAQuarterOfAnHour(t *testing.T) {
	s := still(t)
	s.must(s.h.Identities.SetPassword(t.Context(), s.owner.ID, password))
	guess := func(plain string, want int) {
		t.Helper()
		s.elsewhere().post("/sign-in", form("email", ownerEmail, "password", plain)).want(want)
	}
	for range 5 {
		guess("wrong wrong wrong", http.StatusUnauthorized)
	}
	s.from = "192.0.2.7" // from anywhere
	guess(password, http.StatusTooManyRequests)
	s.post("/sign-in/link", form("email", ownerEmail)).want(http.StatusOK)
	s.elsewhere().post(s.letter(""), nil).want(http.StatusOK).has("Get started")
	s.wait(15*time.Minute - time.Second)
	guess(password, http.StatusTooManyRequests)
	s.wait(time.Second)
	guess(password, http.StatusOK)
}

// TestOneAddressCannotTryManyPeople: each of them would have a lock of their own.
func TestOneAddressCannotTryManyPeople(t *testing.T) {
	s := still(t)
	s.from = "2001:db8::1"
	late := 0
	for i := range 40 {
		if i == 20 {
			s.from = "2001:db8::ffff" // the same neighbourhood
		}
		v := s.post("/sign-in", form("email", fmt.Sprintf("nobody%d@example.com", i), "password", "three blind mice"))
		if v.status == http.StatusTooManyRequests {
			late++
			if v.header.Get("Retry-After") == "" || !strings.Contains(v.body, "too many attempts from your address") {
				t.Errorf("got %s", v.body)
			}
		}
	}
	if late < 5 {
		t.Errorf("%d of 40 were refused", late)
	}
	s.from = "2001:db8:1::1"
	s.post("/sign-in", form("email", ownerEmail, "password", "wrong wrong wrong")).want(http.StatusUnauthorized)
}

func TestWrongCodesAndRecoveryCodesLock(t *testing.T) {
	s := still(t)
	secret, recovery := s.enrolled()
	s.wait(time.Minute)
	ticket := s.ticket()
	for _, code := range []string{"000000", "111111", "aaaaaaaaaa", "222222", "bbbbbbbbbb"} {
		s.post("/sign-in/code", form("ticket", ticket, "code", code)).want(http.StatusUnauthorized)
	}
	for _, code := range []string{s.code(secret), recovery[0]} {
		s.post("/sign-in/code", form("ticket", s.ticket(), "code", code)).want(http.StatusTooManyRequests)
	}
	s.wait(15 * time.Minute)
	s.elsewhere().post("/sign-in/code", form("ticket", s.ticket(), "code", recovery[0])).want(http.StatusOK).has("Get started")
}

func TestACodeWorksOnceAlsoInItsThirtySeconds(t *testing.T) {
	s := still(t)
	secret, recovery := s.enrolled()
	s.wait(time.Minute)
	code := s.code(secret)
	for _, once := range []string{code, recovery[3]} {
		s.elsewhere().post("/sign-in/code", form("ticket", s.ticket(), "code", once)).want(http.StatusOK).has("Get started")
		s.elsewhere().post("/sign-in/code", form("ticket", s.ticket(), "code", once)).want(http.StatusUnauthorized).has("wrong, used or too old")
	}
	s.wait(30 * time.Second)
	ticket := s.ticket()
	s.elsewhere().post("/sign-in/code", form("ticket", ticket, "code", s.code(secret))).want(http.StatusOK)
	s.elsewhere().post("/sign-in/code", form("ticket", ticket, "code", recovery[4])).want(http.StatusUnauthorized) // the ticket is used up
}

func TestWeakPasswordsAreRefusedWhereverOneIsSet(t *testing.T) {
	s := still(t)
	s.secured()
	for _, weak := range []string{"", "short", "eleven char", "password1234", "qwertyuiop12345", "aaaaaaaaaaaaaaaa", "123456789012", "owner@motorpool.example", strings.Repeat("x y", 100)} {
		s.post("/account/password", form("old", password, "password", weak)).want(http.StatusUnprocessableEntity)
		s.post("/forgotten", form("email", ownerEmail))
		s.post(s.letter(""), form("password", weak)).want(http.StatusUnprocessableEntity)
		s.wait(time.Hour)
	}
}
