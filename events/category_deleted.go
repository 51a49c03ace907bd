package events

// CategoryDeleted says that a category is gone. The object is as it last was.
type CategoryDeleted struct {
	Object     Category `json:"object"`
	MergedInto string   `json:"merged_into,omitempty" doc:"The category that took over its assets" example:"cat_01k9x3v7q2m8r4t6w0y5z1a3b7"`
}

// Type is "category.deleted".
func (CategoryDeleted) Type() string { return "category.deleted" }

// Link says where the object can be read.
func (e CategoryDeleted) Link() Link { return e.Object.link() }
