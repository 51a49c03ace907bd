package events

// ServiceReminderCreated says that somebody wants to be reminded of a service.
type ServiceReminderCreated struct {
	Object ServiceReminder `json:"object"`
}

// Type is "service_reminder.created".
func (ServiceReminderCreated) Type() string { return "service_reminder.created" }

// Link says where the object can be read.
func (e ServiceReminderCreated) Link() Link { return e.Object.link() }
