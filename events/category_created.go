package events

// CategoryCreated says that there is a new category.
type CategoryCreated struct {
	Object Category `json:"object"`
}

// Type is "category.created".
func (CategoryCreated) Type() string { return "category.created" }

// Link says where the object can be read.
func (e CategoryCreated) Link() Link { return e.Object.link() }
