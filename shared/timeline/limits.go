package timeline

import (
	"bytes"
	"encoding/json"
	"time"

	"motorpool/shared/fault"
)

// Limits are those that hold in every adapter.
const (
	MaxID    = 80                  // bytes of a run's ID: a Step Functions execution name
	MaxInput = 100_000             // bytes of a run's input
	MaxWait  = 30 * 24 * time.Hour // the longest wait anyone may ask for
)

// Validate refuses what one of the adapters would refuse. Adapters call it first.
func (p Plan) Validate(r Run) error {
	switch {
	case !validID(r.ID):
		return fault.New(fault.Invalid, "timeline.id", "Name a run with 1 to %d letters, digits, _ or -.", MaxID).At("id")
	case len(r.Input) > MaxInput:
		return fault.New(fault.Invalid, "timeline.input", "Give a run at most %d bytes: ids, never documents.", MaxInput).At("input")
	case !json.Valid(r.Input) || !bytes.HasPrefix(bytes.TrimLeft(r.Input, " \t\r\n"), []byte("{")):
		return fault.New(fault.Invalid, "timeline.input", "Give a run a JSON object as its input.").At("input")
	case r.Wait < p[0] || r.Wait > MaxWait || r.Wait%time.Second != 0:
		return fault.New(fault.Invalid, "timeline.wait", "Let a run wait %s to %s in whole seconds, not %s.", p[0], MaxWait, r.Wait).At("wait")
	}
	return nil
}

func validID(id string) bool {
	for _, c := range []byte(id) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return id != "" && len(id) <= MaxID
}

// After checks what a task asked for and reports how long to wait until it is
// called again, and whether it is at all. An answer that the plan does not allow
// is an error of the task.
func (p Plan) After(n Next) (wait time.Duration, again bool, err error) {
	switch {
	case n.Failed == 0:
		return 0, false, nil
	case n.Failed < 2 || n.Failed > len(p):
		return 0, false, fault.New(fault.Internal, "timeline.next", "attempt %d failed, but the plan goes on only after 2 to %d", n.Failed, len(p))
	case n.Wait < p[n.Failed-1] || n.Wait > MaxWait || n.Wait%time.Second != 0:
		return 0, false, fault.New(fault.Internal, "timeline.next", "attempt %d failed: a wait of %s, want at least %s in whole seconds", n.Failed, n.Wait, p[n.Failed-1])
	}
	return n.Wait, true, nil
}

// Errors of a task are followed by these waits before the run is abandoned.
const (
	ErrorRetries = 6           // how often a task that errs is called again
	ErrorWait    = time.Second // before the first of them; each is twice the one before
)
