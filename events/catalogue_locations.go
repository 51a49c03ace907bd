package events

var locationListings = []Listing{
	listing("locations", LocationActivated{}, "A location was opened again."),
	listing("locations", LocationCreated{}, "A location was added."),
	listing("locations", LocationDeactivated{}, "A location was closed until further notice."),
	listing("locations", LocationUpdated{}, "A location was changed: its details, hours, closed days or rules."),
}
