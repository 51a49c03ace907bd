package events

// CompanyArchived says that a company is a customer no longer, or was merged
// into another one, which merged_into names.
type CompanyArchived struct {
	Object   Company  `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "company.archived".
func (CompanyArchived) Type() string { return "company.archived" }

// Link says where the object can be read.
func (e CompanyArchived) Link() Link { return e.Object.link() }
