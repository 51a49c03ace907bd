package events

// CategoryUpdated says that a category was described anew.
type CategoryUpdated struct {
	Object   Category `json:"object"`
	Previous Previous `json:"previous"`
}

// Type is "category.updated".
func (CategoryUpdated) Type() string { return "category.updated" }

// Link says where the object can be read.
func (e CategoryUpdated) Link() Link { return e.Object.link() }
