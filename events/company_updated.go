package events

// CompanyUpdated says that a company was described anew, got other contacts, or
// came back from the archive.
type CompanyUpdated struct {
	Object   Company  `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "company.updated".
func (CompanyUpdated) Type() string { return "company.updated" }

// Link says where the object can be read.
func (e CompanyUpdated) Link() Link { return e.Object.link() }
