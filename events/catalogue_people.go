package events

var peopleListings = []Listing{
	listing("people", ContactAdded{}, "A contact of a customer was added."),
	listing("people", ContactVerified{}, "Somebody checked a contact of a customer."),
	listing("people", PersonAnonymised{}, "All that is personal of a customer was erased, for good."),
	listing("people", PersonArchived{}, "A customer was put away."),
	listing("people", PersonBlocked{}, "A customer must not be rented to from now on."),
	listing("people", PersonCreated{}, "A customer was added."),
	listing("people", PersonDeleted{}, "A customer to whom nothing ever referred was deleted."),
	listing("people", PersonMerged{}, "A duplicate was merged into a customer."),
	listing("people", PersonUnblocked{}, "A customer's block was lifted."),
	listing("people", PersonUpdated{}, "What is known of a customer was changed."),
}
