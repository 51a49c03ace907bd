package events

// InsuranceClaimWithdrawn says that a claim is no longer pursued.
type InsuranceClaimWithdrawn struct {
	Object   InsuranceClaim `json:"object"`
	Previous Previous       `json:"previous"`
}

// Type is "insurance_claim.withdrawn".
func (InsuranceClaimWithdrawn) Type() string { return "insurance_claim.withdrawn" }

// Link says where the object can be read.
func (e InsuranceClaimWithdrawn) Link() Link { return e.Object.link() }
