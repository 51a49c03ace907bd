package events

var categoryListings = []Listing{
	listing("categories", CategoryCreated{}, "A category was added."),
	listing("categories", CategoryDeleted{}, "A category was deleted, or merged into another one."),
	listing("categories", CategoryUpdated{}, "A category was changed."),
}
