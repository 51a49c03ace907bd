package events

var trackingListings = []Listing{
	listing("tracking", DeviceAssigned{}, "A tracking device was put into an asset."),
	listing("tracking", DeviceStale{}, "A fitted device has been silent for more than 24 hours."),
	listing("tracking", DeviceUnassigned{}, "A tracking device was taken out of an asset."),
	listing("tracking", JourneyCompleted{}, "An asset was driven."),
	listing("tracking", JourneyIgnored{}, "A reported trip counts for nothing; it says why."),
}
