package events

// InsuranceClaimLodged says that a claim was sent to the insurer.
type InsuranceClaimLodged struct {
	Object   InsuranceClaim `json:"object"`
	Previous Previous       `json:"previous"`
}

// Type is "insurance_claim.lodged".
func (InsuranceClaimLodged) Type() string { return "insurance_claim.lodged" }

// Link says where the object can be read.
func (e InsuranceClaimLodged) Link() Link { return e.Object.link() }
