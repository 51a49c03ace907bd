package events

// InsuranceClaimClosed says that nothing remains to be done about a claim.
type InsuranceClaimClosed struct {
	Object   InsuranceClaim `json:"object"`
	Previous Previous       `json:"previous"`
}

// Type is "insurance_claim.closed".
func (InsuranceClaimClosed) Type() string { return "insurance_claim.closed" }

// Link says where the object can be read.
func (e InsuranceClaimClosed) Link() Link { return e.Object.link() }
