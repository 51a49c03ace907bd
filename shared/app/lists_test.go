package app

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"motorpool/events"
)

// TestEveryColumnIsAFieldOfWhatTheListShows: a way that leads nowhere would be a
// column that is always empty.
func TestEveryColumnIsAFieldOfWhatTheListShows(t *testing.T) {
	t.Parallel()
	a, now := &App{}, time.Now
	for name, l := range map[string]struct {
		columns string
		shows   any
	}{
		"companies": {a.companyList().columns, events.Company{}}, "devices": {a.deviceList().columns, events.Device{}},
		"documents": {a.documentList(now).columns, events.Document{}}, "expenses": {a.expenseList().columns, spent{}},
		"inspections": {a.inspectionList().columns, events.Inspection{}}, "insurance-claims": {a.claimList().columns, claimed{}},
		"insurance-policies": {a.policyList(now).columns, covered{}}, "issues": {a.issueList().columns, events.Issue{}},
		"locations": {a.locationList().columns, events.Location{}}, "maintenance-windows": {a.windowList().columns, events.MaintenanceWindow{}},
		"odometer-readings": {a.readingList().columns, events.OdometerReading{}}, "people": {a.personList().columns, known{}},
		"service-reminders": {a.reminderList().columns, events.ServiceReminder{}},
	} {
		for way := range strings.FieldsSeq(l.columns) {
			if !leads(reflect.TypeOf(l.shows), strings.Split(way, ".")) {
				t.Errorf("%s: there is no %s", name, way)
			}
		}
	}
}

func leads(t reflect.Type, way []string) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if len(way) == 0 {
		return true
	}
	for f := range fieldsIn(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name == way[0] {
			return leads(f.Type, way[1:])
		}
	}
	return false
}

func fieldsIn(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		if t.Kind() != reflect.Struct {
			return
		}
		for _, f := range reflect.VisibleFields(t) {
			if !yield(f) {
				return
			}
		}
	}
}
