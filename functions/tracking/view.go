package tracking

import (
	"errors"

	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/tracking"
)

// deviceInput is the input of a verb on one device.
type deviceInput struct {
	ID string `path:"id"`
	api.IfMatch
}

// deviceView is a device as answers show it: the object of its events.
type deviceView struct{ events.Device }

// ETagVersion makes the ETag.
func (v deviceView) ETagVersion() int64 { return v.Version }

func viewOf(d *tracking.Device) deviceView {
	if d == nil {
		return deviceView{}
	}
	return deviceView{d.Object()}
}

// journeyView is a journey with its places.
type journeyView struct {
	events.Journey
	From *tracking.Position `json:"from,omitempty" doc:"Where it began; personal data"`
	To   *tracking.Position `json:"to,omitempty" doc:"Where it ended; personal data"`
}

func journeyOf(j *tracking.Journey) journeyView {
	return journeyView{j.Object(), j.From.Position(), j.To.Position()}
}

func listOf[In, Out any](page []In, next string, show func(In) Out) api.List[Out] {
	out := make([]Out, len(page))
	for i, in := range page {
		out[i] = show(in)
	}
	return api.ListOf(out, next)
}

// resultView is what became of one trip of a batch.
type resultView struct {
	Row     int          `json:"row" doc:"Its place in the batch, from 0"`
	Result  string       `json:"result" enum:"completed,ignored,repeated,refused" doc:"completed: kept and counted. ignored: kept, and counts for nothing. repeated: it was here already. refused: not kept; problem says why"`
	Journey string       `json:"journey,omitempty" example:"jny_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Ignored string       `json:"ignored_reason,omitempty" enum:"impossible,unassigned,other_device"`
	Problem *problemView `json:"problem,omitempty"`
}

// problemView is why a trip was refused.
type problemView struct {
	Code    string `json:"code" example:"device.unknown"`
	Message string `json:"message"`
	Field   string `json:"field,omitempty" example:"serial"`
}

func resultOf(row int, r tracking.Result) resultView {
	v := resultView{Row: row, Result: string(r.Outcome)}
	if r.Journey != nil {
		v.Journey, v.Ignored = r.Journey.ID, r.Journey.Ignored
	}
	if f, ok := errors.AsType[*fault.Error](r.Fault); ok {
		v.Problem = &problemView{Code: f.Code, Message: f.Message}
		if len(f.Fields) > 0 {
			v.Problem.Field = f.Fields[0].Name
		}
	}
	return v
}
