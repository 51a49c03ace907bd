package events

// ServiceReminderSkipped says that a service will not be done this time.
type ServiceReminderSkipped struct {
	Object   ServiceReminder `json:"object"`
	Previous Previous        `json:"previous"`
	Next     string          `json:"next,omitempty" doc:"The reminder of the next time, where it recurs"`
}

// Type is "service_reminder.skipped".
func (ServiceReminderSkipped) Type() string { return "service_reminder.skipped" }

// Link says where the object can be read.
func (e ServiceReminderSkipped) Link() Link { return e.Object.link() }
