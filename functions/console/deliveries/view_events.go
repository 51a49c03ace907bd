package deliveries

import (
	"encoding/json"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/record"
)

// eventOptions offers every type of event, each noun's own pattern before them.
func eventOptions(any string) []look.Option {
	options := []look.Option{{Text: any}}
	for _, g := range record.Catalogue() {
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
