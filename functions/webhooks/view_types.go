package webhooks

import (
	"motorpool/events"
	"motorpool/shared/api/rest"
)

// typeView is one type of event in the catalogue.
type typeView struct {
	Type        string         `json:"type" example:"asset.updated"`
	Category    string         `json:"category" example:"assets"`
	Description string         `json:"description"`
	Schema      rest.RawObject `json:"schema" doc:"JSON Schema (2020-12) of the envelope"`
	Example     rest.RawObject `json:"example" doc:"A whole envelope"`
}

func typeViewsOf(catalogue []events.Listing) []typeView {
	views := make([]typeView, len(catalogue))
	for i, l := range catalogue {
		views[i] = typeView{l.Type, l.Category, l.Description, rest.RawObject(l.Schema()), rest.RawObject(l.Example)}
	}
	return views
}
