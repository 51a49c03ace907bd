package events

// ServiceReminderUpdated says that a service reminder was described anew.
type ServiceReminderUpdated struct {
	Object   ServiceReminder `json:"object"`
	Previous Previous        `json:"previous"`
}

// Type is "service_reminder.updated".
func (ServiceReminderUpdated) Type() string { return "service_reminder.updated" }

// Link says where the object can be read.
func (e ServiceReminderUpdated) Link() Link { return e.Object.link() }
