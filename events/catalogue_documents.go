package events

var documentListings = []Listing{
	listing("documents", DocumentExpired{}, "The last day of a verified document is over."),
	listing("documents", DocumentExpiring{}, "A document expires soon."),
	listing("documents", DocumentRejected{}, "A document was looked at and will not do."),
	listing("documents", DocumentRequested{}, "A document was asked for."),
	listing("documents", DocumentSubmitted{}, "A document was handed in."),
	listing("documents", DocumentVerified{}, "A document was looked at and is good."),
}
