package events

// InsurancePolicyCreated says that a policy was added.
type InsurancePolicyCreated struct {
	Object InsurancePolicy `json:"object"`
}

// Type is "insurance_policy.created".
func (InsurancePolicyCreated) Type() string { return "insurance_policy.created" }

// Link says where the object can be read.
func (e InsurancePolicyCreated) Link() Link { return e.Object.link() }
