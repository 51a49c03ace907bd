package events

var careListings = []Listing{
	listing("care", IssueClosed{}, "An issue was closed."),
	listing("care", IssueCreated{}, "Something was found to be wrong with a vehicle."),
	listing("care", IssueReopened{}, "An issue that was resolved was opened again."),
	listing("care", IssueResolved{}, "An issue was resolved."),
	listing("care", IssueUpdated{}, "An issue was changed, taken up or dismissed."),
	listing("care", MaintenanceWindowCancelled{}, "A maintenance window was cancelled, and its dates are free."),
	listing("care", MaintenanceWindowCompleted{}, "Maintenance was completed, and what was left of its dates is free."),
	listing("care", MaintenanceWindowCreated{}, "A vehicle was blocked for maintenance."),
	listing("care", MaintenanceWindowStarted{}, "Maintenance began."),
	listing("care", MaintenanceWindowUpdated{}, "A maintenance window was changed or moved."),
	listing("care", ServiceReminderCompleted{}, "A service that was due was done."),
	listing("care", ServiceReminderCreated{}, "A service reminder was added."),
	listing("care", ServiceReminderDueSoon{}, "A service is due before long; said again every week."),
	listing("care", ServiceReminderOverdue{}, "A service is overdue; said again every week."),
	listing("care", ServiceReminderSkipped{}, "A service was skipped."),
	listing("care", ServiceReminderUpdated{}, "A service reminder was changed."),
}
