package events

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
)

//go:embed *.json
var examples embed.FS

// schemas are made of the Go types by go test ./events -update, so that nobody
// who shows one needs what makes them.
//
//go:embed schemas/*.json
var schemas embed.FS

// Catalogue lists every type of event that something raises, category by
// category. A type that nothing raises is not in it.
func Catalogue() []Listing {
	return slices.Concat(
		assetListings,
		careListings,
		categoryListings,
		companyListings,
		documentListings,
		inspectionListings,
		expenseListings,
		insuranceListings,
		locationListings,
		odometerListings,
		peopleListings,
		trackingListings,
		userListings,
		webhookListings,
	)
}

// Schema is the JSON Schema (2020-12) of the envelope of the type of event, made
// of the Go types that write it. Fields that it does not name may be added:
// receivers must not mind.
func (l Listing) Schema() json.RawMessage {
	schema, err := schemas.ReadFile("schemas/" + file(l.Type))
	if err != nil {
		panic("events: " + l.Type + " has no schema: go test ./events -update")
	}
	return schema
}

// file is the name of what lies beside an event's Go file.
func file(typ string) string { return strings.ReplaceAll(typ, ".", "_") + ".json" }

// listing makes a Listing of an event's zero value and the example that lies
// beside its Go file.
func listing(category string, data Event, description string) Listing {
	name := file(data.Type())
	example, err := examples.ReadFile(name)
	if err != nil {
		panic("events: " + name + " is missing: each event has its example beside it")
	}
	return Listing{
		Type: data.Type(), Category: category, Description: description, Data: data,
		Example: json.RawMessage(example),
	}
}
