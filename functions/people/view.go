package people

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/person"
)

// personByID is the input of a route about one person.
type personByID struct {
	ID string `path:"id"`
}

// personChange is the input of a route that changes one person and needs no more.
type personChange struct {
	ID string `path:"id"`
	api.IfMatch
}

// personView is a person as answers show them to the one who asks.
type personView struct {
	ID   string `json:"id" doc:"The person's identifier" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Name string `json:"name" doc:"What to call them where there is one line for it" example:"Annie (Ana) Núñez"`
	person.PersonDetails
	State        string                 `json:"state" doc:"What follows from the rest" enum:"active,blocked,archived"`
	Contacts     []person.PersonContact `json:"contacts" nullable:"false"`
	Block        *blockView             `json:"block,omitempty" doc:"The block in force"`
	LikeBlocked  []likeBlocked          `json:"like_blocked,omitempty" nullable:"false" doc:"Who is blocked and has two attributes or the number of a document in common with this person. Answers about this one person have it; lists do not"`
	MergedFrom   []string               `json:"merged_from,omitempty" nullable:"false" doc:"Duplicates that were merged into this person; their identifiers lead here"`
	ArchivedAt   time.Time              `json:"archived_at,omitzero"`
	AnonymisedAt time.Time              `json:"anonymised_at,omitzero"`
	CreatedAt    time.Time              `json:"created_at"`
	UpdatedAt    time.Time              `json:"updated_at"`
	Version      int64                  `json:"version" doc:"Counts the changes; the ETag" example:"1"`
	Redacted     []string               `json:"redacted,omitempty" nullable:"false" doc:"Fields that were left out because you do not hold people.view_pii" example:"[\"birth_date\"]"`
}

// ETagVersion makes the ETag.
func (v personView) ETagVersion() int64 { return v.Version }

func viewOf(c *api.Call, p *person.Person) personView {
	if p == nil {
		return personView{}
	}
	seen, redacted := p.SeenBy(c.Actor)
	v := personView{
		ID: seen.ID, Name: seen.Name(), PersonDetails: seen.PersonDetails, State: string(seen.State()), Contacts: seen.Contacts, MergedFrom: seen.MergedFrom,
		ArchivedAt: seen.ArchivedAt, AnonymisedAt: seen.AnonymisedAt, CreatedAt: seen.Created, UpdatedAt: seen.Updated, Version: seen.Version, Redacted: redacted,
	}
	if v.Contacts == nil {
		v.Contacts = []person.PersonContact{}
	}
	if seen.Block != nil {
		b := blockViewOf(c, *seen.Block)
		b.Redacted, v.Block = nil, &b
	}
	return v
}

// likeBlocked is somebody who is blocked and may be the same person.
type likeBlocked struct {
	Person string   `json:"person" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Why    []string `json:"why" nullable:"false" enum:"document_number,email,mobile,name_and_birth_date,residential_address"`
}

// alertOf is viewOf with who is blocked and may be the same.
func alertOf(ctx context.Context, c *api.Call, p *person.Person, err error) (personView, error) {
	if err != nil {
		return personView{}, err
	}
	like, err := c.People.LikeBlocked(ctx, c.Actor.Workspace, p.ID)
	v := viewOf(c, p)
	for _, d := range like {
		v.LikeBlocked = append(v.LikeBlocked, likeBlocked{d.Person.ID, d.Why})
	}
	return v, err
}

// blockView is a block as answers show it to the one who asks.
type blockView struct {
	Reason   string        `json:"reason" enum:"abuse,damage,fraud,legal,non_payment,other,unsafe_driving"`
	Note     string        `json:"note,omitempty"`
	By       access.Actor  `json:"by"`
	At       time.Time     `json:"at"`
	LiftedBy *access.Actor `json:"lifted_by,omitempty"`
	LiftedAt time.Time     `json:"lifted_at,omitzero" doc:"Absent while it is in force"`
	LiftNote string        `json:"lift_note,omitempty"`
	Redacted []string      `json:"redacted,omitempty" nullable:"false" doc:"Fields that were left out because you do not hold people.view_pii" example:"[\"note\"]"`
}

func blockViewOf(c *api.Call, b person.Block) blockView {
	seen, redacted := b.SeenBy(c.Actor)
	return blockView{
		Reason: seen.Reason, Note: seen.Note, By: seen.By, At: seen.At,
		LiftedBy: seen.LiftedBy, LiftedAt: seen.LiftedAt, LiftNote: seen.LiftNote, Redacted: redacted,
	}
}

func listOf[In, Out any](page []In, next string, show func(In) Out) api.List[Out] {
	out := make([]Out, len(page))
	for i, in := range page {
		out[i] = show(in)
	}
	return api.ListOf(out, next)
}
