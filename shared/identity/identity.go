// Package identity knows who somebody is: an e-mail address, and the ways they
// prove that it is theirs (a password, a link sent to it, a code from their
// phone).
//
// One identity enters many workspaces; which, and what it may do there, is for
// memberships to say, and how long it stays is for sessions. What holds always:
//
//   - an address belongs to one identity, whatever its case;
//   - a password is kept only as argon2id, a code or link only as SHA-256, the
//     secret of the phone only sealed;
//   - whoever tries an address learns nothing of it: known and unknown ones
//     cost the same work, are answered in the same words, and are locked after
//     the same number of failures;
//   - a link works once, and a code from a phone once.
package identity

import (
	"strings"
	"time"

	"motorpool/shared/fault"
)

// How often somebody may be wrong, and for how long they wait then.
const (
	MaxFailures = 5
	Window      = 15 * time.Minute // in which failures count together
	LockLasts   = 15 * time.Minute
)

// Identity is one person who signs in.
type Identity struct {
	ID            string    `json:"id"`
	Email         string    `json:"email"` // as it was given first
	Name          string    `json:"name"`
	Proven        time.Time `json:"proven_at,omitzero"`  // when a link sent to the address was followed
	Password      string    `json:"password,omitempty"`  // argon2id in PHC form; empty: none yet
	Passwords     int       `json:"passwords,omitempty"` // how many it has had
	Phone         Phone     `json:"phone,omitzero"`
	LastWorkspace string    `json:"last_workspace,omitempty"` // entered last; where they go next time
	Created       time.Time `json:"created_at"`

	version int64
}

// Phone is an app that makes six-digit codes (RFC 6238).
type Phone struct {
	Secret  []byte    `json:"secret,omitempty"`  // sealed
	Since   time.Time `json:"since,omitzero"`    // zero: begun, not confirmed
	Step    int64     `json:"step,omitempty"`    // the latest code's 30 seconds: codes up to it are used up
	Recover []string  `json:"recover,omitempty"` // SHA-256 of the recovery codes that are left
}

// NeedsCode reports whether a password or a link alone does not let i in.
func (i *Identity) NeedsCode() bool { return !i.Phone.Since.IsZero() }

// HasPassword reports whether i can sign in with a password.
func (i *Identity) HasPassword() bool { return i.Password != "" }

// fold is the form in which addresses are told apart. The local part's case
// could matter by RFC 5321, and never does.
func fold(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// CheckPassword reports what is wrong with a new password. Length is what makes
// passwords strong; composition rules make them forgettable (NIST SP 800-63B,
// 3.1.1.2).
func CheckPassword(plain, email string) error {
	wrong := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "identity.password", format, args...).At("password")
	}
	local, _, _ := strings.Cut(fold(email), "@")
	lower := strings.ToLower(plain)
	switch n := len([]rune(plain)); {
	case n < MinPassword:
		return wrong("Choose a password of at least %d characters. Three or four words make a good one.", MinPassword)
	case len(plain) > MaxPassword:
		return wrong("Choose a password of at most %d bytes.", MaxPassword)
	case common[lower] || strings.Trim(lower, lower[:1]) == "":
		return wrong("This password is among those that are tried first. Choose another.")
	case len(local) >= 4 && strings.Contains(lower, local):
		return wrong("Leave your e-mail address out of your password.")
	}
	return nil
}

// The lengths of a password.
const (
	MinPassword = 10  // characters
	MaxPassword = 200 // bytes
)

// common are long passwords from the top of every list of leaked ones.
var common = func() map[string]bool {
	m := map[string]bool{}
	for _, p := range strings.Fields(`1234567890 12345678910 123456789a qwertyuiop qwerty12345 qwerty123456 1qaz2wsx3edc
		password12 password123 password1234 passw0rd123 iloveyou123 iloveyou12 administrator changeme123 letmein123 welcome123
		welcome1234 monkey12345 football123 baseball123 superman123 princess123 sunshine123 0987654321 9876543210 q1w2e3r4t5
		asdfghjkl1 zxcvbnm123 abcdefghij abcdefghijk 1q2w3e4r5t 1q2w3e4r5t6y motorpool1 motorpool123 correcthorsebatterystaple`) {
		m[p] = true
	}
	return m
}()

func wrongPassword() error {
	return fault.New(fault.Unauthenticated, "auth.password", "The e-mail address or the password is wrong. Try again, or have a sign-in link sent to you.")
}

func wrongCode() error {
	return fault.New(fault.Unauthenticated, "auth.code", "This code is wrong, used or too old. Take the one that your app shows now, or a recovery code.")
}

func locked(until, at time.Time) error {
	e := fault.New(fault.TooMany, "auth.locked", "There were too many attempts. Wait a quarter of an hour, or have a sign-in link sent to you.")
	e.After = until.Sub(at)
	return e
}

func spent(cause error) error {
	return fault.New(fault.Unauthenticated, "auth.link", "This link has been used or has expired. Ask for a new one.").Because(cause)
}
