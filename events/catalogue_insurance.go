package events

var insuranceListings = []Listing{
	listing("insurance", InsuranceClaimApproved{}, "An insurer approved a claim."),
	listing("insurance", InsuranceClaimClosed{}, "An insurance claim was closed."),
	listing("insurance", InsuranceClaimDeclined{}, "An insurer declined a claim."),
	listing("insurance", InsuranceClaimLodged{}, "An insurance claim was sent to the insurer."),
	listing("insurance", InsuranceClaimOpened{}, "An insurance claim was opened."),
	listing("insurance", InsuranceClaimSettled{}, "An insurer paid a claim."),
	listing("insurance", InsuranceClaimUpdated{}, "What is said of an insurance claim was changed."),
	listing("insurance", InsuranceClaimWithdrawn{}, "An insurance claim was withdrawn."),
	listing("insurance", InsurancePolicyCancelled{}, "An insurance policy was cancelled."),
	listing("insurance", InsurancePolicyCreated{}, "An insurance policy was added."),
	listing("insurance", InsurancePolicyExpired{}, "The last day of an insurance policy is over."),
	listing("insurance", InsurancePolicyExpiring{}, "An insurance policy ends soon."),
	listing("insurance", InsurancePolicyUpdated{}, "What is said of an insurance policy was changed."),
}
