package events

// ServiceReminderDueSoon says that a service is due before long. It is said
// once on becoming so, and every week after.
type ServiceReminderDueSoon struct {
	Object ServiceReminder `json:"object"`
	Again  bool            `json:"again,omitempty" doc:"Whether it was said before"`
}

// Type is "service_reminder.due_soon".
func (ServiceReminderDueSoon) Type() string { return "service_reminder.due_soon" }

// Link says where the object can be read.
func (e ServiceReminderDueSoon) Link() Link { return e.Object.link() }
