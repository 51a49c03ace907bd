// Package session lets people in, keeps them in while they work, and knows in
// which workspace they do.
//
// A session belongs to a person, not to a workspace: it has one that it is in,
// or none while they choose, and each change of what it may do (another workspace,
// a code of the phone, a new password) gives it another token, so that nobody goes
// in with a token from before. It ends after 12 hours
// without use and after 30 days in any case, when its owner ends it, and when
// they set a new password. Tokens are opaque and only their SHA-256 is kept.
//
// How people prove who they are is for identity. What they may do in a workspace
// is asked of Members each time, so that a change of role holds at once and who
// is disabled in one workspace stays in the others.
package session

import (
	"time"

	"motorpool/shared/fault"
)

// How long sessions last.
const (
	Idle    = 12 * time.Hour
	Longest = 30 * 24 * time.Hour

	noteEvery = 5 * time.Minute // a use is written down no oftener
)

// Session is one browser that somebody has signed in with.
type Session struct {
	ID        string    `json:"id"`
	Identity  string    `json:"identity"`            // usr_…
	Email     string    `json:"email"`               // by which memberships are found
	Workspace string    `json:"workspace,omitempty"` // empty: they have not chosen
	User      string    `json:"user,omitempty"`      // who they are there
	Entered   time.Time `json:"entered_at,omitzero"` // when they went in there
	Strong    bool      `json:"strong,omitempty"`    // a code of their phone was given
	Created   time.Time `json:"created_at"`
	Seen      time.Time `json:"seen_at"` // to five minutes
	Browser
}

// Browser is what is known of where a session is.
type Browser struct {
	Device string `json:"device,omitempty"` // as it calls itself, at most 200 bytes
	IP     string `json:"ip,omitempty"`     // from where it came first
}

// Ends returns when the session ends if it is not used again.
func (s *Session) Ends() time.Time {
	idle, longest := s.Seen.Add(Idle), s.Created.Add(Longest)
	if idle.Before(longest) {
		return idle
	}
	return longest
}

// Step is how far somebody has come in signing in: they have a session, or a
// ticket with which to give a code of their phone.
type Step struct {
	Token   string // of the session; empty: a code is needed
	Session Session
	Ticket  string // for Code, within ten minutes
}

func ended(cause error) error {
	return fault.New(fault.Unauthenticated, "auth.session", "You are signed out. Sign in again.").Because(cause)
}

// Unauthenticated codes beside auth.session: who is signed in, and has something
// to do before they can go on.
const (
	ChooseWorkspace = "auth.workspace"
	NeedsPhone      = "auth.phone"
)

func nowhere(cause error) error {
	return fault.New(fault.Unauthenticated, ChooseWorkspace, "Choose a workspace to work in.").Because(cause)
}
