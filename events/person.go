package events

import "time"

// Person is what events say of a customer: what state they are in and how they
// are dealt with, and nothing that tells who they are. Names, addresses and the
// like are read from the API, by whoever may; so that erasing a person is not
// a matter of all the places to which they were told.
type Person struct {
	ID               string       `json:"id" doc:"The person's identifier" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	State            string       `json:"state" doc:"What follows from the rest" enum:"active,blocked,archived"`
	Language         string       `json:"language,omitempty" doc:"BCP 47" example:"en-AU"`
	TimeZone         string       `json:"time_zone,omitempty" doc:"IANA name" example:"Australia/Sydney"`
	PaymentTermsDays *int         `json:"payment_terms_days,omitempty" doc:"Days until their invoices are due; the workspace's if absent" example:"14"`
	MarketingConsent bool         `json:"marketing_consent" doc:"Whether they agreed to receive marketing"`
	Contacts         int          `json:"contacts" doc:"How many contacts are kept of them" example:"1"`
	Block            *PersonBlock `json:"block,omitempty" doc:"The block that is in force"`
	MergedFrom       []string     `json:"merged_from,omitempty" nullable:"false" doc:"Duplicates that were merged into this person; their identifiers lead here"`
	ArchivedAt       time.Time    `json:"archived_at,omitzero"`
	AnonymisedAt     time.Time    `json:"anonymised_at,omitzero" doc:"When all that is personal was erased"`
	CreatedAt        time.Time    `json:"created_at"`
	UpdatedAt        time.Time    `json:"updated_at"`
	Version          int64        `json:"version" doc:"Counts the changes; the ETag. Events may arrive out of order: the highest version is the latest" example:"1"`
}

// PersonBlock says that a person must not be rented to.
type PersonBlock struct {
	Reason string    `json:"reason" enum:"abuse,damage,fraud,legal,non_payment,other,unsafe_driving"`
	At     time.Time `json:"at"`
}

// PersonContact is what events say of a contact.
type PersonContact struct {
	ID         string    `json:"id" doc:"The contact's identifier" example:"con_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Type       string    `json:"type" enum:"emergency,employer,reference"`
	VerifiedAt time.Time `json:"verified_at,omitzero"`
}

func (p Person) link() Link {
	return Link{ID: p.ID, Type: "person", URL: "/v1/people/" + p.ID}
}
