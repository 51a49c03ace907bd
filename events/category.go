package events

import "time"

// Category is a label on assets, by class or by offering, as the outside sees it.
type Category struct {
	ID            string              `json:"id" doc:"The category's identifier" example:"cat_01k9x3v7q2m8r4t6w0y5z1a3b6"`
	Name          string              `json:"name" example:"Small SUV"`
	Slug          string              `json:"slug" doc:"Its name in addresses; no other category has it" example:"small-suv"`
	Parent        string              `json:"parent,omitempty" doc:"The category it is a part of; there are two levels" example:"cat_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Description   string              `json:"description,omitempty"`
	Image         string              `json:"image,omitempty" doc:"Shown where a vehicle of the category has no photo" example:"att_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	SortOrder     int                 `json:"sort_order" doc:"Lower ones come first" example:"10"`
	ShowOnWebsite bool                `json:"show_on_website"`
	Active        bool                `json:"active"`
	Attributes    *CategoryAttributes `json:"attributes,omitempty" doc:"What customers who book by category are promised"`
	CreatedAt     time.Time           `json:"created_at"`
	UpdatedAt     time.Time           `json:"updated_at"`
	Version       int64               `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

// CategoryAttributes is what a category promises of each of its vehicles.
type CategoryAttributes struct {
	Seats        int    `json:"seats,omitempty" example:"5"`
	Bags         int    `json:"bags,omitempty" example:"3"`
	Transmission string `json:"transmission,omitempty" example:"automatic"`
	OrSimilar    bool   `json:"or_similar,omitempty" doc:"Another vehicle of the kind may be given"`
}

func (c Category) link() Link {
	return Link{ID: c.ID, Type: "category", URL: "/v1/categories/" + c.ID}
}
