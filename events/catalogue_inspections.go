package events

var inspectionListings = []Listing{
	listing("inspections", InspectionAcknowledged{}, "A customer agreed with an inspection."),
	listing("inspections", InspectionCompleted{}, "An inspection was completed."),
	listing("inspections", InspectionDamageFound{}, "An inspection found damage that the one before did not."),
	listing("inspections", InspectionDisputed{}, "A customer did not agree with an inspection."),
	listing("inspections", InspectionStarted{}, "Somebody began to inspect a vehicle."),
	listing("inspections", InspectionVoided{}, "An inspection was voided and does not count."),
}
