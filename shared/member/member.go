// Package member knows who works in a workspace, and what they may do there.
//
// A person (an identity, elsewhere) becomes a member by invitation, and can be
// disabled and enabled again; that touches this workspace and no other. Each
// member holds one role, and may be bound to some locations. What holds always:
//
//   - an active member with the role Admin is left in every workspace that ever
//     had one, however many are changed at the same moment;
//   - nobody gives what they do not hold, nor changes somebody who may do more
//     than they themselves;
//   - nobody disables themselves;
//   - a role that somebody holds is not deleted, and Admin is never changed;
//   - what a disabled member signed in with or made before stays dead after they
//     are enabled again.
//
// How people prove who they are is for identity, and how long they stay for session.
package member

import (
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
)

// State says where a membership is in its life.
type State string

// The states.
const (
	Invited  State = "invited"  // may come in by the link that was sent
	Active   State = "active"   // works here
	Disabled State = "disabled" // may not come in any more
)

// moves lists every move there is. What is not here is refused.
var moves = map[State][]State{
	Invited:  {Active},
	Active:   {Disabled},
	Disabled: {Active},
}

// InvitationLasts is how long an invitation can be accepted.
const InvitationLasts = 7 * 24 * time.Hour

// Member is one person in one workspace.
type Member struct {
	ID        string `json:"id"` // usr_…, the identity's
	Workspace string `json:"workspace"`
	Email     string `json:"email"` // the identity's; never changes
	State     State  `json:"state"`
	Details
	Invitation string    `json:"invitation,omitempty"`  // SHA-256 of the latest token that accepts
	Invited    time.Time `json:"invited_at"`            // when the latest invitation was sent
	Activated  time.Time `json:"activated_at,omitzero"` // when the first one was accepted
	Disabled   time.Time `json:"disabled_at,omitzero"`  // zero: not now
	Cut        time.Time `json:"cut_at,omitzero"`       // what they signed in with or made until then is dead
	Created    time.Time `json:"created_at"`
	Updated    time.Time `json:"updated_at"`
	Version    int64     `json:"-"` // counts the changes, this value's included

	was  *Member
	news []events.Event
}

// Details is what may be changed of a member.
type Details struct {
	Name            string   `json:"name"`
	Role            string   `json:"role"`                       // rol_admin, or one of the workspace's
	Locations       []string `json:"locations,omitempty"`        // the only ones they work at, sorted; empty: all
	DefaultLocation string   `json:"default_location,omitempty"` // one of Locations, if there are any
}

func invite(id, workspace, email string, d Details, token string, at time.Time) *Member {
	m := &Member{
		ID: id, Workspace: workspace, Email: email, State: Invited, Details: d,
		Invitation: token, Invited: at, Created: at, Updated: at, Version: 1,
	}
	m.tell(events.UserInvited{Object: m.Object()})
	return m
}

// Accept makes an invited person a member who works here.
func (m *Member) Accept(at time.Time) error {
	return m.change(at, func() error {
		if err := m.move(Active); err != nil {
			return err
		}
		m.Activated = at
		return nil
	})
}

// Disable keeps somebody out, and ends all they came in with.
func (m *Member) Disable(at time.Time) error {
	return m.change(at, func() error {
		if err := m.move(Disabled); err != nil {
			return err
		}
		m.Disabled, m.Cut = at, at
		return nil
	})
}

// Enable lets somebody in again. They have to sign in anew.
func (m *Member) Enable(at time.Time) error {
	return m.change(at, func() error {
		if m.State == Invited {
			return m.move(Disabled) // an invitation is accepted, not enabled
		}
		if err := m.move(Active); err != nil {
			return err
		}
		m.Disabled = time.Time{}
		return nil
	})
}

// Describe replaces the details. Saying the same again changes nothing.
func (m *Member) Describe(d Details, at time.Time) {
	_ = m.change(at, func() error { m.Details = d; return nil }) // cannot fail
}

// invitedAgain notes a new link; those that were sent before work no more.
func (m *Member) invitedAgain(token string, at time.Time) error {
	if m.State != Invited {
		return fault.New(fault.Conflict, "user."+string(m.State), "This user is %s. Only an invitation that waits can be sent again.", m.State)
	}
	m.Invitation, m.Invited, m.Updated = token, at, at
	m.Version++
	return nil
}

func (m *Member) move(to State) error {
	if !slices.Contains(moves[m.State], to) {
		return fault.New(fault.Conflict, "user."+string(m.State), "This user is %s and cannot become %s.", m.State, to)
	}
	m.State = to
	return nil
}

// change does one thing to m and tells what is different.
func (m *Member) change(at time.Time, do func() error) error {
	was := m.Object()
	if err := do(); err != nil {
		return err
	}
	before := events.Differences(was, m.Object())
	if len(before) == 0 {
		return nil
	}
	if len(m.news) == 0 { // what is written together is one version
		m.Version++
	}
	m.Updated = at
	m.tellChange(was, m.Object(), before)
	return nil
}

func (m *Member) tellChange(was, is events.User, before events.Previous) {
	switch {
	case was.State == string(Invited) && is.State == string(Active):
		m.tell(events.UserActivated{Object: is, Previous: before})
	case is.State == string(Disabled) && was.State != is.State:
		m.tell(events.UserDisabled{Object: is, Previous: before})
	case was.State == string(Disabled) && was.State != is.State:
		m.tell(events.UserEnabled{Object: is, Previous: before})
	default:
		if old, ok := before["role"]; ok {
			m.tell(events.UserRoleChanged{Object: is, Previous: events.Previous{"role": old}})
			delete(before, "role")
		}
		if len(before) > 0 {
			m.tell(events.UserUpdated{Object: is, Previous: before})
		}
	}
}

func (m *Member) tell(e events.Event) { m.news = append(m.news, e) }

// isAdmin reports whether m counts for the rule that an Admin is left.
func (m *Member) isAdmin() bool { return m != nil && m.State == Active && m.Role == Admin }

// Object is m as the outside sees it: in events and in answers of the API.
func (m *Member) Object() events.User {
	return events.User{
		ID: m.ID, Email: m.Email, Name: m.Name, State: string(m.State), Role: m.Role,
		Locations: append([]string{}, m.Locations...), DefaultLocation: m.DefaultLocation,
		InvitedAt: m.Invited, ActivatedAt: m.Activated, DisabledAt: m.Disabled,
		CreatedAt: m.Created, UpdatedAt: m.Updated, Version: m.Version,
	}
}
