package events

// InsuranceClaimDeclined says that the insurer will not pay.
type InsuranceClaimDeclined struct {
	Object   InsuranceClaim `json:"object"`
	Previous Previous       `json:"previous"`
}

// Type is "insurance_claim.declined".
func (InsuranceClaimDeclined) Type() string { return "insurance_claim.declined" }

// Link says where the object can be read.
func (e InsuranceClaimDeclined) Link() Link { return e.Object.link() }
