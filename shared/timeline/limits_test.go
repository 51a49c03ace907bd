package timeline_test

import (
	"encoding/json"
	"regexp"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/timeline"
)

var name = regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}$`)

// FuzzValidate accepts only what Step Functions takes as a name and our tasks as
// an input: an object.
func FuzzValidate(f *testing.F) {
	f.Add("dlv_1-r2", `{"delivery":"dlv_1"}`, int64(5*time.Second))
	f.Add("a b", ` {} `, int64(time.Hour))
	f.Add("a", `[{}]`, int64(1))
	plan := timeline.Plan{5 * time.Second}
	f.Fuzz(func(t *testing.T, id, input string, wait int64) {
		err := plan.Validate(timeline.Run{ID: id, Input: json.RawMessage(input), Wait: time.Duration(wait)})
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("got %v, want fault.Invalid", err)
			}
			return
		}
		var object map[string]any
		if !name.MatchString(id) || json.Unmarshal([]byte(input), &object) != nil || object == nil || wait%int64(time.Second) != 0 {
			t.Errorf("accepted %q, %q, %d", id, input, wait)
		}
	})
}

func TestAnAnswerMustFitThePlan(t *testing.T) {
	t.Parallel()
	plan := timeline.Plan{5 * time.Second, time.Minute, time.Hour}
	for _, tt := range []struct {
		next  timeline.Next
		wait  time.Duration
		again bool
		fine  bool
	}{
		{timeline.Next{}, 0, false, true},
		{timeline.Next{Wait: time.Hour}, 0, false, true}, // an end has no wait
		{timeline.Next{Failed: 2, Wait: time.Minute}, time.Minute, true, true},
		{timeline.Next{Failed: 3, Wait: 2 * time.Hour}, 2 * time.Hour, true, true},
		{timeline.Next{Failed: 1, Wait: time.Hour}, 0, false, false}, // made before the run
		{timeline.Next{Failed: 4, Wait: time.Hour}, 0, false, false}, // the plan's last
		{timeline.Next{Failed: 3, Wait: time.Minute}, 0, false, false},
		{timeline.Next{Failed: 2, Wait: time.Minute + time.Millisecond}, 0, false, false},
		{timeline.Next{Failed: 2, Wait: timeline.MaxWait + time.Second}, 0, false, false},
	} {
		wait, again, err := plan.After(tt.next)
		if wait != tt.wait || again != tt.again || (err == nil) != tt.fine {
			t.Errorf("%+v: got %s, %t, %v", tt.next, wait, again, err)
		}
	}
}
