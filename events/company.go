package events

import "time"

// Company is a company that rents, as the outside sees it: the object of company
// events and the answer of the API.
type Company struct {
	ID               string               `json:"id" doc:"The company's identifier" example:"com_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	TradingName      string               `json:"trading_name" example:"Blue Gum Logistics"`
	LegalName        string               `json:"legal_name,omitempty" example:"Blue Gum Logistics Pty Ltd"`
	TaxNumber        *CompanyTaxNumber    `json:"tax_number,omitempty" doc:"By which the tax office knows it"`
	Registered       *CompanyAddress      `json:"registered_address,omitempty"`
	Billing          *CompanyAddress      `json:"billing_address,omitempty" doc:"Where it is not the registered address"`
	BillingEmails    []string             `json:"billing_emails" doc:"Where its bills go" nullable:"false"`
	Phone            string               `json:"phone,omitempty" example:"+61 2 5550 1234"`
	PaymentTermsDays int                  `json:"payment_terms_days,omitempty" doc:"Days from a bill to when it is due; what the workspace says if it is not given" example:"14"`
	CreditLimit      *Money               `json:"credit_limit,omitempty" doc:"What it may owe at the most"`
	PORequired       bool                 `json:"po_required" doc:"Whether its bills need a purchase order number"`
	TaxExemption     *CompanyTaxExemption `json:"tax_exemption,omitempty" doc:"Why it pays no tax"`
	DefaultBillTo    string               `json:"default_bill_to,omitempty" doc:"The contact who gets its bills; the company itself if it is not given" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Contacts         []CompanyContact     `json:"contacts" doc:"Who speaks for it" nullable:"false"`
	Tags             []string             `json:"tags,omitempty" nullable:"false"`
	Notes            string               `json:"notes,omitempty"`
	Status           string               `json:"status" enum:"active,archived"`
	MergedInto       string               `json:"merged_into,omitempty" doc:"The company that took its place" example:"com_01k9x3v7q2m8r4t6w0y5z1a3b6"`
	ArchivedAt       time.Time            `json:"archived_at,omitzero"`
	CreatedAt        time.Time            `json:"created_at"`
	UpdatedAt        time.Time            `json:"updated_at"`
	Version          int64                `json:"version" doc:"Counts the changes; the ETag. Events may arrive out of order: the highest version is the latest" example:"1"`
}

// CompanyTaxNumber is the number by which a tax office knows a company.
type CompanyTaxNumber struct {
	Kind   string `json:"kind" enum:"abn,acn,vat,ein,other" example:"abn"`
	Number string `json:"number" example:"51824753556"`
}

// CompanyAddress is a place where letters arrive.
type CompanyAddress struct {
	Line1    string `json:"line_1,omitempty" example:"12 Harbour Street"`
	Line2    string `json:"line_2,omitempty" example:"Level 3"`
	City     string `json:"city,omitempty" example:"Sydney"`
	State    string `json:"state,omitempty" example:"NSW"`
	Postcode string `json:"postcode,omitempty" example:"2000"`
	Country  string `json:"country,omitempty" doc:"ISO 3166, two letters" example:"AU"`
}

// CompanyTaxExemption is why a company pays no tax, and until when.
type CompanyTaxExemption struct {
	Reason      string `json:"reason" example:"Diplomatic mission"`
	Certificate string `json:"certificate,omitempty" example:"EX-20931"`
	Until       string `json:"until,omitempty" format:"date" doc:"The last day it holds" example:"2027-06-30"`
}

// CompanyContact is a person who speaks for a company.
type CompanyContact struct {
	Person string   `json:"person" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Roles  []string `json:"roles" nullable:"false" doc:"primary, billing, fleet, driver" example:"[\"primary\",\"billing\"]"`
}

func (c Company) link() Link {
	return Link{ID: c.ID, Type: "company", URL: "/v1/companies/" + c.ID}
}
