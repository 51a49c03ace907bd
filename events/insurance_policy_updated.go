package events

// InsurancePolicyUpdated says that what is said of a policy was changed.
type InsurancePolicyUpdated struct {
	Object   InsurancePolicy `json:"object"`
	Previous Previous        `json:"previous"`
}

// Type is "insurance_policy.updated".
func (InsurancePolicyUpdated) Type() string { return "insurance_policy.updated" }

// Link says where the object can be read.
func (e InsurancePolicyUpdated) Link() Link { return e.Object.link() }
