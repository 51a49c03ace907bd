package events

// JourneyIgnored says that a reported trip counts for nothing, and why.
type JourneyIgnored struct {
	Object Journey `json:"object"`
}

// Type is "journey.ignored".
func (JourneyIgnored) Type() string { return "journey.ignored" }

// Link says where the object can be read.
func (e JourneyIgnored) Link() Link { return e.Object.link() }
