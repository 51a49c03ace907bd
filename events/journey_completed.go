package events

// JourneyCompleted says that an asset was driven.
type JourneyCompleted struct {
	Object Journey `json:"object"`
}

// Type is "journey.completed".
func (JourneyCompleted) Type() string { return "journey.completed" }

// Link says where the object can be read.
func (e JourneyCompleted) Link() Link { return e.Object.link() }
