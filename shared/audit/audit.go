// Package audit keeps who changed what, when and from where.
//
// An entry is written in the transaction that makes the change, beside the
// thing it is about, so there is no change without one and none without a
// change. Entries are never altered and are kept for seven years. Secrets are
// never in them: Diff tells that one changed and not what it is.
//
// What counts as a change, and under which name, is left to the nouns.
package audit

import (
	"time"

	"motorpool/shared/access"
)

// keepYears is how long an entry is kept.
const keepYears = 7

// Object is what an entry is about.
type Object struct {
	Type string `json:"type"`           // "asset"
	ID   string `json:"id"`             // ast_…
	Name string `json:"name,omitempty"` // what people called it then
}

// Change is one field's old and new value. Fields of nested objects have dotted
// names: "registration.plate".
type Change struct {
	Field string `json:"field"`
	From  any    `json:"from"`
	To    any    `json:"to"`
}

// Entry is one thing that somebody did.
type Entry struct {
	ID      string       `json:"id"`
	At      time.Time    `json:"at"`
	Actor   access.Actor `json:"actor"`
	Action  string       `json:"action"` // the name of the event, where there is one: "asset.updated"
	Object  Object       `json:"object"`
	Changes []Change     `json:"changes,omitempty"`
	Request string       `json:"request,omitempty"` // the Request-Id of the request that did it
	IP      string       `json:"ip,omitempty"`      // where that request came from
}

// Filter says which entries a list wants; a zero field wants all.
type Filter struct {
	Object string    // ast_…
	Action string    // "asset.updated", or "asset.*" for all of a noun
	Actor  string    // usr_… or key_…
	Since  time.Time // at this instant or later
	Until  time.Time // before this instant
}

func (f Filter) wants(e Entry) bool {
	return (f.Object == "" || f.Object == e.Object.ID) &&
		(f.Actor == "" || f.Actor == e.Actor.ID) &&
		matches(f.Action, e.Action) &&
		!e.At.Before(f.Since) && (f.Until.IsZero() || e.At.Before(f.Until))
}

func matches(pattern, action string) bool {
	if n := len(pattern) - 1; n > 0 && pattern[n-1:] == ".*" {
		return len(action) > n && action[:n] == pattern[:n]
	}
	return pattern == "" || pattern == action
}
