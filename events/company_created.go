package events

// CompanyCreated says that a company became a customer.
type CompanyCreated struct {
	Object Company `json:"object"`
}

// Type is "company.created".
func (CompanyCreated) Type() string { return "company.created" }

// Link says where the object can be read.
func (e CompanyCreated) Link() Link { return e.Object.link() }
