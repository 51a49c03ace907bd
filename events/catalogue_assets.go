package events

var assetListings = []Listing{
	listing("assets", AssetArchived{}, "A vehicle left the fleet for good."),
	listing("assets", AssetBookingDisabled{}, "A vehicle was taken off booking for the time being."),
	listing("assets", AssetBookingEnabled{}, "A vehicle was opened for booking."),
	listing("assets", AssetCategoryChanged{}, "A vehicle was put into other categories, or its primary category changed."),
	listing("assets", AssetCreated{}, "A vehicle was added to the fleet."),
	listing("assets", AssetDeleted{}, "A vehicle that nothing ever referred to was deleted."),
	listing("assets", AssetDuplicated{}, "A vehicle was added to the fleet as a copy of another one."),
	listing("assets", AssetImported{}, "An import of vehicles is over: done, or cancelled after a part of it."),
	listing("assets", AssetLocationChanged{}, "A vehicle was moved to another location, or its home or the locations where it can be picked up changed."),
	listing("assets", AssetPhotoAdded{}, "A photo of a vehicle was added."),
	listing("assets", AssetPhotoRemoved{}, "A photo of a vehicle was removed."),
	listing("assets", AssetPhotosChanged{}, "The photos of a vehicle were put into another order, or described differently."),
	listing("assets", AssetUpdated{}, "A vehicle's description was changed."),
}
