package events

import "time"

// Issue is something that is wrong with an asset, as the outside sees it: the
// object of its events and the answer of the API.
type Issue struct {
	ID             string    `json:"id" example:"iss_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Number         string    `json:"number" doc:"What people call it" example:"IS000123"`
	Asset          string    `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Booking        string    `json:"booking,omitempty" doc:"The booking during which it was found"`
	Inspection     string    `json:"inspection,omitempty" doc:"The inspection that raised it" example:"ins_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Title          string    `json:"title" example:"Scratch on the left rear door"`
	Description    string    `json:"description,omitempty"`
	Type           string    `json:"type" enum:"damage,mechanical,tyre,cleaning,accident,fine,missing_item,other" example:"damage"`
	Severity       string    `json:"severity" enum:"low,medium,high,safety" example:"medium"`
	ReportedBy     string    `json:"reported_by,omitempty" doc:"Who found it" example:"Lena, at the return"`
	ReportedAt     time.Time `json:"reported_at"`
	Odometer       *int64    `json:"odometer,omitempty" doc:"In metres, when it was found" example:"48211000"`
	Photos         []string  `json:"photos,omitempty" nullable:"false" doc:"Attachments"`
	Assignee       string    `json:"assignee,omitempty" doc:"Who sees to it" example:"usr_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Due            string    `json:"due,omitempty" format:"date" example:"2026-03-15"`
	EstimatedCost  *Money    `json:"estimated_cost,omitempty"`
	ActualCost     *Money    `json:"actual_cost,omitempty"`
	ChargeCustomer bool      `json:"charge_customer" doc:"Whether the customer is to pay for it"`
	Vendor         string    `json:"vendor,omitempty" example:"Northside Auto"`
	Claim          string    `json:"claim,omitempty" doc:"The insurer's reference"`
	State          string    `json:"state" enum:"open,in_progress,resolved,closed,dismissed" example:"open"`
	ResolvedAt     time.Time `json:"resolved_at,omitzero"`
	ClosedAt       time.Time `json:"closed_at,omitzero" doc:"When it was closed or dismissed"`
	CreatedAt      time.Time `json:"created_at"`
	UpdatedAt      time.Time `json:"updated_at"`
	Version        int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (i Issue) link() Link { return Link{ID: i.ID, Type: "issue", URL: "/v1/issues/" + i.ID} }
