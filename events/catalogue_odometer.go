package events

var odometerListings = []Listing{
	listing("odometer", OdometerDeleted{}, "A reading of an odometer was taken away."),
	listing("odometer", OdometerRecorded{}, "An odometer was read."),
	listing("odometer", OdometerSuperseded{}, "Another reading took the place of a wrong one."),
}
