package lambda

import (
	"testing"
	"time"

	"motorpool/shared/reminder"
)

// prints: the report that could not be made when the inspection was completed.
func prints(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	if got := b.invoke(t, string(event)); got.kind != "response" {
		t.Fatalf("got an %s: %s", got.kind, got.body)
	}
	i, err := d.world.App.Inspections.Inspection(t.Context(), d.world.Actor, d.world.Inspections["to print"].ID)
	if err != nil || i.Report == nil || i.Report.File == "" {
		t.Errorf("got %+v, %v, want its report", i, err)
	}
}

// reminds: what is overdue is told, once it is past six where the world is;
// before that nothing happens yet.
func reminds(t *testing.T, d *deployment, b *bootstrap, event []byte) {
	for range 2 {
		if got := b.invoke(t, string(event)); got.kind != "response" {
			t.Fatalf("got an %s: %s", got.kind, got.body)
		}
	}
	list, _, err := d.world.App.Reminders.Reminders(t.Context(), d.world.Actor, reminder.Filter{State: reminder.Overdue}, "", 50)
	late := time.Now().In(d.world.Workspace.Location()).Hour() >= 7
	if err != nil || late && len(list) == 0 {
		t.Errorf("got %+v, %v, want those that are overdue", list, err)
	}
}
