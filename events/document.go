package events

import "time"

// Document is a paper of a person, a company or an asset, as the outside sees
// it: the object of document events and the answer of the API. The API leaves out
// what identifies people where the caller may not see it; events always leave it
// out, and what was written about them, unless the paper is an asset's.
type Document struct {
	ID              string      `json:"id" doc:"The document's identifier" example:"doc_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Owner           PaperOwner  `json:"owner" doc:"Whose it is"`
	Type            string      `json:"type" enum:"licence,passport,proof_of_address,proof_of_insurance,visa,registration,insurance,other" example:"licence"`
	State           string      `json:"state" enum:"requested,submitted,verified,rejected,expired" doc:"expired is a verified one whose last day is over" example:"verified"`
	Number          string      `json:"number,omitempty" example:"20931187"`
	IssuingState    string      `json:"issuing_state,omitempty" example:"NSW"`
	IssuingCountry  string      `json:"issuing_country,omitempty" doc:"ISO 3166, two letters" example:"AU"`
	Class           string      `json:"class,omitempty" example:"C"`
	Issued          string      `json:"issued,omitempty" format:"date" example:"2022-05-11"`
	Expires         string      `json:"expires,omitempty" format:"date" doc:"The last day it is good for" example:"2027-05-10"`
	Name            string      `json:"name,omitempty" doc:"As it is written there" example:"JORDAN A SMITH"`
	BirthDate       string      `json:"birth_date,omitempty" format:"date" example:"1994-08-23"`
	Address         string      `json:"address,omitempty" doc:"As it is written there" example:"12 Harbour Street, Sydney NSW 2000"`
	Files           []PaperFile `json:"files,omitempty" nullable:"false"`
	RequestedAt     time.Time   `json:"requested_at,omitzero" doc:"When it was asked for last"`
	RequestMessage  string      `json:"request_message,omitempty"`
	SubmittedAt     time.Time   `json:"submitted_at,omitzero"`
	SubmittedBy     *Actor      `json:"submitted_by,omitempty" doc:"The system where an upload link let its owner in"`
	VerifiedAt      time.Time   `json:"verified_at,omitzero"`
	VerifiedBy      *Actor      `json:"verified_by,omitempty"`
	RejectedAt      time.Time   `json:"rejected_at,omitzero"`
	RejectedBy      *Actor      `json:"rejected_by,omitempty"`
	RejectionReason string      `json:"rejection_reason,omitempty" example:"The photo is too dark to read."`
	CreatedAt       time.Time   `json:"created_at"`
	UpdatedAt       time.Time   `json:"updated_at"`
	Version         int64       `json:"version" doc:"Counts the changes; the ETag. Events may arrive out of order: the highest version is the latest" example:"1"`
}

// PaperOwner is whose paper it is.
type PaperOwner struct {
	Type string `json:"type" enum:"person,company,asset" example:"person"`
	ID   string `json:"id" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
}

// PaperFile is one side of a paper.
type PaperFile struct {
	Attachment string `json:"attachment" example:"att_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Side       string `json:"side" enum:"front,back,other" example:"front"`
}

func (d Document) link() Link {
	return Link{ID: d.ID, Type: "document", URL: "/v1/documents/" + d.ID}
}
