// Package apikey holds the keys with which programs prove who they are.
//
// A key is shown once, when it is made; only its SHA-256 is kept. A key belongs
// to one workspace, carries scopes (grants; none named means all), may expire,
// and can be revoked at any time, at once and for good. A key may do no
// more than who made it may do, then and later, and who is kept out of a workspace
// leaves no key of theirs that works. The package does not decide what a
// grant allows: access and the edge do.
package apikey

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/form"
)

// Key is an API key as it may be shown: everything but the key itself.
type Key struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Workspace  string         `json:"workspace"`
	Prefix     string         `json:"prefix"`              // "mp_live_" or "mp_test_"; empty for an adopted key of another shape
	Last4      string         `json:"last4"`               // so that people can tell their keys apart
	Scopes     []access.Grant `json:"scopes,omitempty"`    // empty means all there are, now and later
	Locations  []string       `json:"locations,omitempty"` // the only ones it sees: those of who made it; empty means all
	Created    time.Time      `json:"created_at"`
	CreatedBy  access.Actor   `json:"created_by"`
	ExpiresAt  time.Time      `json:"expires_at,omitzero"`   // zero means never
	LastUsedAt time.Time      `json:"last_used_at,omitzero"` // to the hour; zero means never
	RevokedAt  time.Time      `json:"revoked_at,omitzero"`   // zero means that it still works
	Version    int64          `json:"-"`

	hash string
}

// Request is what somebody asks for when they ask for a key.
type Request struct {
	Name      string
	Scopes    []access.Grant // empty means all
	ExpiresAt time.Time      // zero means never
}

// State says in one word whether a key works at the given instant: "active",
// "expired" or "revoked".
func (k *Key) State(at time.Time) string {
	switch {
	case !k.RevokedAt.IsZero():
		return "revoked"
	case !k.ExpiresAt.IsZero() && !at.Before(k.ExpiresAt):
		return "expired"
	}
	return "active"
}

// Actor is whoever holds the key.
func (k *Key) Actor() access.Actor {
	grants := k.Scopes
	if len(grants) == 0 {
		grants = access.All()
	}
	return access.Actor{Kind: "api_key", ID: k.ID, Name: k.Name, Workspace: k.Workspace, Grants: grants, Locations: k.Locations}
}

// check says what is wrong with every field of r.
func (r Request) check(at time.Time) error {
	wrong := fault.New(fault.Invalid, "key.invalid", "This key cannot be made as asked; see errors.")
	if n := utf8.RuneCountInString(strings.TrimSpace(r.Name)); n == 0 || n > 100 || !form.Line(strings.TrimSpace(r.Name)) {
		wrong.Fields = append(wrong.Fields, fault.Field{Name: "name", Reason: "Give the key a name of 1 to 100 characters, so that you recognise it later."})
	}
	for i, g := range r.Scopes {
		reason := ""
		switch {
		case !access.Known(g):
			reason = "There is no such scope. GET /v1/me lists those you can give."
		case slices.Contains(r.Scopes[:i], g):
			reason = "Name each scope once."
		default:
			continue
		}
		wrong.Fields = append(wrong.Fields, fault.Field{Name: "scopes[" + strconv.Itoa(i) + "]", Reason: reason})
	}
	if !r.ExpiresAt.IsZero() && !r.ExpiresAt.After(at) {
		wrong.Fields = append(wrong.Fields, fault.Field{Name: "expires_at", Reason: "Give an instant in the future, or leave it out for a key that does not expire."})
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}

// within refuses what the actor could not do themselves.
func (r Request) within(actor access.Actor) error {
	wanted := r.Scopes
	if len(wanted) == 0 {
		wanted = access.All()
	}
	for _, g := range wanted {
		if !actor.May(g) {
			return fault.New(fault.Denied, "key.beyond", "You can give a key only what you may do yourself, and %s is not. Name the scopes that the key needs.", g).At("scopes")
		}
	}
	return nil
}
