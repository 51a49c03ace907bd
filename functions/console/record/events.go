package record

import (
	"strings"

	"motorpool/events"
	"motorpool/functions/console/page"
)

// EventGroup is one noun of the catalogue: what "asset.*" covers.
type EventGroup struct {
	Title    string // "Asset"
	Pattern  string // "asset.*"
	Listings []events.Listing
}

// Catalogue is every type of event, in groups.
func Catalogue() []EventGroup {
	var groups []EventGroup
	at := map[string]int{}
	for _, l := range events.Catalogue() {
		noun, _, _ := strings.Cut(l.Type, ".")
		i, ok := at[noun]
		if !ok {
			i = len(groups)
			at[noun] = i
			groups = append(groups, EventGroup{Title: page.TitleOf(noun), Pattern: noun + ".*"})
		}
		groups[i].Listings = append(groups[i].Listings, l)
	}
	return groups
}
