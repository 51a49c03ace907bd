package events

// InsurancePolicyCancelled says that a policy ends before its last day.
type InsurancePolicyCancelled struct {
	Object   InsurancePolicy `json:"object"`
	Previous Previous        `json:"previous"`
}

// Type is "insurance_policy.cancelled".
func (InsurancePolicyCancelled) Type() string { return "insurance_policy.cancelled" }

// Link says where the object can be read.
func (e InsurancePolicyCancelled) Link() Link { return e.Object.link() }
