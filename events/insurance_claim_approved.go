package events

// InsuranceClaimApproved says that the insurer will pay.
type InsuranceClaimApproved struct {
	Object   InsuranceClaim `json:"object"`
	Previous Previous       `json:"previous"`
}

// Type is "insurance_claim.approved".
func (InsuranceClaimApproved) Type() string { return "insurance_claim.approved" }

// Link says where the object can be read.
func (e InsuranceClaimApproved) Link() Link { return e.Object.link() }
