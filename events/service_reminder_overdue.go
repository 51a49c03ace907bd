package events

// ServiceReminderOverdue says that a service should have been done by now. It is
// said once on becoming so, and every week after.
type ServiceReminderOverdue struct {
	Object ServiceReminder `json:"object"`
	Again  bool            `json:"again,omitempty" doc:"Whether it was said before"`
}

// Type is "service_reminder.overdue".
func (ServiceReminderOverdue) Type() string { return "service_reminder.overdue" }

// Link says where the object can be read.
func (e ServiceReminderOverdue) Link() Link { return e.Object.link() }
