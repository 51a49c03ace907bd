package events

// DocumentExpiring says that a document expires soon, at each threshold that the
// workspace has set.
type DocumentExpiring struct {
	Object   Document `json:"object"`
	DaysLeft int      `json:"days_left" doc:"Days until the last day it is good for; 0 on that day" example:"30"`
}

// Type is "document.expiring".
func (DocumentExpiring) Type() string { return "document.expiring" }

// Link says where the object can be read.
func (e DocumentExpiring) Link() Link { return e.Object.link() }
