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
	case guessable(lower):
		return wrong("This password is among those that are tried first. Choose another.")
	case len(local) >= 4 && strings.Contains(lower, local):
		return wrong("Leave your e-mail address out of your password.")
	}
	return nil
}

// The lengths of a password.
const (
	MinPassword = 12  // characters
	MaxPassword = 200 // bytes
)

// common are long passwords from the top of every list of leaked ones. They are
// told apart without their digits at the end, which is what people change.
var common = func() map[string]bool {
	m := map[string]bool{}
	for _, p := range strings.Fields(`abcdefghijkl abcdefghijklm administrator asdfghjklasdf asdfghjklqwer changeme changemenow chocolatechocolate
		correcthorsebatterystaple football footballfootball harrypotter iloveyou iloveyouforever iloveyousomuch internet letmein letmeinplease
		liverpool liverpoolfc loveyouforever manchester manchesterunited masterpassword michaeljackson monkeymonkey motorpool
		motorpoolmotorpool mypassword mypasswordis newpassword opensesame passw0rd p@ssw0rd p@ssword password passwordpassword princess
		qazwsxedcrfv qwerty qwertyqwerty qwertyuiop qwertyuiopasdf secretpassword spiderman starwars sunshine superman thisismypassword
		tinkerbell trustno trustnoone unbelievable welcome welcomehome welcometothejungle yankees zxcvbnm zxcvbnmasdfghjkl 1q2w3e4r5t6y 1qaz2wsx3edc
		q1w2e3r4t5y6 a1b2c3d4e5f6 123qweasdzxc 1qazxsw23edc qwe123qwe123 123456abcdef 123abc456def`) {
		m[p] = true
	}
	return m
}()

// guessable reports whether plain is among what is tried first: a common word with
// digits or signs behind it, digits in their order, or one short part again and again.
func guessable(plain string) bool {
	word := strings.TrimRight(plain, "0123456789!?.$#@*_- ")
	if common[plain] || common[word] || strings.Contains("0123456789012345678901234567890 9876543210987654321098765432109", plain) {
		return true
	}
	for n := 1; n <= 3 && n < len(plain); n++ {
		if strings.Trim(strings.ReplaceAll(plain, plain[:n], ""), plain[:n]) == "" {
			return true
		}
	}
	return false
}

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
