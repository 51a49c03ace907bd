package console

import (
	"encoding/json"
	"strings"

	"motorpool/events"
	"motorpool/functions/console/look"
)

// eventGroup is one noun of the catalogue: what "asset.*" covers.
type eventGroup struct {
	Title    string // "Asset"
	Pattern  string // "asset.*"
	Listings []events.Listing
}

// catalogue is every type of event, in groups.
func catalogue() []eventGroup {
	var groups []eventGroup
	at := map[string]int{}
	for _, l := range events.Catalogue() {
		noun, _, _ := strings.Cut(l.Type, ".")
		i, ok := at[noun]
		if !ok {
			i = len(groups)
			at[noun] = i
			groups = append(groups, eventGroup{Title: titleOf(noun), Pattern: noun + ".*"})
		}
		groups[i].Listings = append(groups[i].Listings, l)
	}
	return groups
}

// titleOf names a group: "webhook_endpoint" is "Webhook endpoint".
func titleOf(noun string) string {
	words := strings.ReplaceAll(noun, "_", " ")
	if rest, ok := strings.CutPrefix(words, "api "); ok {
		return "API " + rest
	}
	first := words[:min(1, len(words))]
	return strings.ToUpper(first) + words[len(first):]
}

// eventOptions offers every type of event, each noun's own pattern before them.
func eventOptions(any string) []look.Option {
	options := []look.Option{{Text: any}}
	for _, g := range catalogue() {
		options = append(options, look.Option{Value: g.Pattern, Text: "All " + strings.ToLower(g.Title) + " events"})
		for _, l := range g.Listings {
			options = append(options, look.Option{Value: l.Type, Text: l.Type})
		}
	}
	return append(options, look.Option{Value: "custom.*", Text: "All custom events"})
}

// eventTypeIn returns the type of the event that body is, if it is one.
func eventTypeIn(body []byte) string {
	var e struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(body, &e) != nil || len(e.Type) > 100 {
		return ""
	}
	return e.Type
}
