package events

import "time"

// InsuranceClaim is a claim as the outside sees it: the object of claim events.
// What happened in words, and who else was in it, is in the API's answer alone
// (decision 0027).
type InsuranceClaim struct {
	ID         string    `json:"id" doc:"The claim's identifier" example:"clm_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Policy     string    `json:"policy" example:"pol_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Asset      string    `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Issue      string    `json:"issue,omitempty" doc:"The issue that it is about"`
	Booking    string    `json:"booking,omitempty" doc:"The booking during which it happened"`
	IncidentOn string    `json:"incident_on" format:"date" doc:"The day it happened" example:"2026-11-14"`
	Number     string    `json:"number,omitempty" doc:"The insurer's number of it" example:"C-55120"`
	Claimed    *Money    `json:"claimed,omitempty" doc:"What is asked for"`
	Settled    *Money    `json:"settled,omitempty" doc:"What the insurer paid"`
	Excess     *Money    `json:"excess,omitempty" doc:"What the operator pays of it"`
	Documents  []string  `json:"documents,omitempty" doc:"Attachments"`
	State      string    `json:"state" enum:"open,lodged,approved,declined,settled,closed,withdrawn"`
	LodgedAt   time.Time `json:"lodged_at,omitzero"`
	DecidedAt  time.Time `json:"decided_at,omitzero" doc:"When it was approved or declined"`
	SettledAt  time.Time `json:"settled_at,omitzero"`
	ClosedAt   time.Time `json:"closed_at,omitzero" doc:"When it was closed or withdrawn"`
	CreatedAt  time.Time `json:"created_at"`
	UpdatedAt  time.Time `json:"updated_at"`
	Version    int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (c InsuranceClaim) link() Link {
	return Link{ID: c.ID, Type: "insurance_claim", URL: "/v1/insurance-claims/" + c.ID}
}
