package events

var companyListings = []Listing{
	listing("companies", CompanyArchived{}, "A company was archived, or merged into another one."),
	listing("companies", CompanyCreated{}, "A company was added."),
	listing("companies", CompanyUpdated{}, "A company's description or its contacts were changed."),
}
