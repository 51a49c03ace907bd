package events

// InsuranceClaimSettled says that the insurer has paid.
type InsuranceClaimSettled struct {
	Object   InsuranceClaim `json:"object"`
	Previous Previous       `json:"previous"`
}

// Type is "insurance_claim.settled".
func (InsuranceClaimSettled) Type() string { return "insurance_claim.settled" }

// Link says where the object can be read.
func (e InsuranceClaimSettled) Link() Link { return e.Object.link() }
