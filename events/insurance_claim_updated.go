package events

// InsuranceClaimUpdated says that what is said of a claim was changed.
type InsuranceClaimUpdated struct {
	Object   InsuranceClaim `json:"object"`
	Previous Previous       `json:"previous"`
}

// Type is "insurance_claim.updated".
func (InsuranceClaimUpdated) Type() string { return "insurance_claim.updated" }

// Link says where the object can be read.
func (e InsuranceClaimUpdated) Link() Link { return e.Object.link() }
