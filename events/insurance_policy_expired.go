package events

// InsurancePolicyExpired says that the last day of a policy is over. It is told once.
type InsurancePolicyExpired struct {
	Object InsurancePolicy `json:"object"`
}

// Type is "insurance_policy.expired".
func (InsurancePolicyExpired) Type() string { return "insurance_policy.expired" }

// Link says where the object can be read.
func (e InsurancePolicyExpired) Link() Link { return e.Object.link() }
