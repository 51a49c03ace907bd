// Package session lets people in: with a one-time link first, and then with a
// session that their browser carries.
//
// A link works once, within 60 minutes, however many people click it at the same
// moment. A session ends after 12 hours without use and after 30 days in any
// case, when its owner signs out, and when all of a user's sessions are ended.
// Tokens are opaque and only their SHA-256 is kept. What somebody may do is
// asked of Members each time, so that a change of role holds at once.
package session

import "time"

// How long things last.
const (
	LinkLasts = 60 * time.Minute
	Idle      = 12 * time.Hour
	Longest   = 30 * 24 * time.Hour

	noteEvery = 5 * time.Minute // a use is written down no oftener
)

// Session is one browser that somebody has signed in with.
type Session struct {
	ID        string    `json:"id"`
	Workspace string    `json:"workspace"`
	User      string    `json:"user"`
	Created   time.Time `json:"created_at"`
	Seen      time.Time `json:"seen_at"` // to five minutes
}

// Ends returns when the session ends if it is not used again.
func (s *Session) Ends() time.Time {
	idle, longest := s.Seen.Add(Idle), s.Created.Add(Longest)
	if idle.Before(longest) {
		return idle
	}
	return longest
}
