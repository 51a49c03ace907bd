package lambda

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"motorpool/shared/api"
	"motorpool/shared/queue/sqs"
)

// TestWorkThatFailsIsLoggedAsAnError: the alarms on errors count lines with the
// level ERROR, and nothing else tells of a message that failed in a batch.
func TestWorkThatFailsIsLoggedAsAnError(t *testing.T) {
	broken := errors.New("the table is busy")
	for name, call := range map[string]func(*product) error{
		"workers.deliver": func(p *product) error {
			work := p.consumer(api.Consumer{Name: "workers.deliver", Handle: func(context.Context, *api.Job, json.RawMessage) error { return broken }}, sqs.Batch)
			out, err := work(t.Context(), events.SQSEvent{Records: []events.SQSMessage{{MessageId: "1", Body: "{}"}}})
			if len(out.BatchItemFailures) != 1 {
				t.Errorf("failures: %v", out.BatchItemFailures)
			}
			return err
		},
		"ticks.disable_failing": func(p *product) error {
			err := p.tick(api.Tick{Name: "ticks.disable_failing", Handle: func(context.Context, *api.Job) error { return broken }})(t.Context(), nil)
			if !errors.Is(err, broken) {
				t.Errorf("the tick ended with %v", err)
			}
			return nil
		},
	} {
		var out bytes.Buffer
		p := &product{getenv: func(string) string { return "" }, now: time.Now, log: slog.New(slog.NewJSONHandler(&out, nil))}
		if err := call(p); err != nil {
			t.Fatal(err)
		}
		var line struct{ Level, Function, Error string }
		if err := json.Unmarshal(out.Bytes(), &line); err != nil || line.Level != "ERROR" || line.Function != name || line.Error != broken.Error() {
			t.Errorf("%s logged %s (%v)", name, out.Bytes(), err)
		}
	}
}
