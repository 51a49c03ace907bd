package events

import "time"

// Expense is what was spent on an asset as the outside sees it: the object of
// expense events and the answer of the API.
type Expense struct {
	ID          string    `json:"id" doc:"The expense's identifier" example:"exp_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Asset       string    `json:"asset" doc:"What it was spent on" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Item        string    `json:"item" doc:"The code of an expense item" example:"tyres"`
	Date        string    `json:"date" format:"date" doc:"The day it was spent" example:"2026-11-14"`
	Vendor      string    `json:"vendor,omitempty" doc:"Who was paid" example:"Northside Tyres"`
	Amount      Money     `json:"amount" doc:"All of it, tax included. A refund is negative"`
	Tax         *Money    `json:"tax,omitempty" doc:"The tax in it"`
	TaxRate     string    `json:"tax_rate,omitempty" doc:"Percent, as an exact decimal" example:"10"`
	Odometer    *int64    `json:"odometer,omitempty" doc:"In metres, when it was spent" example:"48211000"`
	Reference   string    `json:"reference,omitempty" doc:"The vendor's invoice or order" example:"INV-2201"`
	Receipts    []string  `json:"receipts,omitempty" doc:"Attachments"`
	Issue       string    `json:"issue,omitempty" doc:"The issue it settled"`
	Maintenance string    `json:"maintenance,omitempty" doc:"The maintenance window it belongs to"`
	Reminder    string    `json:"reminder,omitempty" doc:"The service reminder it answered"`
	Claim       string    `json:"claim,omitempty" doc:"The insurance claim it is part of"`
	State       string    `json:"state" enum:"recorded,voided"`
	VoidedAt    time.Time `json:"voided_at,omitzero"`
	VoidReason  string    `json:"void_reason,omitempty"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
	Version     int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (e Expense) link() Link { return Link{ID: e.ID, Type: "expense", URL: "/v1/expenses/" + e.ID} }
