package webhooks

import (
	"sync"

	"motorpool/events"
	"motorpool/shared/api"
)

// typeView is one type of event in the catalogue.
type typeView struct {
	Type        string        `json:"type" example:"asset.updated"`
	Category    string        `json:"category" example:"assets"`
	Description string        `json:"description"`
	Schema      api.RawObject `json:"schema" doc:"JSON Schema (2020-12) of the envelope"`
	Example     api.RawObject `json:"example" doc:"A whole envelope"`
}

// schemas keeps what was made of Go types, which do not change.
var schemas sync.Map // type of event -> api.RawObject

func typeViewsOf(catalogue []events.Listing) ([]typeView, error) {
	views := make([]typeView, len(catalogue))
	for i, l := range catalogue {
		schema, made := schemas.Load(l.Type)
		if !made {
			s, err := api.EventSchema(l)
			if err != nil {
				return nil, err
			}
			schema, _ = schemas.LoadOrStore(l.Type, s)
		}
		views[i] = typeView{l.Type, l.Category, l.Description, schema.(api.RawObject), api.RawObject(l.Example)}
	}
	return views, nil
}
