package events

// InsuranceClaimOpened says that a claim is being prepared.
type InsuranceClaimOpened struct {
	Object InsuranceClaim `json:"object"`
}

// Type is "insurance_claim.opened".
func (InsuranceClaimOpened) Type() string { return "insurance_claim.opened" }

// Link says where the object can be read.
func (e InsuranceClaimOpened) Link() Link { return e.Object.link() }
