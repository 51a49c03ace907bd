package events

import "time"

// InsurancePolicy is a policy as the outside sees it: the object of policy events
// and the answer of the API.
type InsurancePolicy struct {
	ID          string    `json:"id" doc:"The policy's identifier" example:"pol_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Insurer     string    `json:"insurer" example:"Harbour Mutual"`
	Number      string    `json:"number" doc:"The insurer's number of it" example:"HM-883201"`
	Kind        string    `json:"kind" enum:"comprehensive,third_party,liability,other"`
	WholeFleet  bool      `json:"whole_fleet" doc:"It covers every asset; otherwise those that are named"`
	Assets      []string  `json:"assets,omitempty" doc:"The assets it covers"`
	Excess      *Money    `json:"excess,omitempty" doc:"What is paid by the operator of each claim"`
	Premium     *Money    `json:"premium,omitempty" doc:"What it costs each time it is paid"`
	Frequency   string    `json:"frequency,omitempty" doc:"How often the premium is paid" enum:"once,monthly,quarterly,yearly"`
	Start       string    `json:"start" format:"date" doc:"The first day it covers" example:"2026-07-01"`
	End         string    `json:"end" format:"date" doc:"The last day it covers" example:"2027-06-30"`
	Documents   []string  `json:"documents,omitempty" doc:"Attachments"`
	State       string    `json:"state" doc:"By the day it is in the workspace" enum:"scheduled,active,expired,cancelled"`
	CancelledAt time.Time `json:"cancelled_at,omitzero"`
	CancelledOn string    `json:"cancelled_on,omitempty" format:"date" doc:"The last day it covered" example:"2027-01-31"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
	Version     int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (p InsurancePolicy) link() Link {
	return Link{ID: p.ID, Type: "insurance_policy", URL: "/v1/insurance-policies/" + p.ID}
}
