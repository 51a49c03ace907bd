package person

import (
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
)

// BlockReasons are why somebody is blocked.
var BlockReasons = []string{"abuse", "damage", "fraud", "legal", "non_payment", "other", "unsafe_driving"}

const maxBlockNote = 1000

// Block says that a person must not be rented to, by whose word and why. It
// holds in this workspace alone. It is kept when it has been lifted.
type Block struct {
	Reason   string        `json:"reason" enum:"abuse,damage,fraud,legal,non_payment,other,unsafe_driving"`
	Note     string        `json:"note,omitempty" doc:"At most 1,000 characters; for those who may see what is personal"`
	By       access.Actor  `json:"by"`
	At       time.Time     `json:"at"`
	LiftedBy *access.Actor `json:"lifted_by,omitempty"`
	LiftedAt time.Time     `json:"lifted_at,omitzero"`
	LiftNote string        `json:"lift_note,omitempty"`
	Ref      string        `json:"ref,omitempty"` // where it rests
}

// block blocks p. Somebody who is blocked already stays so, for the first reason.
func (p *Person) block(reason, note string, actor access.Actor, ref string, at time.Time) error {
	if err := p.kept(); err != nil {
		return err
	}
	note = strings.TrimSpace(note)
	c := about("person")
	if reason == "" {
		c.Add("reason", "Give a reason.")
	}
	c.oneOf("reason", reason, BlockReasons)
	c.Text("note", &note, maxBlockNote)
	if err := c.Err(); err != nil {
		return err
	}
	if p.Block != nil {
		return fault.New(fault.Conflict, "person.blocked", "This person is blocked already, since %s. Lift that block first to give another reason.", p.Block.At.UTC().Format(time.DateOnly))
	}
	was := p.snapshot()
	p.Block = &Block{Reason: reason, Note: note, By: actor, At: at, Ref: ref}
	is, previous, _ := p.changed(was, at)
	p.tell(events.PersonBlocked{Object: is, Previous: previous})
	return nil
}

// unblock lifts the block of p and returns it as it is remembered.
func (p *Person) unblock(note string, actor access.Actor, at time.Time) (*Block, error) {
	c := about("person")
	c.Text("note", &note, maxBlockNote)
	if err := c.Err(); err != nil {
		return nil, err
	}
	if p.Block == nil {
		return nil, fault.New(fault.Conflict, "person.not_blocked", "This person is not blocked.")
	}
	lifted := *p.Block
	lifted.LiftedBy, lifted.LiftedAt, lifted.LiftNote = &actor, at, note
	was := p.snapshot()
	p.Block = nil
	is, previous, _ := p.changed(was, at)
	p.tell(events.PersonUnblocked{Object: is, Previous: previous})
	return &lifted, nil
}
