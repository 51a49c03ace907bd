package events

// ServiceReminderCompleted says that a service was done.
type ServiceReminderCompleted struct {
	Object   ServiceReminder `json:"object"`
	Previous Previous        `json:"previous"`
	Next     string          `json:"next,omitempty" doc:"The reminder of the next time, where it recurs"`
}

// Type is "service_reminder.completed".
func (ServiceReminderCompleted) Type() string { return "service_reminder.completed" }

// Link says where the object can be read.
func (e ServiceReminderCompleted) Link() Link { return e.Object.link() }
