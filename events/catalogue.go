package events

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
)

//go:embed *.json
var examples embed.FS

// Catalogue lists every type of event that something raises, category by
// category. A type that nothing raises is not in it.
func Catalogue() []Listing {
	return slices.Concat(assetListings, categoryListings, webhookListings)
}

// listing makes a Listing of an event's zero value and the example that lies
// beside its Go file.
func listing(category string, data Event, description string) Listing {
	name := strings.ReplaceAll(data.Type(), ".", "_") + ".json"
	example, err := examples.ReadFile(name)
	if err != nil {
		panic("events: " + name + " is missing: each event has its example beside it")
	}
	return Listing{
		Type: data.Type(), Category: category, Description: description, Data: data,
		Example: json.RawMessage(example),
	}
}
