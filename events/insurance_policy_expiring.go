package events

// InsurancePolicyExpiring says that a policy ends soon, at each threshold once.
type InsurancePolicyExpiring struct {
	Object   InsurancePolicy `json:"object"`
	DaysLeft int             `json:"days_left" doc:"Days until the last day it covers; 0 on that day" example:"30"`
}

// Type is "insurance_policy.expiring".
func (InsurancePolicyExpiring) Type() string { return "insurance_policy.expiring" }

// Link says where the object can be read.
func (e InsurancePolicyExpiring) Link() Link { return e.Object.link() }
